/** One round of training: each site trains from the shared weights and sends its weighted, clipped update. */
import { clientAlgorithm } from '../../aggregation/index.ts';
import { lengthPrefixed, randomStream, sha256 } from '../../crypto/index.ts';
import { decodeStatistics, decodeUpdate, encodeStatistics, encodeUpdate, gridWeight, STATISTICS_STEP } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { type LocalConfig, localUpdate, TrainingError } from '../../training/index.ts';
import { allFits, firstFits, lossOfPlan, roundSettings, shapeOf, stepFits, tensorClips } from '../fits.ts';
import { ownEntries, withOwnPart } from '../own-part.ts';
import type { Network, ProgrammeState, TrainingEnd } from '../programme-state.ts';
import { required } from '../required.ts';
import type { SiteRows, Stage, StageTools } from '../stage.ts';
import { afterRound, endTraining, withFits } from '../training-end.ts';

/** Weight, clipped share times weight, mean square of the clipped update, 1 where training diverged. */
const HEADER = 4;

/** How sites train in a round, and how a server steps with what they sent. */
export interface Training {
  /** Every fit on the site's training rows; null when one of them diverged. */
  train(plan: Plan, state: ProgrammeState, rows: SiteRows, tools: StageTools): Promise<Trained | null>;
  step: typeof stepFits;
}

/** The stage of training by rounds. Everything that leaves a site is weighted, clipped and encoded here, however it was trained. */
export const updateStage = (training: Training): Stage => ({
  query: (plan, state) => {
    const tensors = tensorClips(plan, state);
    const settings = roundSettings(plan);
    return {
      kind: 'update',
      label: 'federated',
      options: { round: roundOf(state) },
      layout: { header: headerLength(plan), body: sum(tensors.map((tensor) => tensor.length)), bits: settings.bits },
      step: STATISTICS_STEP,
      clips: tensors.map((tensor) => tensor.clip),
      cohort: null,
    };
  },

  answer: async (plan, state, rows, tools) => {
    const { clip, weightCap, bits } = roundSettings(plan);
    const tensors = tensorClips(plan, state);
    const sent = await training.train(plan, state, rows, tools);
    // A site whose training diverged says so and weighs nothing: nobody's numbers are lost, and the others need not wait.
    const weight = sent === null ? 0 : gridWeight(sent.rows, weightCap);
    const delta = sent?.body ?? new Float64Array(sum(tensors.map((tensor) => tensor.length)));
    const { body, clipped } = encodeUpdate({ delta, weight, tensors, bits, sites: state.sites, seed: tools.freshSeed() });
    const extra = sent?.header.map((value) => weight * value) ?? new Array<number>(headerLength(plan) - HEADER).fill(0);
    const header = Float64Array.of(
      weight,
      (weight * clipped) / delta.length,
      clippedMeanSquare(delta, clip),
      sent === null ? 1 : 0,
      ...extra,
    );
    return { header: encodeStatistics(header, STATISTICS_STEP, state.sites), body };
  },

  advance: (plan, state, sumVector, survivors) => {
    const network = required(state.network, 'network');
    const header = decodeStatistics(sumVector.header, STATISTICS_STEP);
    const [weight = 0, clippedShare = 0, , diverged = 0] = header;
    const end = (kept: Network, reason: TrainingEnd) => endTraining(plan, state, kept, { reason, round: roundOf(state) });
    if (2 * diverged >= survivors.length) return end(network, 'diverged');
    // Sites without training rows, or one that sent nonsense: nothing can be learnt from such a sum, and the study goes on.
    if (!(weight > 0)) return afterRound(plan, state, { ...network, lastUpdateSize: 0, lastClippedShare: 0 }, roundOf(state));
    const body = decodeUpdate(sumVector.body, { tensors: tensorClips(plan, state), bits: roundSettings(plan).bits, sites: state.sites });
    const before = allFits(network);
    const { fits, size } = training.step(plan, before, body, header.subarray(HEADER), weight);
    if (!fits.every((fit) => fit.weights.every(Number.isFinite))) return end(network, 'diverged');
    const isExploding = clippedShare / weight > MOST_CLIPPED;
    if (isExploding && network.beforeExploding !== null) return end(withFits(network, network.beforeExploding), 'exploded');
    const next: Network = {
      ...withFits(network, fits),
      lastUpdateSize: size,
      lastClippedShare: clippedShare / weight,
      beforeExploding: isExploding ? before : null,
    };
    return size < plan.rounds.stop.updateSize ? end(next, 'converged') : afterRound(plan, state, next, roundOf(state));
  },
});

