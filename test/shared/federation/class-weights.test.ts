/** Training with class weights, end to end: the model is recalibrated before anybody sees a probability. Oracle: calibration of the asked rows by hand. */
import { directCalibration } from '@consilium/shared/evaluation';
import { formatPlanErrors, type Plan, parsePlanValue } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const DATA = { sites: smallHospitals(), splitCsv: null };

function weighed(classWeights: unknown, more: Record<string, unknown> = {}): Plan {
  const plan = networkPlan(8);
  const algorithm = { kind: 'fedavg', localEpochs: 3, batchSize: 16, learningRate: 0.2, classWeights };
  const parsed = parsePlanValue({ ...plan, algorithm, ...more }, 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

const NETWORK =
  'model: { kind: mlp, hidden: [4] }\nalgorithm: { kind: fedavg, learningRate: 0.1, classWeights: balanced }\nrounds: { count: 3 }';

describe('class weights', () => {
  it('are undone on validation patients where the plan keeps some, not on those trained on', async () => {
    const split = { by: 'patient-id', patientId: 'patient', test: 0.2, validation: 0.3, seed: 1 };
    const plan = weighed([1, 9], { personal: 'none', split });
    const { results, view, programme } = await federateWithoutMasks(plan, DATA);
    const scale = (asked: string) => {
      const rows = [...results.values()].flatMap(({ predictions }) => predictions.filter(({ set }) => set === asked));
      return directCalibration(
        rows.map((row) => row.scores.federated!),
        rows.map(({ outcome }) => outcome),
      )!;
    };
    expect(programme.network!.recalibratedOn).toBe('validation');
    expect(scale('validation').intercept).toBeCloseTo(0, 3);
    expect(scale('validation').slope).toBeCloseTo(1, 3);
    expect(Math.abs(scale('train').slope - 1)).toBeGreaterThan(0.01);
    expect(view.results?.notes.join(' ')).toContain('recalibrated on validation patients');
    for (const { survivors } of view.timeline.filter(({ label }) => label === 'recalibration')) expect(survivors).toHaveLength(4);
  });

  it.each([['balanced'], [[1, 9]]])(
    '%j: without validation patients, probabilities have intercept 0 and slope 1 on the training patients',
    async (classWeights) => {
      const { results, view, programme } = await federateWithoutMasks(weighed(classWeights, { personal: 'none' }), DATA);
      const training = [...results.values()].flatMap(({ predictions }) => predictions.filter(({ set }) => set === 'train'));
      const scores = training.map((row) => row.scores.federated!);
      const { intercept, slope } = directCalibration(
        scores,
        training.map(({ outcome }) => outcome),
      )!;
      expect(intercept).toBeCloseTo(0, 3);
      expect(slope).toBeCloseTo(1, 3);
      expect(scores.reduce((a, b) => a + b)).toBeCloseTo(
        training.reduce((sum, { outcome }) => sum + outcome, 0),
        4,
      );
      expect(view.results?.notes.join(' ')).toContain('recalibrated on the training patients');
      // What was undone is what the weights had done: with events counting nine times, odds about nine times too high.
      const [offset = 0] = programme.network!.recalibration![0]!.coefficients;
      if (classWeights !== 'balanced') expect(offset).toBeLessThan(-1);
    },
  );

  it('recalibrates each of five fits, over the frozen cohort', async () => {
    const plan = weighed([1, 9]);
    const { programme, view } = await federateWithoutMasks({ ...plan, algorithm: { ...plan.algorithm, fits: 5 } } as Plan, DATA);
    expect(programme.network!.recalibration).toHaveLength(5);
    expect(programme.network!.recalibration!.every(({ converged }) => converged)).toBe(true);
    const asked = view.timeline.filter(({ label }) => label === 'recalibration');
    expect(asked.length).toBeGreaterThan(2);
    for (const { survivors } of asked) expect(survivors).toHaveLength(4);
  });

  it('gives every class of three its share of the training patients', async () => {
    const plan = taskPlan(
      '  - { name: kind, task: multiclass, column: kind, codes: { none: None, mild: Mild, severe: Severe } }',
      'personal: none',
      NETWORK,
    );
    const { results } = await federateWithoutMasks(plan, { sites: taskHospitals(), splitCsv: null });
    const training = [...results.values()].flatMap(({ predictions }) => predictions.filter(({ set }) => set === 'train'));
    for (const k of [0, 1, 2]) {
      const said = training.reduce((sum, row) => sum + row.classes!.federated![k]!, 0);
      expect(said).toBeCloseTo(training.filter(({ outcome }) => outcome === k).length, 3);
    }
  });

  it.each([
    [{ classWeights: [1, 2, 3] }, {}, 'has 3 weights for 2 classes'],
    [{ classWeights: 'balanced' }, { personal: 'fedper' }, 'no shared model can be recalibrated'],
    [{ classWeights: [1, 1000] }, {}, '100'],
  ])('refuse %j with %j', (algorithm, more, reason) => {
    const plan = networkPlan();
    const parsed = parsePlanValue({ ...plan, algorithm: { ...plan.algorithm, ...algorithm }, ...more }, 'plan.yaml');
    expect(parsed.ok ? '' : formatPlanErrors(parsed.errors)).toContain(reason);
  });

  it('are refused for an outcome without classes', () => {
    expect(() => taskPlan('  - { name: pressure, task: regression, column: pressure, range: [50, 250] }', '', NETWORK)).toThrow(
      'has no classes',
    );
  });
});
