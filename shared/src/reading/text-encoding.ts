/**
 * Bytes to text. A person's choice decides, then a byte-order mark, then the pattern of zero bytes that UTF-16 leaves, then whether the
 * bytes are UTF-8; what remains is one of the 8-bit encodings, told apart by a guess that can be wrong and says so.
 * Source: WHATWG Encoding Standard, https://encoding.spec.whatwg.org/.
 */
import { decodeAs, decodeUtf8, encodingNamed } from './decoder.ts';
import { guessEncoding } from './encoding-guess.ts';
import { type OfferedChoices, ReadingError } from './raw-table.ts';

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly kind: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'a zip archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: 'an old Excel workbook (.xls) or one with a password' },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: 'a PDF document' },
  { bytes: [0x1f, 0x8b], kind: 'a gzip archive' },
  { bytes: [0x50, 0x41, 0x52, 0x31], kind: 'a Parquet file' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: 'a 7-Zip archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], kind: 'a RAR archive' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], kind: 'an RTF document' },
  { bytes: [0x24, 0x46, 0x4c, 0x32], kind: 'an SPSS file' },
  { bytes: [0x52, 0x44, 0x58, 0x32], kind: 'an R data file' },
];

/** V8 holds no string longer than 2^29; positions of cells have 29 bits. */
const LARGEST = 500_000_000;
const GUESS_BYTES = 4_000_000;

export interface DecodedText {
  /** Without its byte-order mark. */
  readonly text: string;
  /** As the WHATWG names it. */
  readonly encoding: string;
  readonly notes: readonly string[];
  readonly offered: OfferedChoices['encodings'];
}

/**
 * Decodes a text file.
 *
 * @param bytes - The file, or its beginning.
 * @param isCut - Whether `bytes` may end in the middle of a character; its last bytes are then left out.
 * @param chosen - The encoding a person chose.
 * @returns The text, the encoding, and the other encodings it could have.
 * @throws ReadingError `not-text` for a known binary format or for bytes no text has; `unknown-choice`; `too-large`.
 * @example decodeText(Uint8Array.of(0x67, 0xfc)).text // "gü": not UTF-8, so one of the 8-bit encodings
 */
export function decodeText(bytes: Uint8Array, isCut = false, chosen?: string): DecodedText {
  for (const { bytes: start, kind } of SIGNATURES) {
    if (start.every((value, index) => bytes[index] === value)) {
      throw new ReadingError('not-text', `This file is ${kind}, not text. Save the table as CSV and choose that file.`);
    }
  }
  if (bytes.length > LARGEST)
    throw new ReadingError('too-large', 'This file is larger than 500 MB. Leave out columns or divide it, and choose the smaller file.');
  const decoded = chosen === undefined ? detect(bytes, isCut) : asChosen(bytes, isCut, chosen);
  const { text, note } = withoutControls(decoded.text);
  return { ...decoded, text, notes: note === null ? decoded.notes : [...decoded.notes, note] };
}

function asChosen(bytes: Uint8Array, isCut: boolean, chosen: string): DecodedText {
  const encoding = encodingNamed(chosen);
  if (encoding === null) throw new ReadingError('unknown-choice', `"${chosen}" is not an encoding this browser knows.`);
  const others = bytes.some((byte) => byte > 127) ? detect(bytes.subarray(0, GUESS_BYTES), true).offered : [];
  const own = others.find((offer) => offer.encoding === encoding) ?? { encoding, sample: [] };
  return {
    text: decodeAs(bytes, encoding, isCut),
    encoding,
    notes: [`The text was read as ${encoding}, as chosen.`],
    offered: [own, ...others.filter((offer) => offer !== own)],
  };
}

