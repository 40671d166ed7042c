/**
 * The comparison of roster words by telephone, as a check that can fail: three of the twelve words stay hidden, and the person types them
 * as another hospital reads them out.
 *
 * Rule: which three depends on the site's place in the roster, place mod 4, so that a hospital with another remainder sees them. From three
 * hospitals on there is one. The nine others are compared by ear.
 */
import type { Roster } from './roster.ts';
import { FINGERPRINT_WORDS, isListed, plainWord } from './words.ts';

const GROUPS = 4;

/** Positions (0 to 11) of the words that the site with this index must hear from another hospital. */
export function hiddenWords(roster: Roster, index: number): readonly number[] {
  const group = groupOf(roster, index);
  return Array.from({ length: FINGERPRINT_WORDS }, (_, at) => at).filter((at) => at % GROUPS === group);
}

/** Indices of the hospitals that see what this one must hear. */
export function hospitalsToCall(roster: Roster, index: number): readonly number[] {
  const group = groupOf(roster, index);
  return roster.sites.filter((site) => groupOf(roster, site.index) !== group).map((site) => site.index);
}

function groupOf(roster: Roster, index: number): number {
  return roster.sites.findIndex((site) => site.index === index) % GROUPS;
}

export type WordCheck =
  | { readonly outcome: 'same' }
  /** The two hospitals hold different rosters, or a word was heard as another one. */
  | { readonly outcome: 'differ' }
  /** Not a word of the list: a slip of the keyboard. `positions` are 0 to 11. */
  | { readonly outcome: 'unknown'; readonly positions: readonly number[] };

/**
 * Compares what was heard with the roster's own words.
 *
 * @param words - Of the roster this site holds.
 * @param hidden - From `hiddenWords`.
 * @param typed - As many words, in the order of `hidden`.
 */
export function checkWords(words: readonly string[], hidden: readonly number[], typed: readonly string[]): WordCheck {
  const heard = hidden.map((_, at) => plainWord(typed[at] ?? ''));
  const unknown = hidden.filter((_, at) => !isListed(heard[at]!));
  if (unknown.length > 0) return { outcome: 'unknown', positions: unknown };
  return { outcome: hidden.every((position, at) => words[position] === heard[at]) ? 'same' : 'differ' };
}
