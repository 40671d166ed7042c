/** `ridge: cv` over sites chooses what five folds of the pooled rows choose. Oracle: loops over pooled rows, one fit a fold. */
import { foldOf } from '@consilium/shared/effects';
import { checkRows } from '@consilium/shared/federation';
import { linearPredictor } from '@consilium/shared/models';
import { poolParts, prepare } from '@consilium/shared/preparation';
import { parsePlan } from '@consilium/shared/study';
import { fitLogistic, keepRows, RIDGE_GRID } from '@consilium/shared/training';
import { runOnce } from '@consilium/simulations';
import { expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

it('a federated cross-validation chooses the ridge that one on pooled rows chooses', { timeout: 120_000 }, async () => {
  const base = linearPlan();
  if (base.algorithm.kind !== 'newton') throw new TypeError('expected an exact plan');
  const plan = { ...base, algorithm: { ...base.algorithm, ridge: 'cv' as const } };
  const sites = smallHospitals(60);
  const { programme, result } = await runOnce({ plan, data: { sites, splitCsv: null }, backend: 'plain', secure: 'off' });
  const folds: number[] = [];
  const parts = await Promise.all(
    sites.map(async ({ id, csv }) => {
      const { table, split } = await checkRows(plan, id, { files: [{ name: `${id}.csv`, bytes: csv }], splitCsv: null });
      const { train } = prepare(plan, table, split.sets, programme.scaling!);
      return { train, folds: Array.from(train.row, (row) => foldOf(plan.study, table.extra.get('patient')![row - 1]!, 5)) };
    }),
  );
  for (const part of parts) folds.push(...part.folds);
  const rows = poolParts(parts.map(({ train }) => train));
  const losses = RIDGE_GRID.map((ridge) => {
    let loss = 0;
    for (let fold = 0; fold < 5; fold++) {
      const { coefficients } = fitLogistic(
        keepRows(rows, (row) => folds[row] !== fold),
        ridge,
      );
      const held = keepRows(rows, (row) => folds[row] === fold);
      for (const [i, eta] of linearPredictor(coefficients, held).entries()) loss += Math.log1p(Math.exp(eta)) - held.y[i]! * eta;
    }
    return loss;
  });
  const best = RIDGE_GRID[losses.indexOf(Math.min(...losses))];
  expect(programme.newton?.ridge).toBe(best);
  expect(programme.tuning).toBeNull();
  for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-8);
  expect(parsePlan(JSON.stringify(plan), 'plan.json').ok).toBe(true);
});
