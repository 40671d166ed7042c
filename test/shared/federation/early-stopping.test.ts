/** Training that is watched on validation rows. Oracle: the models of every round, recorded, and their losses on pooled rows by the textbook formula. */
import { networkShape, type ProgrammeState, stateBytes } from '@consilium/shared/federation';
import { networkOutputs } from '@consilium/shared/models';
import { prepare, type Scaling, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { gridWeight } from '@consilium/shared/secagg';
import { type Plan, parsePlanValue, tableSpec } from '@consilium/shared/study';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { networkPlan, planOf, smallHospitals } from '../../reference/small-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const DATA = { sites: smallHospitals(60), splitCsv: null };
const ROUNDS = 12;

const watched = (stop: object, change: object = {}): Plan =>
  planOf(
    JSON.stringify({
      ...networkPlan(ROUNDS),
      split: { by: 'patient-id', patientId: 'patient', test: 0.2, validation: 0.3 },
      // Learns by heart on purpose: the loss on rows it never saw falls first and rises then.
      model: { kind: 'mlp', hidden: [32] },
      algorithm: { kind: 'fedavg', optimizer: 'adam', localEpochs: 20, batchSize: 8, learningRate: 0.01, clip: 8 },
      rounds: { count: ROUNDS, stop },
      evaluation: { bins: 10 },
      ...change,
    }),
  );

/** The study, and the model after each of its update rounds. */
async function recorded(plan: Plan) {
  const models = new Map<number, Float64Array>();
  const labels: string[] = [];
  const done = await federateWithoutMasks(plan, DATA, {
    withSiteResults: false,
    onRound: ({ kind, label }, { network }) => {
      labels.push(label);
      if (kind === 'update' && network !== null) models.set(models.size + 1, network.weights);
    },
  });
  return { ...done, models, labels };
}

/** Mean log-loss on validation rows, hospitals by their gridded weight. */
function validationLoss(plan: Plan, scaling: Scaling, weights: Float64Array): number {
  let [total, sum] = [0, 0];
  for (const { id, csv } of DATA.sites) {
    const table = checkTable(readCsv(csv), tableSpec(plan));
    const { validation, names } = prepare(plan, table, splitRows(plan, table, id, null).sets, scaling);
    const losses = Array.from(networkOutputs(networkShape(plan, names), weights, validation), (logit, row) => {
      const risk = 1 / (1 + Math.exp(-logit));
      return -Math.log(validation.y[row] === 1 ? risk : 1 - risk);
    });
    const weight = gridWeight(validation.rows, 1000);
    total += (weight * losses.reduce((a, b) => a + b, 0)) / validation.rows;
    sum += weight;
  }
  return total / sum;
}

const lossesOf = (plan: Plan, { scaling }: ProgrammeState, models: ReadonlyMap<number, Float64Array>): number[] =>
  [...models.values()].map((weights) => validationLoss(plan, scaling!, weights));

describe('training watched on validation rows', () => {
  it('ends after as many looks without a lower loss as the plan says, with the model of the lowest', async () => {
    const plan = watched({ patience: 3 });
    const { programme, models, view } = await recorded(plan);
    const losses = lossesOf(plan, programme, models);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    const { ended, keptFrom, weights } = programme.network!;
    expect(best).toBeLessThan(ROUNDS - 3);
    expect(keptFrom!.round).toBe(best);
    expect(keptFrom!.loss).toBeCloseTo(losses[best - 1]!, 8);
    expect(ended).toEqual({ reason: 'validation', round: best + 3 });
    expect(weights).toEqual(models.get(best));
    expect(models.size).toBe(best + 3);
    expect(view.results!.notes.join(' ')).toContain(`The model of round ${best} is kept`);
  });

  it('looks as seldom as the plan says, and keeps the lowest of what it saw where it goes to the end', async () => {
    const plan = watched({ patience: 9, every: 5 });
    const { programme, models, labels } = await recorded(plan);
    const losses = lossesOf(plan, programme, models);
    const seen = [5, 10, 12];
    const best = seen.reduce((lowest, round) => (losses[round - 1]! < losses[lowest - 1]! ? round : lowest));
    expect(programme.network).toMatchObject({ ended: null, keptFrom: { round: best } });
    // One sum that counts hospitals, then the looks.
    expect(labels.filter((label) => label === 'validation')).toHaveLength(1 + seen.length);
  });

  it('asks for no loss where too few hospitals have validation patients enough, and says so', async () => {
    const plan = watched({ patience: 1 }, { evaluation: { bins: 10, smallestCell: 1000 }, rounds: { count: 3, stop: { patience: 1 } } });
    const { programme, labels, view } = await recorded(plan);
    expect(labels.filter((label) => label === 'validation')).toHaveLength(1);
    expect(programme.network).toMatchObject({ ended: null, keptFrom: null, watched: { isShared: false } });
    expect(view.results!.notes.join(' ')).toMatch(/not watched on validation patients/);
  });

  it('ends with the same bytes behind masks', async () => {
    const plan = watched({ patience: 1 }, { rounds: { count: 2, stop: { patience: 1 } } });
    const secure = await federate({ plan, ...DATA, backend: 'plain' });
    expect(secure.programme.network!.keptFrom).not.toBeNull();
    expect(stateBytes((await recorded(plan)).programme)).toEqual(stateBytes(secure.programme));
  });

  it.each([
    ['an exact fit', { model: { kind: 'linear' }, algorithm: { kind: 'newton' } }, /exact fit stops by itself/],
    ['no validation rows', { split: { by: 'patient-id', patientId: 'patient', validation: 0 } }, /split.validation is 0/],
  ])('is refused for %s', (_, change, words) => {
    const plan = { ...networkPlan(), rounds: { stop: { patience: 2 } }, ...change };
    const parsed = parsePlanValue(plan, 'plan.yaml');
    expect(parsed.ok ? '' : parsed.errors.map(({ message }) => message).join()).toMatch(words);
  });
});
