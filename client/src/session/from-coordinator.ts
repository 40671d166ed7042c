/** Which codes a coordinator may give to this page. What the page says of itself (that a person stopped here, or left) is never another's to say. */
import type { Trouble } from './run-view.ts';

/** Why a coordinator ends a connection, or takes none. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'second-tab',
  'superseded',
  'not-on-roster',
  'certificate-expired',
  'device-replaced',
  'device-suspended',
  'bad-signature',
  'seat-removed',
  'malformed',
  'too-many',
  'unavailable',
]);

/** What this page says of its own hospital, and nobody else. */
const OWN: ReadonlySet<string> = new Set(['stopped', 'left', 'left-untold']);

const REFUSED: Trouble = { code: 'refused', text: '' };

/** Why the connection was ended; any other word than those a coordinator has for it is a plain refusal. */
export const connectionTrouble = (code: string, text: string): Trouble => (OF_CONNECTION.has(code) ? { code, text } : REFUSED);

/** The code of an answer, as far as it is not one of the page's own. */
export const answeredCode = (code: string): string => (OWN.has(code) ? REFUSED.code : code);
