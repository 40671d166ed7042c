/** Outcomes from which nothing can be learned, or nothing is left to learn: a study ends with a stated reason or a stated answer, and no figure is not a number. */
import { loadRows, type SiteResults, siteResults, studyResults } from '@consilium/shared/federation';
import type { Plan } from '@consilium/shared/study';
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

/** What the first hospital's own page is shown. */
async function shownAt(plan: Plan, sites: readonly SiteInput[]): Promise<SiteResults | null> {
  const { programme } = await federateWithoutMasks(plan, { sites, splitCsv: null });
  const [{ id, csv }] = sites as readonly [SiteInput];
  const { rows } = await loadRows(plan, id, { files: [{ name: `${id}.csv`, bytes: csv }], splitCsv: null });
  return siteResults(plan, programme, rows);
}

describe('an exact fit without an answer', () => {
  const DEATH = '  - { name: death, task: binary, column: died, positive: "died == 1" }';

  it('leaves every hospital with a page that says why, where it was the plan’s model', async () => {
    const plan = taskPlan(DEATH, '', 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 1, maxIterations: 1 }');
    const shown = await shownAt(plan, taskHospitals());
    expect(shown).toMatchObject({ federated: null, exact: null, personal: null });
    expect(shown?.pooled.notes.join(' ')).toContain('did not settle within the iterations of the plan');
    expect(shown?.local).not.toBeNull();
  });

  it('takes nothing from the network that it was to stand beside', async () => {
    const model = 'model: { kind: mlp, hidden: [4] }\nalgorithm: { kind: fedavg, localEpochs: 1, batchSize: 32, learningRate: 0.05 }';
    const plan = taskPlan(DEATH, 'exact: { ridge: 1, maxIterations: 1 }\n', model);
    const shown = await shownAt(plan, taskHospitals());
    expect(shown?.exact).toBeNull();
    expect(shown?.federated?.metrics.n).toBe(shown?.rows.test);
    expect(shown?.federated?.metrics.logLoss).toBeGreaterThan(0);
    expect(shown?.pooled.models.federated?.logLoss).toBeGreaterThan(0);
    expect(shown?.pooled.notes.join(' ')).toContain('did not settle within the iterations of the plan');
  });
});

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
