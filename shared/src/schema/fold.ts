/** Words as they are compared: case, accents, separators and spelling of umlauts apart. */

const APART: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/ø/g, 'o'],
  [/œ/g, 'oe'],
  [/ł/g, 'l'],
  [/đ/g, 'd'],
  [/[µμ]/g, 'u'],
];

/**
 * Folds a name to its words.
 *
 * @param text - A column name, a label or a code; `camelCase`, `snake_case` and digits are cut apart.
 * @returns Lower-case words of a–z and digits, joined by a single space.
 * @example fold('Blutdruck_systolisch (mmHg)') // "blutdruck systolisch mmhg"
 */
export function fold(text: string): string {
  const known = FOLDED.get(text);
  if (known !== undefined) return known;
  const folded = foldAnew(text);
  if (FOLDED.size >= MOST_REMEMBERED) FOLDED.clear();
  if (text.length <= LONGEST_REMEMBERED) FOLDED.set(text, folded);
  return folded;
}

/** The same few names are compared with one another again and again: for every column, and in a simulation for every site. */
const FOLDED = new Map<string, string>();
const MOST_REMEMBERED = 4096;
const LONGEST_REMEMBERED = 200;

function foldAnew(text: string): string {
  let plain = text
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  for (const [mark, letters] of APART) plain = plain.replace(mark, letters);
  return plain.replace(/[^\p{L}\p{N}%]+/gu, ' ').trim();
}

/** As `fold`, with nothing between the words. */
export function squash(text: string): string {
  return fold(text).replaceAll(' ', '');
}
