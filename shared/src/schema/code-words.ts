/** Which of a plan's codes a text of a file stands for. */
import { codeKey } from './cells.ts';
import type { Feature } from './dictionary.ts';
import { squash } from './fold.ts';
import { type Meaning, meaningsOf } from './words.ts';

/** What is needed of a coded feature. */
export type CodedFeature = Pick<Exclude<Feature, { type: 'number' }>, 'name' | 'label' | 'type'> & {
  readonly codes: readonly { readonly code: string; readonly label: string }[];
};

/**
 * Makes the function that tells a file's codes.
 *
 * @param feature - A coded feature of the plan.
 * @returns A function of a cell's text: the plan's code, or null. Code, label and the usual words for yes, no, the sexes and smoking count;
 *   a word that fits two codes fits none.
 * @example codeTeller(sex)('männlich') // "1", where the plan says { 0: female, 1: male }
 */
export function codeTeller(feature: CodedFeature): (text: string) => string | null {
  const exact = new Map(feature.codes.map(({ code }) => [code, code]));
  const byLabel = new Map<string, string | null>();
  const byMeaning = new Map<Meaning, string | null>();
  const put = <Key>(map: Map<Key, string | null>, key: Key, code: string) =>
    map.set(key, map.has(key) && map.get(key) !== code ? null : code);
  for (const { code, label } of feature.codes) {
    for (const word of [label, code]) if (squash(word) !== '') put(byLabel, squash(word), code);
    for (const meaning of labelMeanings(feature, code, label)) put(byMeaning, meaning, code);
  }
  const tell = (text: string): string | null => {
    const known = exact.get(codeKey(text)) ?? byLabel.get(squash(text));
    if (known !== undefined) return known;
    const both = codeBesideLabel(text);
    if (both !== null) return both;
    const meant = new Set(meaningsOf(text).flatMap((meaning) => byMeaning.get(meaning) ?? []));
    const [only] = meant;
    return meant.size === 1 && only !== undefined ? only : null;
  };
  /** `1 = male`, `(1) male`: the code beside its own label, as SPSS and REDCap write it; a label of another code makes it none. */
  const codeBesideLabel = (text: string): string | null => {
    const [, first = '', rest = ''] = /^\W*([\w.+-]*\w)\W+(\S.*)$/u.exec(text.trim()) ?? [];
    const code = exact.get(codeKey(first));
    return code !== undefined && /\p{L}/u.test(rest) && tell(rest) === code ? code : null;
  };
  const told = new Map<string, string | null>();
  return (text) => {
    let code = told.get(text);
    if (code === undefined) {
      code = tell(text);
      if (told.size < 5000) told.set(text, code);
    }
    return code;
  };
}

/** A label's meaning; for a yes/no feature that is named after a sex ("male"), the sexes too. */
function labelMeanings(feature: CodedFeature, code: string, label: string): Meaning[] {
  const meanings = meaningsOf(label);
  if (feature.type !== 'binary') return meanings.filter((meaning) => !(/^\d+$/.test(label) && (meaning === 'yes' || meaning === 'no')));
  const about = [feature.name, feature.label].flatMap((name) => meaningsOf(name));
  const isYes = meanings.includes('yes') || code === '1';
  const isNo = meanings.includes('no') || code === '0';
  if (about.includes('male') && !meanings.includes('female')) {
    if (isYes) meanings.push('male');
    if (isNo) meanings.push('female');
  } else if (about.includes('female') && !meanings.includes('male')) {
    if (isYes) meanings.push('female');
    if (isNo) meanings.push('male');
  }
  return meanings;
}
