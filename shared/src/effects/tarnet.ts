/**
 * TARNet, a learner of the research view: one representation of the covariates for both arms, and a head for each arm, which is trained on that arm's
 * patients only; where the plan asks for it a third head learns from the representation who got the treatment (DragonNet). By rounds: each hospital trains on its own rows, the mean of the updates is the next model. Plain loops; no tensor.
 *
 * Rules: the start and the mean use + − × ÷ √ only, because every site repeats them; what a site trains is its own business.
 * Source: Shalit, Johansson and Sontag 2017, "Estimating individual treatment effect: generalization bounds and algorithms" (without its balancing
 * term); Shi, Blei and Veitch 2019, "Adapting neural networks for the estimation of treatment effects" (the third head; without the targeted term,
 * which serves the average effect); McMahan et al. 2017 for the mean; Kingma and Ba 2015 for the local steps.
 */
import { randomStream, sha256, utf8Bytes } from '../crypto/index.ts';
import type { EffectRows } from './effect-design.ts';

export interface TarnetSettings {
  /** Units of the representation and of each head's hidden layer. */
  readonly units: number;
  readonly headUnits: number;
  readonly rounds: number;
  /** Whole passes over a hospital's rows in a round. */
  readonly steps: number;
  readonly learningRate: number;
  /** Penalty ½·decay·w² a row's mean loss, on everything but offsets. */
  readonly decay: number;
  /** Weight of the third head's loss; 0: none. */
  readonly propensity: number;
  /** What the first weights are drawn from. */
  readonly seed: string;
}

type Shape = Pick<TarnetSettings, 'units' | 'headUnits' | 'propensity'>;

/** Where the parts are: representation, then the head of the comparator, then that of the treated, then that of who was treated. */
function layout({ units, headUnits, propensity }: Shape, inputs: number) {
  const body = units * (inputs + 1);
  const head = headUnits * (units + 1) + headUnits + 1;
  const third = body + 2 * head;
  return { body, head, third, length: third + (propensity > 0 ? units + 1 : 0) };
}

export const tarnetLength = (shape: Shape, inputs: number): number => layout(shape, inputs).length;

/** First weights: uniform within ±√(6 / (in + out)) of each layer (Glorot and Bengio 2010), offsets 0. */
export function tarnetStart({ units, headUnits, propensity, seed }: TarnetSettings, inputs: number): Float64Array {
  const { uniform } = randomStream(sha256(utf8Bytes(`consilium tarnet 1 ${seed}`)));
  const layer = (from: number, to: number): number[] => {
    const bound = Math.sqrt(6 / (from + to));
    return Array.from({ length: to * (from + 1) }, (_, at) => (at % (from + 1) === from ? 0 : (2 * uniform() - 1) * bound));
  };
  const head = (): number[] => [...layer(units, headUnits), ...layer(headUnits, 1)];
  return Float64Array.from([...layer(inputs, units), ...head(), ...head(), ...(propensity > 0 ? layer(units, 1) : [])]);
}

const elu = (z: number): number => (z > 0 ? z : Math.expm1(z));
/** From the value that `elu` gave. */
const eluSlope = (value: number): number => (value > 0 ? 1 : value + 1);
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Values of a layer whose weights are [w₀ … w_in, offset] a unit. */
function forward(weights: ArrayLike<number>, start: number, input: ArrayLike<number>, from: number, to: number): Float64Array {
  const out = new Float64Array(to);
  for (let unit = 0; unit < to; unit++) {
    const at = start + unit * (from + 1);
    let sum = weights[at + from]!;
    for (let j = 0; j < from; j++) sum += weights[at + j]! * input[j]!;
    out[unit] = sum;
  }
  return out;
}

/** Log odds of the outcome under one arm, before the hospital's own level; with what a gradient needs. */
function pass(shape: Shape, weights: ArrayLike<number>, x: ArrayLike<number>, inputs: number, arm: 0 | 1) {
  const { body, head } = layout(shape, inputs);
  const start = body + arm * head;
  const middle = forward(weights, 0, x, inputs, shape.units).map(elu);
  const hidden = forward(weights, start, middle, shape.units, shape.headUnits).map(elu);
  const output = start + shape.headUnits * (shape.units + 1);
  return { start, output, middle, hidden, logit: forward(weights, output, hidden, shape.headUnits, 1)[0]! };
}

/** Risk of the outcome under an arm. @param level - The hospital's own, on the log odds. @returns Shape (rows,). */
export function tarnetRisks(shape: Shape, weights: ArrayLike<number>, rows: EffectRows, level: number, arm: 0 | 1): Float64Array {
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    const x = rows.x.subarray(i * rows.width, (i + 1) * rows.width);
    return sigmoid(level + pass(shape, weights, x, rows.width, arm).logit);
  });
}

