/** The released model of a run, for this and other programs, preprocessing inside; or why it cannot be one file. */
import { ExportError, exportFiles } from '@consilium/shared/export';
import type { RunOutput } from '../runs/run-once.ts';

export function modelFiles({ result, programme }: RunOutput): ReadonlyMap<string, string | Uint8Array> {
  try {
    return exportFiles(result.plan, result.planHash, programme);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    return new Map([['NO-MODEL.txt', `${error.message}\n`]]);
  }
}
