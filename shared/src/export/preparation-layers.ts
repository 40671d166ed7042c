/**
 * The preprocessing as two dense layers, so that any program that can run a network runs it too, with nothing but its weights.
 *
 * Each feature is one input: a number in its unit, or the code as a number. Missing is a number of its own, outside every value. On the
 * values that can occur, piecewise-linear functions are exact: a number is low + relu(x − low), and a hat of relus marks a code or a
 * missing value. Rules: codes that are not whole numbers within ±1,000,000 are given by their position from 0.
 */
import type { Feature } from '../schema/index.ts';
import type { ModelLayer, ReleasedModel } from './released-model.ts';

export interface ModelInput {
  readonly feature: Feature;
  /** The number that stands for each code, in the dictionary's order; null for a number. */
  readonly codes: readonly number[] | null;
  /** The number that stands for "missing". */
  readonly missing: number;
}

const LARGEST_CODE = 1_000_000;

/** The inputs, in the order of the model's features; features without a column in use are inputs too and change nothing. */
export function modelInputs({ features }: ReleasedModel): ModelInput[] {
  return features.map((feature): ModelInput => {
    if (feature.type === 'number') {
      const [low, high] = feature.range;
      return { feature, codes: null, missing: low - (high - low) };
    }
    const numbers = feature.codes.map(({ code }) => Number(code));
    const areNumbers = numbers.every((value) => Number.isInteger(value) && Math.abs(value) <= LARGEST_CODE);
    const codes = areNumbers ? numbers : feature.codes.map((_, position) => position);
    return { feature, codes, missing: Math.min(...codes) - 1 };
  });
}

/** A relu of the first layer: relu(slope · (x − at)), and what it adds to each design column. */
interface Unit {
  readonly input: number;
  readonly slope: number;
  readonly at: number;
  readonly adds: readonly { readonly column: number; readonly weight: number }[];
}

/** Two layers: inputs → relus → scaled design columns. */
export function preparationLayers(model: ReleasedModel): readonly [ModelLayer, ModelLayer] {
  const inputs = modelInputs(model);
  const bias = model.columns.map(() => 0);
  const units = inputs.flatMap((input, at) =>
    input.codes === null ? numberUnits(model, input, at, bias) : codeUnits(model, input, input.codes, at),
  );
  model.columns.forEach(({ level, mean, sd }, column) => {
    if (level !== null) bias[column] = bias[column]! - mean / sd;
  });
  const first = new Array<number>(inputs.length * units.length).fill(0);
  const second = new Array<number>(units.length * model.columns.length).fill(0);
  units.forEach(({ input, slope, adds }, unit) => {
    first[input * units.length + unit] = slope;
    for (const { column, weight } of adds) second[unit * model.columns.length + column] = weight;
  });
  const relus = { inputs: inputs.length, outputs: units.length, kernel: first, bias: units.map(({ slope, at }) => -slope * at) };
  const columns = { inputs: units.length, outputs: model.columns.length, kernel: second, bias };
  return [
    { ...relus, norm: null, activation: 'relu' },
    { ...columns, norm: null, activation: 'none' },
  ];
}

/** From low upwards the number itself; at the missing number, what it is filled with. Sums are kept in units of the spread. */
function numberUnits(model: ReleasedModel, { feature, missing }: ModelInput, input: number, bias: number[]): Unit[] {
  if (feature.type !== 'number') return [];
  const [low] = feature.range;
  const column = model.columns.findIndex((item) => item.feature === feature.name);
  if (column < 0) return [];
  const { mean, sd, fill } = model.columns[column]!;
  const atLow = (low - mean) / sd;
  bias[column] = atLow;
  return [
    { input, slope: 1 / sd, at: low, adds: [{ column, weight: 1 }] },
    { input, slope: -1 / (low - missing), at: low, adds: [{ column, weight: fill - atLow }] },
  ];
}

/** A hat one unit wide around every code that has a column, and around the missing number. */
function codeUnits(model: ReleasedModel, { feature, missing }: ModelInput, codes: readonly number[], input: number): Unit[] {
  const own = model.columns.flatMap((item, column) => (item.feature === feature.name ? [{ ...item, column }] : []));
  const hat = (centre: number, adds: Unit['adds']): Unit[] =>
    [-1, 0, 1].map((offset) => ({
      input,
      slope: 1,
      at: centre + offset,
      adds: adds.map(({ column, weight }) => ({ column, weight: offset === 0 ? -2 * weight : weight })),
    }));
  const ofCodes = own.flatMap(({ level, sd, column }) => (level === null ? [] : hat(codes[level]!, [{ column, weight: 1 / sd }])));
  // The columns' biases are those of "not this code"; a missing value is moved from there to its fill.
  const ofMissing = own.map(({ mean, sd, fill, column }) => ({ column, weight: fill + mean / sd }));
  return own.length === 0 ? [] : [...ofCodes, ...hat(missing, ofMissing)];
}
