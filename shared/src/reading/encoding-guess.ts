/**
 * Which 8-bit encoding a text has that is not Unicode: every candidate is tried on the words that hold bytes above 127, and scored by how
 * probable its letters are in the language they fit best. Encodings that give the same text are one answer.
 */
import { ALPHABETS, SIGNS } from './alphabets.ts';
import { decodeAs } from './decoder.ts';

export interface EncodingGuess {
  /** As the WHATWG names it. */
  readonly encoding: string;
  /** Mean log-probability of a character above 127; higher is likelier. */
  readonly score: number;
  /** A few of the words that tell the candidates apart. */
  readonly sample: readonly string[];
}

const WORDS_LOOKED_AT = 400;
const SAMPLE_WORDS = 5;

/** In the order of preference between texts that score alike. */
const CANDIDATES = [...new Set(['windows-1252', ...ALPHABETS.flatMap(({ encodings }) => encodings)])];
const PROBABLE = new Map(
  CANDIDATES.map((encoding) => [encoding, ALPHABETS.filter(({ encodings }) => encodings.includes(encoding)).map(lettersOf)]),
);

/** Below these a character is not expected: another script's letter, a sign inside a word, a control character. */
const UNIT_SIGN = Math.log(0.1);
const [SIGN, STRANGER, UNLIKELY, IMPOSSIBLE] = [Math.log(0.02), Math.log(0.002), Math.log(0.0002), Math.log(1e-7)];
/** Larger differences in the mean score settle it. */
const MARGIN = 0.35;

/**
 * Guesses the encoding of bytes that are not UTF-8.
 *
 * @param bytes - The file or its beginning.
 * @returns Candidates, the best first, one for each text they give; `isSure` where the second is clearly worse.
 */
export function guessEncoding(bytes: Uint8Array): { readonly guesses: readonly EncodingGuess[]; readonly isSure: boolean } {
  const words = foreignWords(bytes);
  const joined = join(words);
  const byText = new Map<string, EncodingGuess>();
  for (const encoding of CANDIDATES) {
    const text = decodeAs(joined, encoding);
    if (byText.has(text)) continue;
    const decoded = text.split('\n').filter((word) => word !== '');
    byText.set(text, { encoding, score: scoreOf(decoded, encoding), sample: decoded.slice(0, SAMPLE_WORDS) });
  }
  const guesses = [...byText.values()].sort((a, b) => b.score - a.score);
  const [first, second] = guesses;
  return { guesses, isSure: first !== undefined && (second === undefined || first.score - second.score > MARGIN) };
}

/** Different words with bytes above 127, each as its bytes. */
function foreignWords(bytes: Uint8Array): Uint8Array[] {
  const words = new Map<string, Uint8Array>();
  const isPart = (byte: number) => byte > 127 || (byte > 64 && byte < 91) || (byte > 96 && byte < 123);
  for (let at = 0; at < bytes.length && words.size < WORDS_LOOKED_AT; at++) {
    if (bytes[at]! < 128) continue;
    let start = at;
    while (start > 0 && at - start < 30 && isPart(bytes[start - 1]!)) start--;
    let end = at + 1;
    while (end < bytes.length && end - at < 30 && isPart(bytes[end]!)) end++;
    const word = bytes.subarray(start, end);
    words.set(String.fromCharCode(...word), word);
    at = end;
  }
  return [...words.values()];
}

function join(words: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(words.reduce((sum, word) => sum + word.length + 1, 0));
  let at = 0;
  for (const word of words) {
    joined.set(word, at);
    at += word.length;
    joined[at++] = 10;
  }
  return joined;
}

/** The mean log-probability in the best language of an encoding. */
function scoreOf(words: readonly string[], encoding: string): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const letters of PROBABLE.get(encoding) ?? []) {
    let sum = 0;
    let characters = 0;
    for (const word of words) {
      const shape = shapePenalty(word);
      for (const character of word) {
        if (character <= '\u007f') continue;
        sum += (isUnitSign(character, word) ? UNIT_SIGN : logOf(character, letters, word.length)) + shape;
        characters++;
      }
    }
    best = Math.max(best, sum / Math.max(1, characters));
  }
  return best;
}

function logOf(character: string, letters: ReadonlyMap<string, number>, wordLength: number): number {
  const lower = character.toLowerCase();
  const known = letters.get(lower);
  if (known !== undefined) return known;
  if (character === '\ufffd' || /\p{Cc}/u.test(character)) return IMPOSSIBLE;
  if (/\p{L}/u.test(character)) return STRANGER;
  if (SIGNS.includes(character)) return wordLength <= 3 ? SIGN : UNLIKELY;
  return UNLIKELY;
}

/** Signs of `°C`, `µmol`, `µg`: a unit written with them is as common as a letter. */
function isUnitSign(character: string, word: string): boolean {
  return (character === '°' || character === 'µ') && /^(?:°[CF]?|µ(?:mol|kat|[gGlLmMUsS])?)$/.test(word);
}

/**
 * Words are written `word`, `Word` or `WORD`: a capital after a small letter is a sign of the wrong encoding. So is a Greek or Cyrillic
 * letter beside a Latin one, which is what `Straße` looks like in the encodings of those scripts.
 */
function shapePenalty(word: string): number {
  if (/[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]/.test(word)) return Math.log(0.02);
  return /\p{Ll}\p{Lu}/u.test(word) ? Math.log(0.05) : 0;
}

function lettersOf({ letters }: { readonly letters: string }): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return new Map([...counts].map(([letter, count]) => [letter, Math.log(count / [...letters].length)]));
}
