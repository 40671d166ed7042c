/**
 * Studies of every task, by the stages that masked sums run: equal to the fit on pooled rows, and the live figures equal to those straight from rows where
 * nothing is binned. Oracle: fits of the pooled rows, and loops over rows.
 */
import { kaplanMeier, survivalAt } from '@consilium/shared/evaluation';
import { studyResults } from '@consilium/shared/federation';
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import { type RunOutput, runOnce } from '@consilium/simulations';
import { compareSettings } from '@consilium/simulations/comparison';
import { calibrationOf, reportPage, resultTable } from '@consilium/simulations/output';
import { describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';

async function run(one: Plan, sites = taskHospitals()) {
  const output = await runOnce({ plan: one, data: { sites, splitCsv: null }, backend: 'plain', secure: 'off' });
  // What was read of a model before is what it says, and is not what another one says.
  studyResults(one, output.programme);
  expect(studyResults(one, output.programme)).toEqual(studyResults(one, structuredClone(output.programme)));
  return output;
}

/** The words of a report, and the table of a terminal. */
function shown(run: RunOutput): { readonly text: string; readonly table: string } {
  const settings = [{ label: 'plan', changes: {}, runs: [run] }];
  const comparison = compareSettings(settings, 10);
  const text = reportPage(settings, comparison)
    .replace(/<pre>[\s\S]*?<\/pre>/g, '')
    .replace(/<[^>]+>/g, ' ');
  return { text, table: resultTable(comparison, run) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const tested = ({ predictions }: RunOutput) => predictions.filter(({ set }) => set === 'test');
const calibrated = ({ result, predictions }: RunOutput) =>
  calibrationOf(primaryOutcome(result.plan), predictions, ['federated'])[0]!.points;
/** Test rows by the federated score, lowest first. */
const inOrder = (run: RunOutput) => tested(run).sort((a, b) => a.scores.federated! - b.scores.federated!);

describe('a study', () => {
  it('of times to an event, with harms of other tasks', async () => {
    const output = await run(
      taskPlan(`  - { name: death, task: time-to-event, time: days, event: died, horizon: 365, intervals: 4 }
  - { name: visits, task: count, column: visits, role: harm }
  - { name: bleed, task: binary, column: bleed, positive: "bleed == 1", role: harm }`),
    );
    const { result, programme, predictions } = output;
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

    const { text, table } = shown(output);
    for (const title of ['C within sites', 'C at each site', 'Difference in Brier score at the horizon', 'Hazard ratios of the Cox model'])
      expect(text).toContain(title);
    expect(text).not.toMatch(/AUROC|NaN|undefined|Infinity/);
    const age = result.fits!.find(({ label }) => label === 'cox')!.coefficients.find(({ name }) => name === 'age')!;
    expect(table).toMatch(new RegExp(`^age +${Math.exp(age.value).toFixed(4)}`, 'm'));
    expect(text).toContain(Math.exp(age.value).toFixed(4));
    const points = calibrated(output);
    const highest = inOrder(output).slice(-points.at(-1)!.count);
    const curve = kaplanMeier(
      highest.map(({ time }) => time!),
      highest.map(({ outcome }) => outcome),
    );
    expect(points.at(-1)!.observed).toBeCloseTo(1 - survivalAt(curve, 365), 12);
    expect(points.at(-1)!.observed).toBeGreaterThan(points[0]!.observed + 0.2);

    // A study of another outcome beside it has rows without times; it is shown, and not compared.
    const counts = { ...result, plan: taskPlan('  - { name: visits, task: count, column: visits }') };
    const other = predictions.map((item) => ({ ...item, row: item.row + 1000, time: null }));
    const settings = [output, { result: counts, predictions: other }].map((own, at) => ({
      label: `study ${at}`,
      changes: {},
      runs: [own],
    }));
    const { differences } = compareSettings(settings, 5);
    expect(new Set(differences.flatMap(({ of, than }) => [of.setting, than.setting]))).toEqual(new Set(['study 0']));
  });

  it.each([
    [
      'classes',
      '{ name: kind, task: multiclass, column: kind, codes: { none: no illness, mild: mild, severe: severe } }',
      ['logLoss', 'brier', 'accuracy', 'aurocWithin@1', 'aurocWithinMean'],
      [
        'Accuracy at each site',
        'AUROC within sites, severe',
        'Log odds of a class against no illness',
        'age, mild',
        'The federated model.',
      ],
      (rows) => mean([0, 1, 2].map((k) => withinAuroc(rows, k))),
    ],
    [
      'a measured quantity',
      '{ name: pressure, task: regression, column: pressure, range: [60, 220] }',
      ['meanAbsoluteError', 'rSquared', 'coverage95'],
      [
        'mean absolute error',
        'Difference in R²',
        'Mean absolute error at each site',
        'Predicted value against the observed mean',
        'pressure, per standard',
      ],
      (rows) => mean(rows.map(({ outcome, scores }) => Math.abs(outcome - scores.local!))),
    ],
    [
      'counts',
      '{ name: visits, task: count, column: visits }',
      ['meanAbsoluteError', 'deviance', 'observedExpected'],
      ['mean deviance', 'Mean deviance at each site', 'Log rate, per standard deviation', 'Predicted number against'],
      (rows) => mean(rows.map(({ outcome }) => outcome)) / mean(rows.map(({ scores }) => scores.local!)),
    ],
  ] as const satisfies readonly (readonly [
    string,
    string,
    readonly string[],
    readonly string[],
    (rows: ReturnType<typeof tested>) => number,
  ])[])('of %s', async (_name, outcome, names, titles, figure) => {
    const output = await run(taskPlan(`  - ${outcome}`));
    const { result } = output;
    expect(result.coefficients.length).toBeGreaterThanOrEqual(3);
    for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-7);
    const { pooled } = result.models.federated!;
    for (const name of names) expect(pooled[`${name}Live`], name).toBeCloseTo(pooled[name]!, 7);
    expect(result.models.central!.pooled[names[0]]).toBeCloseTo(pooled[names[0]]!, 8);

    // The report and the table speak of the task's own figures; those of hospitals' own models are a loop over their predictions.
    const { text, table } = shown(output);
    for (const title of titles) expect(text).toContain(title);
    expect(text).not.toMatch(/age@1|NaN|undefined|Infinity/);
    if (!names.some((name) => name.startsWith('auroc'))) expect(text).not.toContain('AUROC');
    const own = figure(tested(output));
    expect(table).toMatch(new RegExp(`^local .*${own.toFixed(4)}`, 'm'));
    const points = calibrated(output);
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(tested(output).length);
    if (names.some((name) => name.startsWith('auroc'))) return;
    expect(points[0]!.observed).toBeCloseTo(
      mean(
        inOrder(output)
          .slice(0, points[0]!.count)
          .map((row) => row.outcome),
      ),
      12,
    );
  });
});

/** Of one class against the others under hospitals' own models: pairs of patients of the same hospital, one by one. */
function withinAuroc(rows: ReturnType<typeof tested>, k: number): number {
  let [won, pairs] = [0, 0];
  for (const yes of rows.filter(({ outcome }) => outcome === k)) {
    for (const no of rows.filter(({ outcome, site }) => outcome !== k && site === yes.site)) {
      const [a, b] = [yes.classes!.local![k]!, no.classes!.local![k]!];
      won += a > b ? 1 : a === b ? 0.5 : 0;
      pairs += 1;
    }
  }
  return won / pairs;
}