/**
 * Mean log-loss of what happened under the arm that was given, with that of which arm it was where there is a third head, and their penalty; and the
 * gradient of all.
 *
 * @param level - The hospital's own, on the log odds of the outcome. @param choice - The same of the treatment.
 */
export function tarnetGradient(
  settings: Shape & Pick<TarnetSettings, 'decay'>,
  weights: ArrayLike<number>,
  rows: EffectRows,
  level: number,
  choice = 0,
): { readonly loss: number; readonly gradient: Float64Array } {
  const { units, headUnits, decay, propensity } = settings;
  const inputs = rows.width;
  const { length, third } = layout(settings, inputs);
  const gradient = new Float64Array(length);
  const back = (start: number, input: ArrayLike<number>, from: number, deltas: ArrayLike<number>, into: Float64Array | null): void => {
    for (let unit = 0; unit < deltas.length; unit++) {
      const at = start + unit * (from + 1);
      const delta = deltas[unit]!;
      for (let j = 0; j < from; j++) {
        gradient[at + j] = gradient[at + j]! + delta * input[j]!;
        if (into !== null) into[j] = into[j]! + delta * weights[at + j]!;
      }
      gradient[at + from] = gradient[at + from]! + delta;
    }
  };
  let loss = 0;
  for (let i = 0; i < rows.rows; i++) {
    const x = rows.x.subarray(i * inputs, (i + 1) * inputs);
    const { start, output, middle, hidden, logit } = pass(settings, weights, x, inputs, rows.arm[i] === 1 ? 1 : 0);
    const eta = level + logit;
    loss += logLoss(eta, rows.y[i]!) / rows.rows;
    const byHidden = new Float64Array(headUnits);
    back(output, hidden, headUnits, [(sigmoid(eta) - rows.y[i]!) / rows.rows], byHidden);
    const byMiddle = new Float64Array(units);
    back(
      start,
      middle,
      units,
      byHidden.map((value, k) => value * eluSlope(hidden[k]!)),
      byMiddle,
    );
    if (propensity > 0) {
      const chance = choice + forward(weights, third, middle, units, 1)[0]!;
      loss += (propensity * logLoss(chance, rows.arm[i]!)) / rows.rows;
      back(third, middle, units, [(propensity * (sigmoid(chance) - rows.arm[i]!)) / rows.rows], byMiddle);
    }
    back(
      0,
      x,
      inputs,
      byMiddle.map((value, k) => value * eluSlope(middle[k]!)),
      null,
    );
  }
  for (const at of penalised(settings, inputs)) {
    loss += 0.5 * decay * weights[at]! ** 2;
    gradient[at] = gradient[at]! + decay * weights[at]!;
  }
  return { loss, gradient };
}

const logLoss = (eta: number, y: number): number => Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y * eta;

/** Positions of all weights but offsets. */
function penalised(shape: Shape, inputs: number): number[] {
  const layer = (start: number, from: number, to: number): number[] =>
    Array.from({ length: to * from }, (_, at) => start + Math.floor(at / from) * (from + 1) + (at % from));
  const { units, headUnits, propensity } = shape;
  const { body, head, third } = layout(shape, inputs);
  const ofHead = (start: number): number[] => [...layer(start, units, headUnits), ...layer(start + headUnits * (units + 1), headUnits, 1)];
  return [...layer(0, inputs, units), ...ofHead(body), ...ofHead(body + head), ...(propensity > 0 ? layer(third, units, 1) : [])];
}

/** An entry of an update beyond this counts as this: no hospital alone can throw the model away. */
const MOST_MOVE = 4;

/** A hospital's update: weights after minus weights before, by Adam's steps over all its rows. Zeros where a weight is no number any more. */
export function tarnetUpdate(
  settings: TarnetSettings,
  before: ArrayLike<number>,
  rows: EffectRows,
  level: number,
  choice = 0,
): Float64Array {
  const weights = Float64Array.from(before);
  const [mean, square] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  for (let step = 1; step <= settings.steps; step++) {
    const { gradient } = tarnetGradient(settings, weights, rows, level, choice);
    const [first, second] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let at = 0; at < weights.length; at++) {
      mean[at] = 0.9 * mean[at]! + 0.1 * gradient[at]!;
      square[at] = 0.999 * square[at]! + 0.001 * gradient[at]! ** 2;
      weights[at] = weights[at]! - (settings.learningRate * (mean[at]! / first)) / (Math.sqrt(square[at]! / second) + 1e-8);
    }
  }
  const update = weights.map((value, at) => value - before[at]!);
  return update.every(Number.isFinite) ? update.map((value) => Math.max(-MOST_MOVE, Math.min(MOST_MOVE, value))) : update.fill(0);
}
