/** What can go wrong in training that is nobody's programming error. */

/**
 * diverged: weights became infinite or undefined (too large a learning rate, most often);
 * backend-missing: the machine or the page does not offer it; backend-unfit: it computes something else than the plain loop.
 */
export type TrainingErrorCode = 'diverged' | 'backend-missing' | 'backend-unfit';

/** Never holds a number of a patient or a weight. */
export class TrainingError extends Error {
  readonly code: TrainingErrorCode;

  constructor(code: TrainingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TrainingError';
    this.code = code;
  }
}
