/**
 * What a personalisation is: from the shared model and a site's own rows to a model of the site's own. Computed at the site after the last
 * round, never sent. Everything it learns, it learns from training rows; how far it goes is tuned on them by cross-validation.
 */
import type { LossSpec, NetworkShape, Rows } from '../../models/index.ts';
import type { LocalConfig } from '../local-task.ts';

export interface PersonalInput {
  readonly shape: NetworkShape;
  readonly loss: LossSpec;
  /** The shared model's flat weights. */
  readonly weights: Float64Array;
  readonly train: Rows;
  /** Logits of the shared model on the training rows as if each row had not been in its training, shape (rows,). */
  readonly outOfFold: Float64Array;
  /** How a site steps in the study's rounds. */
  readonly config: LocalConfig;
  /** A fresh deterministic stream in [0, 1); equal streams give equal models. */
  readonly stream: (purpose: string) => () => number;
}

/** Logits of a site's own model for rows, given the shared model's logits for them. */
export type PersonalModel = (rows: Rows, sharedLogits: Float64Array) => Float64Array;

export interface Personalisation {
  readonly kind: string;
  /** Whether it changes weights of a network beyond its intercept; a linear model has no last layer of its own. */
  readonly needsNetwork: boolean;
  readonly fit: (input: PersonalInput) => {
    readonly model: PersonalModel;
    /** All weights of the site's own model, in the shape of the shared ones; null where it only moves the shared model's logits. */
    readonly weights: Float64Array | null;
    readonly note: string | null;
  };
}

/** The shared model as it is, with the reason why nothing was adapted. */
export const unchanged = (note: string) => ({ model: (_: Rows, logits: Float64Array) => logits, weights: null, note });
