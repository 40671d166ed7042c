/** Outcomes from which nothing can be learned, or nothing is left to learn: a study ends with a stated reason or a stated answer, and no figure is not a number. */
import { studyResults } from '@consilium/shared/federation';
import type { SiteInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

/** The made-up hospitals with one column of every row replaced. */
const withColumn = (column: number, value: (cells: readonly string[]) => string): SiteInput[] =>
  taskHospitals().map(({ csv, ...site }) => {
    const [head, ...lines] = new TextDecoder().decode(csv).trim().split('\n');
    const changed = lines
      .map((line) => line.split(','))
      .map((cells) => cells.map((cell, at) => (at === column ? value(cells) : cell)).join(','));
    return { ...site, csv: new TextEncoder().encode(`${[head, ...changed].join('\n')}\n`) };
  });

async function resultsOf(outcome: string, sites: readonly SiteInput[], ridge = 1) {
  const plan = taskPlan(`  - ${outcome}`, '', `model: { kind: linear }\nalgorithm: { kind: newton, ridge: ${ridge} }`);
  const { programme } = await federateWithoutMasks(plan, { sites, splitCsv: null });
  expect(programme.stage.kind).toBe('done');
  return studyResults(plan, programme)!;
}

describe('an outcome that does not vary', () => {
  it.each([
    ['{ name: death, task: binary, column: died, positive: "died == 1" }', 3, '0', 'no training patient has the outcome "death"'],
    ['{ name: death, task: binary, column: died, positive: "died == 1" }', 3, '1', 'every training patient has the outcome "death"'],
    [
      '{ name: death, task: time-to-event, time: days, event: "died == 1", horizon: 300 }',
      3,
      '0',
      'no training patient had the event "death"',
    ],
    ['{ name: visits, task: count, column: visits, range: [0, 40] }', 5, '0', 'every training patient has 0 of "visits"'],
    [
      '{ name: kind, task: multiclass, column: kind, codes: { none: no, mild: some, severe: much } }',
      4,
      'none',
      'is of the class "some", "much"',
    ],
  ])('%s: the study ends and says that nobody varied, not that a column separates', async (outcome, column, value, reason) => {
    const { notes, models } = await resultsOf(
      outcome,
      withColumn(column, () => value),
    );
    expect(notes.join(' ')).toContain(reason);
    expect(notes.join(' ')).not.toContain('separates');
    expect(models.federated).toBeUndefined();
  });

  it('is fitted all the same where it is a quantity, and every figure is a number or unknown', async () => {
    const outcome = '{ name: pressure, task: regression, column: pressure, range: [60, 240] }';
    const constant = await resultsOf(
      outcome,
      withColumn(6, () => '130'),
    );
    const exact = await resultsOf(
      outcome,
      withColumn(6, ([age = '', smoker = '']) => String(100 + 0.5 * Number(age) + 10 * Number(smoker))),
      0,
    );
    for (const { models, coefficients } of [constant, exact]) {
      const { measures } = models.federated!;
      for (const value of [...Object.values(measures), ...coefficients.map((row) => row.value)]) {
        if (value !== null) expect(Number.isFinite(value)).toBe(true);
      }
      expect(measures.meanAbsoluteError).toBeLessThan(1e-6);
    }
    expect(exact.models.federated!.measures.rSquared).toBeCloseTo(1, 8);
  });
});