/** The plan's algorithm. */
export const update: Stage = updateStage({ train: trainFits, step: stepFits });

/** Two rounds in a row with more than this share of entries outside the clip: the weights run away. */
const MOST_CLIPPED = 0.5;

/** The start of training by rounds. */
export function beginUpdates(plan: Plan, state: ProgrammeState): ProgrammeState {
  const [model, ...others] = firstFits(plan, state);
  const unknown = {
    lastUpdateSize: 0,
    lastClippedShare: 0,
    beforeExploding: null,
    ended: null,
    watched: null,
    keptFrom: null,
    recalibration: null,
    recalibratedOn: null,
  };
  return { ...state, stage: { kind: 'update', round: 1 }, network: { ...required(model, 'fit'), others, ...unknown } };
}

export interface Trained {
  /** The vectors of every fit, one after another. */
  readonly body: Float64Array;
  readonly header: readonly number[];
  readonly rows: number;
}

/** Trains every fit on the site's training rows; null when one of them diverged. */
async function trainFits(plan: Plan, state: ProgrammeState, rows: SiteRows, tools: StageTools): Promise<Trained | null> {
  const settings = roundSettings(plan);
  const client = clientAlgorithm(settings.kind);
  const round = roundOf(state);
  const { train } = rows.prepared(required(state.scaling, 'scaling'));
  const part = ownEntries(plan, state);
  const vectors: Float64Array[] = [];
  const header: number[] = [];
  for (const [fit, { weights, shared }] of allFits(required(state.network, 'network')).entries()) {
    const own = tools.memory.recall(`control ${fit}`, round);
    const { proximal, correction } = client.terms({ proximal: settings.proximal, shared, own });
    const config: LocalConfig = { ...settings, proximal };
    const named = ['consilium batches 1', tools.planHash, round, rows.site, ...(fit === 0 ? [] : [fit])];
    const { uniform } = randomStream(sha256(lengthPrefixed(named)));
    const { onProgress, backend } = tools;
    const shape = shapeOf(plan, state);
    const before = withOwnPart(plan, state, weights, tools.memory.recall(`own ${fit}`, round));
    const task = { shape, loss: lossOfPlan(plan, state), weights: before, rows: train, config, uniform, correction };
    try {
      const whole = await localUpdate({ ...task, backend, onProgress });
      if (part !== null) {
        tools.memory.keep(
          `own ${fit}`,
          round,
          before.map((value, i) => value + whole.delta[i]!),
        );
      }
      // The site's own part stays: what is sent says 0 there.
      const trained = part === null ? whole : { ...whole, delta: whole.delta.map((value, i) => (part[i] === 1 ? 0 : value)) };
      const sent = client.send({ trained, config, shared, own });
      if (sent.own !== null && trained.steps > 0) tools.memory.keep(`control ${fit}`, round, sent.own);
      vectors.push(...sent.vectors);
      header.push(...sent.header);
    } catch (error) {
      if (error instanceof TrainingError && error.code === 'diverged') return null;
      throw error;
    }
  }
  const [only] = vectors;
  if (vectors.length === 1 && only !== undefined) return { body: only, header, rows: train.rows };
  const body = new Float64Array(sum(vectors.map(({ length }) => length)));
  let at = 0;
  for (const vector of vectors) {
    body.set(vector, at);
    at += vector.length;
  }
  return { body, header, rows: train.rows };
}

/** Mean of the squares, each entry bounded by the clip; 0 for no entries. */
function clippedMeanSquare(values: Float64Array, clip: number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const bounded = Math.min(Math.abs(values[i]!), clip);
    total += bounded * bounded;
  }
  return values.length === 0 ? 0 : total / values.length;
}

const headerLength = (plan: Plan): number => HEADER + clientAlgorithm(roundSettings(plan).kind).headerLength * roundSettings(plan).fits;

const roundOf = (state: ProgrammeState): number => (state.stage.kind === 'update' ? state.stage.round : 0);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
