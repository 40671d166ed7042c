/** Adaptation in whole studies: what a hospital sees beside the local and the shared model, and what never leaves it. */
import { networkShape } from '@consilium/shared/federation';
import { entriesOf, networkOf } from '@consilium/shared/models';
import type { Plan } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { linearPlan, networkPlan, planOf, smallHospitals } from '../../reference/small-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const with_ = (plan: Plan, change: object): Plan => planOf(JSON.stringify({ ...plan, evaluation: { bins: 10 }, ...change }));
const run = (plan: Plan) => federateWithoutMasks(plan, { sites: smallHospitals(80), splitCsv: null });
const NAMES = ['age', 'pressure', 'smoker'];

describe('a hospital’s own model', () => {
  it('is the exact fit with its own base risk, unless the plan says otherwise', async () => {
    const { results } = await run(with_(linearPlan(), {}));
    const shifts = [...results.values()].map(({ predictions, personal }) => {
      expect(personal?.note).toBeNull();
      const logit = (p = 0.5) => Math.log(p / (1 - p));
      const shift = predictions.map(({ scores }) => logit(scores.personal) - logit(scores.federated));
      expect(Math.max(...shift) - Math.min(...shift)).toBeLessThan(1e-9);
      return shift[0]!;
    });
    // Base risks of these hospitals rise from north to west.
    expect(shifts.at(-1)! - shifts[0]!).toBeGreaterThan(0.1);
  });

  it('is not there where the plan asks for none', async () => {
    const { results } = await run(with_(linearPlan(), { personal: 'none' }));
    for (const { personal, predictions } of results.values()) {
      expect(personal).toBeNull();
      expect(Object.keys(predictions[0]!.scores)).toEqual(['federated', 'local']);
    }
  });

  it.each([
    ['fedper', 'none', 'head'],
    ['fedbn', 'batch', 'norm'],
  ] as const)('under %s keeps its part: the shared one stays as it began, and hospitals predict apart', async (personal, norm, part) => {
    const plan = with_(networkPlan(2), { personal, model: { kind: 'mlp', hidden: [4], norm } });
    const { results, programme, view } = await run(plan);
    const network = networkOf(networkShape(plan, NAMES));
    const own = entriesOf(network.tensors, [part]);
    const { weights } = programme.network!;
    const first = own.indexOf(1);
    expect(own.reduce((sum, flag) => sum + flag, 0)).toBeGreaterThan(4);
    // Kernels begin at random numbers, so what was never updated is told by what a biases' and norms' start is.
    if (part === 'norm') expect(new Set(weights.filter((_, i) => own[i] === 1))).toEqual(new Set([0, 1]));
    else expect(weights[own.length - 1]).toBe(0);
    expect(weights[first === 0 ? own.lastIndexOf(0) : 0]).not.toBe(0);
    for (const { predictions } of results.values()) {
      for (const { scores } of predictions) expect(scores.personal).toBe(scores.federated);
    }
    // What was evaluated is the model with every hospital's own part: the pooled log-loss is that of these scores.
    const test = [...results.values()].flatMap(({ predictions }) => predictions.filter(({ set }) => set === 'test'));
    const loss =
      test.reduce((sum, { outcome, scores }) => sum - Math.log(outcome === 1 ? scores.federated! : 1 - scores.federated!), 0) / test.length;
    expect(view.results!.models.federated!.logLoss).toBeCloseTo(loss, 6);
  });
});
