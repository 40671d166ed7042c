/** From a finished study to its released model. */
import { networkShape, type ProgrammeState } from '../federation/index.ts';
import { mlpLayers, type NetworkShape, networkOf } from '../models/index.ts';
import { designNames, type Scaling } from '../preparation/index.ts';
import { modelIdentity, type StudyModelLabel } from '../registry/index.ts';
import { type Plan, primaryOutcome, trainsByRounds } from '../study/index.ts';
import { ExportError, MODEL_FORMAT, type ModelColumn, type ModelLayer, type ReleasedModel } from './released-model.ts';

/** As models/normalise.ts. */
const NORM_EPSILON = 1e-5;

/** @throws ExportError naming why the model cannot be one file. */
export function releaseModel(plan: Plan, planHash: string, state: ProgrammeState, label: StudyModelLabel = 'federated'): ReleasedModel {
  const outcome = primaryOutcome(plan);
  if (outcome.task !== 'binary') throw new ExportError('task');
  if (plan.preprocess.scale === 'site') throw new ExportError('scale-site');
  if (plan.preprocess.indicators) throw new ExportError('indicators');
  if (hasBentColumns(state.scaling)) throw new ExportError('curves');
  if (state.scaling === null) throw new ExportError('not-fitted');
  const { study, title, purpose, population, version, synthetic } = plan;
  return {
    format: MODEL_FORMAT,
    study,
    title,
    purpose,
    population,
    version,
    synthetic,
    planHash,
    outcome: outcome.name,
    features: plan.features,
    needsEveryValue: plan.preprocess.impute === 'drop-row',
    columns: columnsOf(plan, state.scaling),
    layers: layersOf(plan, state, state.scaling, label),
    id: modelIdentity(state, label),
    link: 'logistic',
  };
}

const hasBentColumns = (scaling: Scaling | null): boolean =>
  scaling?.columns.some(({ used, curve, product }) => used && (curve !== null || product !== null)) === true;

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

function layersOf(plan: Plan, state: ProgrammeState, scaling: Scaling, label: StudyModelLabel): ModelLayer[] {
  const names = designNames(plan, scaling);
  if (label === 'exact' || !trainsByRounds(plan)) {
    if (state.newton === null || !state.newton.converged) throw new ExportError('not-fitted');
    const [intercept = 0, ...kernel] = state.newton.coefficients;
    return [{ inputs: names.length, outputs: 1, kernel, bias: [intercept], norm: null, activation: 'none' }];
  }
  if (state.network === null) throw new ExportError('not-fitted');
  const shape = networkShape(plan, names);
  return shape.kind === 'additive' ? additiveLayers(shape, state.network.weights) : mlpModelLayers(shape, state.network.weights);
}

function mlpModelLayers(shape: Exclude<NetworkShape, { kind: 'additive' }>, weights: Float64Array): ModelLayer[] {
  if (shape.norm === 'batch') throw new ExportError('batch-norm');
  const layers = mlpLayers(shape);
  return layers.map(({ inputs, outputs, kernelStart, biasStart, normStart }, index) => {
    const part = (start: number, length: number): number[] => Array.from(weights.subarray(start, start + length));
    return {
      inputs,
      outputs,
      kernel: part(kernelStart, inputs * outputs),
      bias: part(biasStart, outputs),
      norm:
        normStart === null ? null : { scale: part(normStart, outputs), shift: part(normStart + outputs, outputs), epsilon: NORM_EPSILON },
      activation: index < layers.length - 1 ? 'relu' : 'none',
    };
  });
}

/** An additive network as two dense layers: each feature's units see its own columns only, and the rest of the kernel is 0. */
function additiveLayers(shape: Extract<NetworkShape, { kind: 'additive' }>, weights: Float64Array): ModelLayer[] {
  const { groups, hidden } = shape;
  const { inputs, length } = networkOf(shape);
  const units = groups.length * hidden;
  const kernel = new Array<number>(inputs * units).fill(0);
  const bias: number[] = [];
  const out: number[] = [];
  let at = 0;
  let column = 0;
  groups.forEach((columns, group) => {
    for (let j = 0; j < columns; j++) {
      for (let h = 0; h < hidden; h++) kernel[(column + j) * units + group * hidden + h] = weights[at + j * hidden + h]!;
    }
    at += columns * hidden;
    bias.push(...weights.subarray(at, at + hidden));
    out.push(...weights.subarray(at + hidden, at + 2 * hidden));
    at += 2 * hidden;
    column += columns;
  });
  return [
    { inputs, outputs: units, kernel, bias, norm: null, activation: 'relu' },
    { inputs: units, outputs: 1, kernel: out, bias: [weights[length - 1]!], norm: null, activation: 'none' },
  ];
}