function detect(bytes: Uint8Array, isCut: boolean): DecodedText {
  const plain = (encoding: string, notes: readonly string[] = []): DecodedText => ({
    text: decodeAs(bytes, encoding, isCut),
    encoding,
    notes,
    offered: [{ encoding, sample: [] }],
  });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return plain('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return plain('utf-16be');
  const wide = wideEncoding(bytes);
  if (wide !== null) return plain(wide, [`The text has no byte-order mark; its bytes are those of ${wide.toUpperCase()}.`]);
  const text = decodeUtf8(bytes, isCut);
  if (text !== null) return { text, encoding: 'utf-8', notes: mojibake(text), offered: [{ encoding: 'utf-8', sample: [] }] };
  const broken = mostlyUtf8(bytes);
  if (broken > 0) {
    return plain('utf-8', [
      `${broken} places in the text are not valid UTF-8 and show as \ufffd; the rest is. Was the file cut or joined from others?`,
    ]);
  }
  const { guesses, isSure } = guessEncoding(bytes.subarray(0, GUESS_BYTES));
  const encoding = guesses[0]?.encoding ?? 'windows-1252';
  const name = encoding.replace('windows', 'Windows').replace('iso', 'ISO');
  const doubt = isSure
    ? ''
    : ' Other encodings fit nearly as well: look at the letters with accents and choose the encoding if they are wrong.';
  return {
    text: decodeAs(bytes, encoding, isCut),
    encoding,
    notes: [`The text is not UTF-8; it was read as ${name}.${doubt}`],
    offered: guesses.map((guess) => ({ encoding: guess.encoding, sample: guess.sample })),
  };
}

/** UTF-16 without its mark: western text has a zero in every second byte. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const size = Math.min(bytes.length, 65_536) & ~1;
  if (size < 4) return null;
  const zeros = [0, 0];
  for (let at = 0; at < size; at++) if (bytes[at] === 0) zeros[at % 2]!++;
  const [even, odd] = zeros.map((count) => count / (size / 2)) as [number, number];
  if (odd > 0.4 && even < 0.1 && even < odd / 8) return 'utf-16le';
  return even > 0.4 && odd < 0.1 && odd < even / 8 ? 'utf-16be' : null;
}

/** How many broken places a text has that is UTF-8 otherwise; 0 if it is not. */
function mostlyUtf8(bytes: Uint8Array): number {
  let [good, bad] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 128) continue;
    const length = byte >= 0xc2 && byte <= 0xdf ? 1 : byte >= 0xe0 && byte <= 0xef ? 2 : byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
    let following = 0;
    while (following < length && (bytes[at + 1 + following]! & 0xc0) === 0x80) following++;
    if (length > 0 && following === length) {
      good++;
      at += length;
    } else bad++;
  }
  return good >= 5 * bad && good > 0 ? bad : 0;
}

function mojibake(text: string): string[] {
  const twice =
    text.match(
      /[ÃÂÄÅ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]/g,
    )?.length ?? 0;
  const all = text.match(/[\u0080-\uffff]/g)?.length ?? 0;
  if (twice < 2 || twice * 2 < all * 0.9) return [];
  return [
    'Letters with accents look as if the file had been converted to UTF-8 twice (Ã¼ for ü). Export it again, or map the codes as they are.',
  ];
}

const EDGES = new Set(',;\t|"\r\n');

/** Without the fillers some systems write; a NUL inside a cell stays visible, so that no two halves of a number become one. */
function withoutControls(text: string): { readonly text: string; readonly note: string | null } {
  const ended = withoutEndMark(text);
  const looked = Math.min(ended.length, 200_000);
  let controls = 0;
  for (let at = 0; at < looked; at++) {
    const code = ended.charCodeAt(at);
    if ((code > 1 && code < 9) || (code > 13 && code < 31) || code === 127) controls++;
  }
  if (controls > 2 + looked * 0.01) throw notText('it contains control characters');
  if (!ended.includes('\0')) return { text: ended, note: null };
  const pieces: string[] = [];
  let [nuls, tail, at] = [0, 0, 0];
  while (at < ended.length) {
    const from = ended.indexOf('\0', at);
    if (from < 0) break;
    let to = from;
    while (ended.charCodeAt(to) === 0) to++;
    nuls += to - from;
    if (to >= ended.length) tail = to - from;
    const isFilling = from === 0 || to >= ended.length || EDGES.has(ended.charAt(from - 1)) || EDGES.has(ended.charAt(to));
    pieces.push(ended.slice(at, from), isFilling ? '' : '\ufffd');
    at = to;
  }
  // A file filled up to the end of its block is whole in front of the filling.
  if (tail === ended.length || nuls - tail > (ended.length - tail) * 0.5) throw notText('most of it is NUL characters');
  pieces.push(ended.slice(at));
  return {
    text: pieces.join(''),
    note: `${nuls} NUL characters were found: around cells they were taken as filling, inside a cell they show as \ufffd.`,
  };
}

/** Without the sign (control-Z) with which old systems end a file. */
function withoutEndMark(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 26 || text.charCodeAt(end - 1) === 0)) end--;
  return text.charCodeAt(end) === 26 || (end < text.length && text.slice(end).includes('\u001a')) ? text.slice(0, end) : text;
}

function notText(why: string): ReadingError {
  return new ReadingError('not-text', `This file is not text: ${why}. Save the table as CSV and choose that file.`);
}
