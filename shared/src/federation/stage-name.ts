/** Which secure sum comes next, and what models are called. */

/** `federated` is the plan's model, `exact` the exact fit beside a network; any other the label of an exact fit (exact-fits.ts). */
export type ModelLabel = string;

/** Which secure sum comes next. */
export type StageName =
  | { readonly kind: 'statistics' }
  /** Which exact fit: `main` or the label of one beside it. */
  | { readonly kind: 'newton'; readonly fit: string }
  | { readonly kind: 'update'; readonly round: number }
  /** A look at the validation rows after this round. */
  | { readonly kind: 'validation'; readonly round: number }
  /** After training with class weights; over validation rows where enough hospitals have them. */
  | { readonly kind: 'recalibration'; readonly rows: 'validation' | 'training' }
  | { readonly kind: 'evaluation'; readonly label: ModelLabel }
  | { readonly kind: 'calibration'; readonly label: ModelLabel }
  /** Residuals on validation rows. */
  | { readonly kind: 'conformal' }
  /** Groups of patients, figures across hospitals, promotion. */
  | { readonly kind: 'judgement' }
  | { readonly kind: 'effect' }
  | { readonly kind: 'closing' }
  | { readonly kind: 'done' };
