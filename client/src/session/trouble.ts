/** An error as the pages explain it: its code and its sentence. */
import type { Trouble } from './run-view.ts';

/** Troubles with a file that pages have their own words for; the rest come as a plain sentence. */
const PLAIN_FILE_CODES: ReadonlySet<string> = new Set([
  'missing-column',
  'empty-file',
  'no-rows',
  'other-file',
  'rows-changed-little',
  'rows-unknown',
  'port-closed',
  'cancelled',
  'too-many-files',
  'split-missing',
  'encrypted',
  'too-large',
  'unclosed-quote',
]);

/** Any error. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Error)) return { code: 'failed', text: String(error) };
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : 'failed', text: error.message };
}

/** An error of reading or checking a hospital's file. */
export function fileTroubleOf(error: unknown): Trouble {
  const trouble = troubleOf(error);
  return PLAIN_FILE_CODES.has(trouble.code) ? trouble : { code: 'file', text: trouble.text };
}
