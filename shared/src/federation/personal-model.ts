/** The plan's model adapted to one site, for the site's own eyes: computed from its own rows after the last round, never sent. */
import { lengthPrefixed, randomStream, sha256 } from '../crypto/index.ts';
import { type NetworkShape, networkOutputs, type Rows, sigmoid } from '../models/index.ts';
import type { Prepared } from '../preparation/index.ts';
import { type Plan, primaryOutcome, trainsByRounds } from '../study/index.ts';
import { type LocalConfig, leaveOneOutLogits, ownPartOf, PERSONALISATIONS, type PersonalModel } from '../training/index.ts';
import { roundSettings, shapeOf } from './fits.ts';
import type { ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';

export interface SitePersonalModel {
  /** Log odds of the outcome, shape (rows,). @param sharedLogits - Of the shared model for the same rows. */
  readonly logits: (rows: Rows, sharedLogits: Float64Array) => Float64Array;
  /** Whether it only moves the shared model's log odds, by an intercept or a slope: then it moves those of any other fit alike. */
  readonly isCalibration: boolean;
  /** All weights of the own model, in the shape of the shared one's; null where it only moves the shared model's log odds. */
  readonly weights: Float64Array | null;
  /** Probabilities of the outcome, shape (rows,). */
  readonly score: (rows: Rows) => Float64Array;
  /** Why it is the shared model, or less than was asked; null when it is what the plan asks. */
  readonly note: string | null;
}

/** Fewest validation rows that stand in for scores out of fold. */
const FEWEST_VALIDATION = 50;
/** How a site steps when the plan's model is an exact fit, which has no steps of its own. */
const EXACT_STEPS: LocalConfig = { localEpochs: 1, batchSize: 32, learningRate: 0.05 };

const known = new WeakMap<object, { readonly site: string; readonly model: SitePersonalModel }>();

/** @returns Null where the plan asks for none, or its primary outcome is not a binary one. */
export function personalModel(plan: Plan, state: ProgrammeState, site: string, prepared: Prepared): SitePersonalModel | null {
  if (plan.personal === 'none' || primaryOutcome(plan).task !== 'binary') return null;
  // The model is the same object from its last round to the end of the study.
  const shared = required(state.network ?? state.newton, 'model');
  const kept = known.get(shared);
  if (kept?.site === site) return kept.model;
  const model = adapt(plan, state, site, prepared);
  known.set(shared, { site, model });
  return model;
}

/** Probabilities of the plan's model where a part of it is the site's own (FedPer, FedBN); null for every other plan. */
export function scoresWithOwnPart(plan: Plan, state: ProgrammeState, site: string, prepared: Prepared, rows: Rows): Float64Array | null {
  if (ownPartOf(plan.personal) === null) return null;
  return personalModel(plan, state, site, prepared)?.score(rows) ?? null;
}

function adapt(plan: Plan, state: ProgrammeState, site: string, { train, validation }: Prepared): SitePersonalModel {
  const { shape, weights } = sharedModel(plan, state);
  const logitsOf = (rows: Rows): Float64Array => networkOutputs(shape, weights, rows);
  // An exact fit says what it would have said without a row. A network cannot: rows it never saw stand in, if there are enough.
  const isUnseen = trainsByRounds(plan) && validation.rows >= FEWEST_VALIDATION;
  const calibrating = plan.personal === 'intercept' || plan.personal === 'recalibrate';
  const rows = isUnseen && calibrating ? validation : train;
  const outOfFold = trainsByRounds(plan) ? logitsOf(rows) : leaveOneOutLogits(required(state.newton, 'newton'), rows);
  const {
    model,
    weights: own,
    note,
  } = PERSONALISATIONS[plan.personal as keyof typeof PERSONALISATIONS].fit({
    shape,
    loss: { kind: 'binary' },
    weights,
    train: rows,
    outOfFold,
    config: trainsByRounds(plan) ? roundSettings(plan) : EXACT_STEPS,
    stream: (purpose) => randomStream(sha256(lengthPrefixed(['consilium personal 1', state.planHash, site, purpose]))).uniform,
  });
  const score = (personal: PersonalModel) => (asked: Rows) => personal(asked, logitsOf(asked)).map(sigmoid);
  return { score: score(model), logits: model, isCalibration: calibrating, weights: own, note };
}

/** The plan's model as a network: an exact logistic regression is one layer. */
function sharedModel(plan: Plan, state: ProgrammeState): { readonly shape: NetworkShape; readonly weights: Float64Array } {
  if (trainsByRounds(plan)) return { shape: shapeOf(plan, state), weights: required(state.network, 'network').weights };
  const [intercept = 0, ...columns] = required(state.newton, 'newton').coefficients;
  return { shape: { inputs: columns.length, hidden: [] }, weights: Float64Array.of(...columns, intercept) };
}
