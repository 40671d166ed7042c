/** From a finished study to its released model. */
import { exactFit, MAIN_FIT, networkLoss, type ProgrammeState, residualVariance, shapeOf } from '../federation/index.ts';
import { designNames, type Scaling } from '../preparation/index.ts';
import { modelIdentity, type StudyModelLabel } from '../registry/index.ts';
import { type Outcome, outcomeLabel } from '../schema/index.ts';
import { type Plan, primaryOutcome, trainsByRounds } from '../study/index.ts';
import { covarianceOf, ownPartOf } from '../training/index.ts';
import { classesLayer, hazardLayer, predictorLayer, scaledLayer } from './exact-layers.ts';
import { networkLayers, withFirstOutput } from './network-layers.ts';
import {
  ExportError,
  MODEL_FORMAT,
  type ModelAnswer,
  type ModelColumn,
  type ModelLayer,
  type ModelSpread,
  type ReleasedModel,
} from './released-model.ts';

type Fitted = Pick<ReleasedModel, 'answer' | 'layers' | 'spread'>;

/**
 * @param label - Which of the study's models; `exact` is the exact fit beside a network.
 * @throws ExportError naming why the model cannot be one file.
 */
export function releaseModel(plan: Plan, planHash: string, state: ProgrammeState, label: StudyModelLabel = 'federated'): ReleasedModel {
  const isNetwork = label === 'federated' && trainsByRounds(plan);
  if (isNetwork && ownPartOf(plan.personal) !== null) throw new ExportError('own-part');
  return {
    ...describedModel(plan, planHash, state),
    id: modelIdentity(state, label),
    ...(isNetwork ? fittedNetwork(plan, state) : fittedExactly(plan, state)),
  };
}

/** Everything about the model but its fit. @throws ExportError where the preprocessing cannot be in one file. */
export function describedModel(plan: Plan, planHash: string, { scaling }: ProgrammeState): Omit<ReleasedModel, keyof Fitted | 'id'> {
  if (plan.preprocess.scale === 'site') throw new ExportError('scale-site');
  if (plan.preprocess.indicators) throw new ExportError('indicators');
  if (scaling === null) throw new ExportError('not-fitted');
  if (hasBentColumns(scaling)) throw new ExportError('curves');
  const { study, title, purpose, population, version, synthetic, features } = plan;
  return {
    format: MODEL_FORMAT,
    adaptedTo: null,
    ...{ study, title, purpose, population, version, synthetic, planHash, features },
    outcome: outcomeLabel(primaryOutcome(plan)),
    needsEveryValue: plan.preprocess.impute === 'drop-row',
    columns: columnsOf(plan, scaling),
  };
}

const hasBentColumns = ({ columns }: Scaling): boolean =>
  columns.some(({ used, curve, product }) => used && (curve !== null || product !== null));

function columnsOf(plan: Plan, scaling: Scaling): ModelColumn[] {
  const isScaled = plan.preprocess.scale !== 'none';
  const known = new Map(scaling.columns.map((column) => [column.name, column]));
  return designNames(plan, scaling).flatMap((name) => {
    const column = known.get(name);
    if (column === undefined || column.level === 'missing') return [];
    const { feature, level, mean, sd } = column;
    return [{ name, feature, level, mean: isScaled ? mean : 0, sd: isScaled ? sd : 1, fill: isScaled ? 0 : mean }];
  });
}

/** @param own - The hospital's own intercept of a hazard; 0 for none. */
export function fittedExactly(plan: Plan, { scaling, newton }: ProgrammeState, own = 0): Fitted {
  if (scaling === null || newton === null || !newton.converged) throw new ExportError('not-fitted');
  const { spec, outcome } = exactFit(plan, scaling, MAIN_FIT);
  const covariance = covarianceOf(newton);
  const spread: ModelSpread | null =
    covariance === null ? null : { kind: 'covariance', isPenalised: newton.ridge > 0, matrix: Array.from(covariance) };
  switch (spec.kind) {
    case 'logistic':
      return { answer: { kind: 'probability' }, layers: [predictorLayer(newton)], spread };
    case 'softmax':
    case 'softmax-bound':
      return { answer: answerOf(outcome), layers: [classesLayer(newton, spec.classes)], spread };
    case 'linear':
      return {
        answer: answerOf(outcome),
        layers: [scaledLayer(predictorLayer(newton), spec.mean, spec.sd)],
        spread: inUnit(spread, spec.sd ** 2 * residualVariance(newton)),
      };
    case 'hazard':
      return { answer: answerOf(outcome, spec.cuts), layers: [hazardLayer(newton, spec.cuts.length, own)], spread };
    case 'poisson':
      return { answer: { kind: 'count', most: spec.most }, layers: [predictorLayer(newton)], spread };
    case 'cox':
      throw new ExportError('ranking');
  }
}

/** Of a linear regression: variances of the fit's own scale times this are those of the outcome's unit. */
function inUnit(spread: ModelSpread | null, factor: number): ModelSpread | null {
  return spread?.kind === 'covariance' ? { ...spread, matrix: spread.matrix.map((value) => value * factor) } : spread;
}

function fittedNetwork(plan: Plan, state: ProgrammeState): Fitted {
  if (state.network === null || state.scaling === null) throw new ExportError('not-fitted');
  const { weights, others } = state.network;
  const layers = weightsLayers(plan, state, weights);
  const fits = others.map((fit) => weightsLayers(plan, state, fit.weights));
  return { ...layers, spread: fits.length === 0 ? null : { kind: 'fits', fits: fits.map((fit) => fit.layers) } };
}

/** The plan's network with these weights. */
export function weightsLayers(plan: Plan, state: ProgrammeState, weights: Float64Array): Pick<Fitted, 'answer' | 'layers'> {
  const loss = networkLoss(plan, state.scaling?.outcomes);
  const outcome = primaryOutcome(plan);
  if (loss.kind === 'cox') throw new ExportError('ranking');
  const layers: ModelLayer[] = networkLayers(shapeOf(plan, state), weights);
  if (loss.kind === 'hazard') return { answer: answerOf(outcome, loss.cuts), layers };
  if (loss.kind !== 'gaussian' && loss.kind !== 'squared') return { answer: answerOf(outcome), layers };
  const means = withFirstOutput(layers);
  const last = scaledLayer(means.at(-1)!, loss.mean ?? 0, loss.sd ?? 1);
  return { answer: answerOf(outcome), layers: [...means.slice(0, -1), last] };
}

function answerOf(outcome: Outcome, cuts: readonly number[] = []): ModelAnswer {
  switch (outcome.task) {
    case 'binary':
      return { kind: 'probability' };
    case 'multiclass':
      return { kind: 'classes', classes: outcome.codes };
    case 'regression':
      return { kind: 'quantity', unit: outcome.unit ?? null };
    case 'time-to-event':
      return { kind: 'survival', cuts: [...cuts], unit: outcome.unit };
    case 'count':
      // Counts are fitted exactly only.
      throw new ExportError('not-fitted');
  }
}
