/**
 * The model as one hospital has it: with its own intercept, slope or weights where the plan adapts it, with its own intercept of a hazard. Made at that
 * hospital from its own rows, for its own use; nothing of it goes by the coordinator.
 */
import { type ProgrammeState, personalModel, rowsOf, type SitePersonalModel, type SiteRows } from '../federation/index.ts';
import type { Prepared } from '../preparation/index.ts';
import { modelIdentity } from '../registry/index.ts';
import { type Plan, primaryOutcome, trainsByRounds } from '../study/index.ts';
import { ownPartOf, siteIntercept } from '../training/index.ts';
import { predictorLayer, scaledLayer } from './exact-layers.ts';
import { describedModel, fittedExactly, releaseModel, weightsLayers } from './release-model.ts';
import { ExportError, type ModelLayer, type ReleasedModel } from './released-model.ts';

/**
 * @param hospital - Its name, written into the file.
 * @returns The shared model where nothing of it is the hospital's own.
 * @throws ExportError naming why the model cannot be one file.
 */
export function ownModel(plan: Plan, planHash: string, state: ProgrammeState, rows: SiteRows, hospital: string): ReleasedModel {
  const described = { ...describedModel(plan, planHash, state), id: modelIdentity(state, 'federated'), adaptedTo: hospital };
  if (state.scaling === null) throw new ExportError('not-fitted');
  const prepared = rows.prepared(state.scaling);
  const known = state.scaling.outcomes[primaryOutcome(plan).name];
  if (known?.task === 'time-to-event' && !trainsByRounds(plan)) {
    return { ...described, ...fittedExactly(plan, state, ownIntercept(plan, state, prepared, known.cuts)) };
  }
  const personal = personalModel(plan, state, rows.site, prepared);
  if (personal === null) return releaseModel(plan, planHash, state);
  if (personal.weights !== null) return { ...described, ...ownWeights(plan, state, personal.weights), spread: null };
  // An own part that could not be trained leaves a hole in the model.
  if (ownPartOf(plan.personal) !== null) throw new ExportError('own-part');
  return { ...moved(releaseModel(plan, planHash, state), personal), adaptedTo: hospital };
}

/** A hazard's intercept of this hospital, as on its page. */
function ownIntercept(plan: Plan, { newton }: ProgrammeState, { train }: Prepared, cuts: readonly number[]): number {
  if (newton === null || train.rows === 0) return 0;
  return siteIntercept(cuts, rowsOf(train, primaryOutcome(plan)), newton.coefficients);
}

function ownWeights(plan: Plan, state: ProgrammeState, weights: Float64Array): Pick<ReleasedModel, 'answer' | 'layers'> {
  if (trainsByRounds(plan)) return weightsLayers(plan, state, weights);
  const shared = fittedExactly(plan, state);
  const [layer] = shared.layers;
  if (layer === undefined || state.newton === null) throw new ExportError('not-fitted');
  const coefficients = [weights.at(-1) ?? 0, ...weights.subarray(0, weights.length - 1)];
  return { answer: shared.answer, layers: [predictorLayer({ ...state.newton, coefficients })] };
}

/** Log odds moved by the hospital's own intercept and slope; what says how sure the model is moves with them. */
function moved(model: ReleasedModel, personal: SitePersonalModel): ReleasedModel {
  const nobody = { x: new Float64Array(model.columns.length), y: new Float64Array(1), rows: 1, width: model.columns.length };
  const at = (logit: number): number => personal.logits(nobody, Float64Array.of(logit))[0]!;
  const intercept = at(0);
  const slope = at(1) - intercept;
  const move = (layers: readonly ModelLayer[]): ModelLayer[] => [...layers.slice(0, -1), scaledLayer(layers.at(-1)!, intercept, slope)];
  const { spread } = model;
  return { ...model, layers: move(model.layers), spread: personal.isCalibration ? movedSpread() : null };

  function movedSpread(): ReleasedModel['spread'] {
    if (spread === null) return null;
    if (spread.kind === 'fits') return { kind: 'fits', fits: spread.fits.map(move) };
    // The own part is estimated too; its error is not in the covariance.
    return { kind: 'covariance', isPenalised: true, matrix: spread.matrix.map((value) => value * slope * slope) };
  }
}
