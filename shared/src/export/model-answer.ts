/** What a released model says of one row, in float64, and how sure it is of it. The oracle of every exported form. */
import { sigmoid, softmaxProbabilities } from '../models/index.ts';
import { classesInterval, hazardInterval, linearInterval, type ValueInterval } from '../training/index.ts';
import type { ModelLayer, ReleasedModel } from './released-model.ts';

/** Lowest and highest of one value of an answer. */
export interface AnswerRange {
  /** `interval`: 95 %, delta method. `spread`: the same of a penalised fit, without a promise. `instability`: over fits from other starts. */
  readonly kind: 'interval' | 'spread' | 'instability';
  readonly low: number;
  readonly high: number;
  /** How many fits, for `instability`; 1 else. */
  readonly fits: number;
}

/** Names of the values of an answer, in order: columns of a file of scores. */
export function answerNames({ answer }: Pick<ReleasedModel, 'answer'>): readonly string[] {
  switch (answer.kind) {
    case 'probability':
      return ['probability'];
    case 'classes':
      return answer.classes.map(({ code }) => `probability_${code}`);
    case 'quantity':
      return ['estimate'];
    case 'count':
      return ['expected'];
    case 'survival':
      return answer.cuts.map((cut) => `risk_by_${cut}`);
  }
}

/** The design columns of a row. @param value - A feature's checked value: the number, or the position of the code; NaN where missing. */
export const designRow = ({ columns }: Pick<ReleasedModel, 'columns'>, value: (feature: string) => number): number[] =>
  columns.map(({ feature, level, mean, sd, fill }) => {
    const raw = value(feature);
    if (Number.isNaN(raw)) return fill;
    return ((level === null ? raw : Number(raw === level)) - mean) / sd;
  });

/** @returns As `answerNames`; risks rise with time. */
export const answerValues = (model: ReleasedModel, design: readonly number[]): readonly number[] =>
  valuesOf(model.answer, layersOutput(model.layers, design));

/** The one number people compare: the probability, the estimate, the risk by the horizon; of classes that of the most likely one. */
export function headlineValue({ answer }: Pick<ReleasedModel, 'answer'>, values: readonly number[]): number {
  if (answer.kind === 'survival') return values.at(-1) ?? Number.NaN;
  return answer.kind === 'classes' ? Math.max(...values) : (values[0] ?? Number.NaN);
}

/**
 * How sure the model is of each of its values; null where its file does not say.
 *
 * @returns As `answerNames`.
 */
export function answerRanges(model: ReleasedModel, design: readonly number[]): readonly AnswerRange[] | null {
  const { spread, answer, layers } = model;
  if (spread === null) return null;
  if (spread.kind === 'fits') {
    const all = [layers, ...spread.fits].map((fit) => valuesOf(answer, layersOutput(fit, design)));
    return all[0]!.map((_, at): AnswerRange => {
      const values = all.map((fit) => fit[at]!);
      return { kind: 'instability', low: Math.min(...values), high: Math.max(...values), fits: all.length };
    });
  }
  const [layer] = layers;
  if (layer === undefined) return null;
  const kind = spread.isPenalised ? 'spread' : 'interval';
  return intervalsOf(model, layer, spread.matrix, design).map(({ low, high }) => ({
    // Each hospital's own intercept of a hazard is estimated too, and its error is not in the covariance.
    kind: answer.kind === 'survival' ? 'spread' : kind,
    low,
    high,
    fits: 1,
  }));
}

function intervalsOf(
  { answer }: ReleasedModel,
  layer: ModelLayer,
  covariance: readonly number[],
  design: readonly number[],
): ValueInterval[] {
  const { bias, kernel, inputs, outputs } = layer;
  const single = (link: (predictor: number) => number) =>
    linearInterval({ coefficients: [...bias, ...kernel], covariance }, link, [1, ...design]);
  switch (answer.kind) {
    case 'probability':
      return [single(sigmoid)];
    case 'quantity':
      return [single((value) => value)];
    case 'count':
      return [single((eta) => expected(eta, answer.most))];
    case 'classes': {
      // The first class's output is 0 whatever the patient has.
      const slopes = Array.from({ length: (outputs - 1) * inputs }, (_, at) => {
        const [other, input] = [Math.floor(at / inputs), at % inputs];
        return kernel[input * outputs + other + 1]!;
      });
      return classesInterval({ coefficients: [...bias.slice(1), ...slopes], covariance }, outputs, design);
    }
    case 'survival': {
      const slopes = Array.from({ length: inputs }, (_, input) => kernel[input * outputs]!);
      const coefficients = [...bias, ...slopes];
      return answer.cuts.map((_, at) => hazardInterval({ coefficients, covariance }, outputs, design, at + 1));
    }
  }
}

const expected = (eta: number, most: number): number => Math.exp(Math.min(eta, Math.log(most)));

export const layersOutput = (layers: readonly ModelLayer[], design: readonly number[]): readonly number[] =>
  layers.reduce<readonly number[]>((input, layer) => layerOutput(layer, input), design);

function valuesOf(answer: ReleasedModel['answer'], outputs: readonly number[]): readonly number[] {
  switch (answer.kind) {
    case 'probability':
      return [sigmoid(outputs[0]!)];
    case 'classes':
      return Array.from(softmaxProbabilities(Float64Array.from(outputs), outputs.length));
    case 'quantity':
      return outputs;
    case 'count':
      return [expected(outputs[0]!, answer.most)];
    case 'survival': {
      let alive = 1;
      return outputs.map((odds) => {
        alive *= 1 - sigmoid(odds);
        return 1 - alive;
      });
    }
  }
}

function layerOutput({ inputs, outputs, kernel, bias, norm, activation }: ModelLayer, input: readonly number[]): number[] {
  const sums = bias.map((start, k) => {
    let sum = start;
    for (let j = 0; j < inputs; j++) sum += input[j]! * kernel[j * outputs + k]!;
    return sum;
  });
  const mean = sums.reduce((total, value) => total + value, 0) / outputs;
  const spread = norm === null ? 1 : Math.sqrt(sums.reduce((total, value) => total + (value - mean) ** 2, 0) / outputs + norm.epsilon);
  const normed = norm === null ? sums : sums.map((value, k) => (norm.scale[k]! * (value - mean)) / spread + norm.shift[k]!);
  return activation === 'relu' ? normed.map((value) => Math.max(value, 0)) : normed;
}
