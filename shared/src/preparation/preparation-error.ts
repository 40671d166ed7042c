/** The rows cannot be divided or prepared as the plan says. `message` is a plain sentence without a cell's content. */
export class PreparationError extends Error {
  readonly code: 'split-file-missing' | 'split-file-columns' | 'split-file-mismatch';
  constructor(code: PreparationError['code'], message: string) {
    super(message);
    this.name = 'PreparationError';
    this.code = code;
  }
}
