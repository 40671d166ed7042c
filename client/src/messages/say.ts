/** Looks up a message in the language of the page. */
import { de } from './de.ts';
import { type Catalogue, en, type MessageKey } from './en.ts';
import { currentLanguage, type Language } from './language.ts';

export type { MessageKey };

export const CATALOGUES: { readonly [Key in Language]: Catalogue } = { en, de };

/**
 * The message with its places filled in.
 *
 * @example say('link.online') // 'connected'
 */
export function say(key: MessageKey, values: { readonly [place: string]: string | number } = {}): string {
  return fill(CATALOGUES[currentLanguage()][key], values);
}

/** The message of that name if there is one, else the fallback: for words that come from a protocol and may be new. */
export function sayOr(key: string, fallback: string): string {
  return Object.hasOwn(en, key) ? say(key as MessageKey) : fallback;
}

/** Replaces `{place}` by its value; an unknown place stays as it is. */
export function fill(text: string, values: { readonly [place: string]: string | number }): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, place: string) => String(values[place] ?? whole));
}
