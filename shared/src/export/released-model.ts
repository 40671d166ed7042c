/**
 * A released model as plain data: the dictionary it reads, what happens to a value before it is used, the layers, and what their outputs mean. A row in
 * the hospital's own units goes in, an answer comes out; every export is written from this.
 */
import type { Feature } from '../schema/index.ts';

export const MODEL_FORMAT = 'consilium-model-2';

/** One column of the design matrix. */
export interface ModelColumn {
  readonly name: string;
  readonly feature: string;
  /** Position of the code whose presence this column marks; null for a number. */
  readonly level: number | null;
  /** (value − mean) / sd; 0 and 1 where values are used as they are. */
  readonly mean: number;
  readonly sd: number;
  /** What a missing value becomes, after scaling. */
  readonly fill: number;
}

/** Dense layer: x·kernel + bias, then normalisation over the units of each row, then the activation. */
export interface ModelLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** Row-major, shape (inputs, outputs). */
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
  readonly norm: { readonly scale: readonly number[]; readonly shift: readonly number[]; readonly epsilon: number } | null;
  readonly activation: 'relu' | 'none';
}

/** What the last layer's outputs mean. */
export type ModelAnswer =
  /** One output: the log odds of the outcome. */
  | { readonly kind: 'probability' }
  /** One output a class; softmax. */
  | { readonly kind: 'classes'; readonly classes: readonly { readonly code: string; readonly label: string }[] }
  /** One output: the expected value, in the outcome's unit. */
  | { readonly kind: 'quantity'; readonly unit: string | null }
  /** One output: the logarithm of the expected number of events, of which no more than `most` are told. */
  | { readonly kind: 'count'; readonly most: number }
  /** One output an interval: the log odds of the event there, for those who reach it. The last cut is the horizon. */
  | { readonly kind: 'survival'; readonly cuts: readonly number[]; readonly unit: string };

/** How sure the model is of one patient's answer; null where the file does not say. */
export type ModelSpread =
  /**
   * Covariance of intercepts and slopes, row-major, shape (size, size): of classes those of every class but the first, intercepts first, then slopes
   * class by class; of a quantity in its squared unit. Delta-method intervals; with a penalty they are a spread, not a promise of coverage.
   */
  | { readonly kind: 'covariance'; readonly isPenalised: boolean; readonly matrix: readonly number[] }
  /** Layers of further fits from other starts: the range over all of them shows how much chance is in the model. */
  | { readonly kind: 'fits'; readonly fits: readonly (readonly ModelLayer[])[] };

export interface ReleasedModel {
  readonly format: typeof MODEL_FORMAT;
  /** As the study's registry names it (registry/study-models.ts), hex. */
  readonly id: string;
  /** The hospital that adapted it to its own patients; null for the model of all. Such a file never leaves that hospital by the coordinator. */
  readonly adaptedTo: string | null;
  readonly study: string;
  readonly title: string;
  readonly purpose: string;
  readonly population: string;
  readonly version: number;
  readonly synthetic: boolean;
  /** SHA-256 of the signed plan, hex. */
  readonly planHash: string;
  readonly outcome: string;
  /** As the plan has them; only these columns of a file are read. */
  readonly features: readonly Feature[];
  /** Whether a row with a missing value is refused: the study left such rows out. */
  readonly needsEveryValue: boolean;
  readonly columns: readonly ModelColumn[];
  readonly layers: readonly ModelLayer[];
  readonly answer: ModelAnswer;
  readonly spread: ModelSpread | null;
}

/** Why a study's model cannot be written as one file for every hospital. */
export type ExportRefusal = 'not-fitted' | 'ranking' | 'scale-site' | 'indicators' | 'batch-norm' | 'images' | 'curves' | 'own-part';

/** A model that cannot be exported; `code` says why. */
export class ExportError extends Error {
  readonly code: ExportRefusal;
  constructor(code: ExportRefusal) {
    super(REASONS[code]);
    this.name = 'ExportError';
    this.code = code;
  }
}

const REASONS: Record<ExportRefusal, string> = {
  'not-fitted': 'The study has no fitted model to export.',
  ranking: 'This model orders patients by risk and gives no risk; the exact fit beside it does.',
  indicators: 'Inputs that say which values were missing are not part of the exported formats, so no single file holds the preprocessing.',
  'scale-site': 'Each hospital scales by its own rows in this study, so no single file holds the preprocessing.',
  curves: 'Splines and interactions cannot be written as the layers that every program reads, so this model is not exported.',
  'batch-norm': 'Batch normalisation keeps statistics of each hospital, so no single file holds the model.',
  images: 'Convolutions are not among the layers that this release writes, so a network for images is not exported.',
  'own-part':
    'A part of this model is each hospital’s own and was never shared, so no single file holds it. A hospital can export its own.',
};
