/**
 * Studies of every task, by the stages that masked sums run: equal to the fit on pooled rows, and the live figures equal to those straight from rows where
 * nothing is binned. Oracle: fits of the pooled rows, and loops over rows.
 */
import type { Plan } from '@consilium/shared/study';
import { runOnce } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';

const run = (one: Plan, sites = taskHospitals()) =>
  runOnce({ plan: one, data: { sites, splitCsv: null }, backend: 'plain', secure: 'off' });

describe('a study', () => {
  it('of times to an event, with harms of other tasks', async () => {
    const { result, programme, predictions } = await run(
      taskPlan(`  - { name: death, task: time-to-event, time: days, event: died, horizon: 365, intervals: 4 }
  - { name: visits, task: count, column: visits, role: harm }
  - { name: bleed, task: binary, column: bleed, positive: "bleed == 1", role: harm }`),
    );
    expect(Object.keys(programme.beside)).toEqual(['cox', 'harm:visits', 'harm:bleed']);
    expect(Object.values(programme.beside).every(({ converged }) => converged)).toBe(true);
    expect(programme.beside['harm:bleed']!.rows).toBeLessThan(programme.beside['harm:visits']!.rows);
    for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-8);
    const federated = result.models.federated!.pooled;
    for (const name of ['concordanceWithin', 'integratedBrier', 'brierAtHorizon', 'observedExpected', 'n', 'events']) {
      expect(federated[name]).not.toBeNull();
      if (`${name}Live` in federated) expect(federated[`${name}Live`], name).toBeCloseTo(federated[name]!, 8);
    }
    expect(Math.abs(federated.concordanceBinnedLive! - federated.concordance!)).toBeLessThan(0.01);
    expect(federated.concordanceWithin).toBeGreaterThan(0.6);
    expect(result.models.cox!.pooled.concordanceWithinLive).toBeCloseTo(result.models.cox!.pooled.concordanceWithin!, 8);
    expect(predictions.every(({ scores }) => scores.federated! >= 0 && scores.federated! <= 1)).toBe(true);
    expect(JSON.stringify(result)).not.toContain('NaN');
  });

  it.each([
    [
      'classes',
      '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }',
      ['logLoss', 'brier', 'accuracy', 'aurocWithin@1'],
    ],
    [
      'a measured quantity',
      '{ name: pressure, task: regression, column: pressure, range: [60, 220] }',
      ['meanAbsoluteError', 'rSquared', 'coverage95'],
    ],
    ['counts', '{ name: visits, task: count, column: visits }', ['meanAbsoluteError', 'deviance', 'observedExpected']],
  ] as const)('of %s', async (_name, outcome, names) => {
    const { result } = await run(taskPlan(`  - ${outcome}`));
    expect(result.coefficients.length).toBeGreaterThanOrEqual(3);
    for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-7);
    const { pooled } = result.models.federated!;
    for (const name of names) expect(pooled[`${name}Live`], name).toBeCloseTo(pooled[name]!, 7);
    expect(result.models.central!.pooled[names[0]]).toBeCloseTo(pooled[names[0]]!, 8);
  });
});
