/** A code in plain words: what happened, whether anything left, what to do. */
import { explainRejection, REJECTIONS, type RejectionCode } from '@consilium/shared/protocol';
import { currentLanguage, type Language } from './language.ts';
import { fill, say } from './say.ts';
import type { TroubleWords } from './trouble-words.ts';
import { troublesDe } from './troubles-de.ts';
import { type TroubleCode, troublesEn } from './troubles-en.ts';

export interface Explanation {
  readonly what: string;
  readonly left: string;
  readonly next: string;
}

/** By language and code. */
export const TROUBLES: { readonly [Key in Language]: { readonly [Code in TroubleCode]: TroubleWords } } = {
  en: troublesEn,
  de: troublesDe,
};

/**
 * @param code - From an error, a rejection or a refusal.
 * @param text - The sentence that came with it; shown where we have no better words.
 */
export function explain(code: string, text: string): Explanation {
  const words = TROUBLES[currentLanguage()];
  const known = Object.hasOwn(words, code) ? words[code as TroubleCode] : null;
  const sentence = text === '' && Object.hasOwn(REJECTIONS, code) ? explainRejection(code as RejectionCode) : text;
  const { what, left, next } = known ?? words.failed;
  return { what: fill(what, { text: sentence || code }), left: say(`trouble.left.${left}`), next };
}
