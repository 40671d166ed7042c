/** Why a chamber could not be had or used. Pages choose their words by `code`. */
export type ChamberCode =
  | 'chamber-files' // a file of the chamber is missing or is not the one this page was built with
  | 'chamber-unavailable' // neither the sealed frame nor the fallback worker started
  | 'chamber-timeout' // it started and then said nothing
  | 'not-sealed' // its own probe found a way out, or could not tell
  | 'chamber-closed'
  | 'not-a-model'
  | 'not-a-mapping';

export class ChamberError extends Error {
  override readonly name = 'ChamberError';
  readonly code: ChamberCode;

  constructor(code: ChamberCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
