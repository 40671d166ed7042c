/**
 * Networks of every task, over the sums of the masked rounds without their masks (the same bits). Oracle: the product's own evaluation straight from rows against the live figures, and what any
 * useful model must reach on these patients, whose outcomes follow age and smoking.
 */
import { networkLoss, networkPredictions, networkShape } from '@consilium/shared/federation';
import { runOnce } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';

const TIMES = '{ name: death, task: time-to-event, time: days, event: died, horizon: 365, intervals: 4 }';
const CLASSES = '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }';
const QUANTITY = '{ name: pressure, task: regression, column: pressure, range: [60, 220] }';

const fitting = (model: string) => `model: ${model}
algorithm: { kind: fedavg, localEpochs: 5, learningRate: 0.1, clip: 4 }`;
const ROUNDS = 'rounds: { count: 12 }\n';
const study = async (outcome: string, model: string) => {
  const data = { sites: taskHospitals(120), splitCsv: null };
  return (await runOnce({ plan: taskPlan(`  - ${outcome}`, ROUNDS, fitting(model)), data, backend: 'plain', secure: 'off' })).result;
};

describe('a network', () => {
  it.each([
    ['of hazards', TIMES, '{ kind: mlp, hidden: [6], norm: layer }', 'concordanceWithin', 0.6],
    ['by Cox’s partial likelihood, linear', TIMES, '{ kind: linear }', 'concordanceWithin', 0.6],
    ['of classes', CLASSES, '{ kind: additive, units: 3 }', 'accuracy', 0.4],
    ['of mean and spread', QUANTITY, '{ kind: mlp, hidden: [6] }', 'rSquared', 0.1],
  ] as const)('%s is trained, evaluated over sums, and of use', async (_, outcome, model, measure, least) => {
    const result = await study(outcome, model);
    const { pooled } = result.models.federated!;
    expect(pooled[measure]).toBeGreaterThan(least);
    expect(pooled[measure]).toBeGreaterThan(result.models.exact!.pooled[measure]! - 0.06);
    expect(pooled[`${measure}Live`]).toBeCloseTo(pooled[measure]!, 7);
    expect(JSON.stringify(result)).not.toContain('NaN');
    if (outcome === QUANTITY) expect(Math.abs(pooled.coverage95! - 0.95)).toBeLessThan(0.05);
  });

  it('says what its outputs mean: survival falls, classes sum to one, quantities are in their unit', () => {
    const plan = taskPlan(`  - ${TIMES}`, '', fitting('{ kind: mlp, hidden: [2] }'));
    const outcomes = {
      death: { task: 'time-to-event', observed: 9, events: 9, cuts: [100, 365], eventsByHorizon: 9, meanFollowUp: 0.5 },
    } as const;
    expect(networkShape(plan, ['age', 'smoker'], outcomes)).toMatchObject({ inputs: 2, outputs: 2 });
    expect(() => networkShape(plan, ['age', 'smoker'])).toThrow(TypeError);
    const survival = networkPredictions(networkLoss(plan, outcomes), Float64Array.of(0, 0, Math.log(3), -60));
    expect(survival.task === 'time-to-event' && [...survival.survival].map((value) => value.toFixed(6))).toEqual([
      '0.500000',
      '0.250000',
      '0.250000',
      '0.250000',
    ]);
    const classes = networkPredictions({ kind: 'softmax', classes: 3 }, Float64Array.of(0, 0, Math.log(2)));
    expect(classes.task === 'multiclass' && [...classes.probability].map((value) => value.toFixed(6))).toEqual([
      '0.250000',
      '0.250000',
      '0.500000',
    ]);
    const quantity = networkPredictions({ kind: 'gaussian', mean: 120, sd: 10 }, Float64Array.of(1, 2 * Math.log(0.5)));
    expect(quantity).toEqual({ task: 'regression', mean: Float64Array.of(130), sd: Float64Array.of(5) });
  });
});
