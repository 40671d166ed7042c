/**
 * Bytes to text. A byte-order mark decides; without one the bytes are UTF-8 if they are valid UTF-8, else Windows-1252.
 * Source: WHATWG Encoding Standard, https://encoding.spec.whatwg.org/.
 */
import { ReadingError } from './raw-table.ts';

/** The part of the platform's decoder used here; browsers, workers and Node all have it. */
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean });
  decode(bytes: Uint8Array, options?: { readonly stream: boolean }): string;
}

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly kind: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'an Excel workbook or a zip archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: 'an old Excel workbook' },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: 'a PDF document' },
  { bytes: [0x1f, 0x8b], kind: 'a gzip archive' },
  { bytes: [0x50, 0x41, 0x52, 0x31], kind: 'a Parquet file' },
];

export interface DecodedText {
  /** Without its byte-order mark. */
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/**
 * Decodes a text file.
 *
 * @param bytes - The file, or its beginning.
 * @param isCut - Whether `bytes` may end in the middle of a character; its last bytes are then left out.
 * @returns The text and the encoding that was found.
 * @throws ReadingError `not-text` for a known binary format, or for text with NUL characters.
 * @example decodeText(Uint8Array.of(0x67, 0xfc)).text // "gü": not UTF-8, so Windows-1252
 */
export function decodeText(bytes: Uint8Array, isCut = false): DecodedText {
  for (const { bytes: start, kind } of SIGNATURES) {
    if (start.every((value, index) => bytes[index] === value)) {
      throw new ReadingError('not-text', `This file is ${kind}, not text. Save the table as CSV and choose that file.`);
    }
  }
  const decoded = decodeAny(bytes, isCut);
  if (decoded.text.includes('\0')) {
    throw new ReadingError('not-text', 'This file is not text: it contains NUL characters. Save the table as CSV and choose that file.');
  }
  return decoded;
}

function decodeAny(bytes: Uint8Array, isCut: boolean): DecodedText {
  const decode = (encoding: DecodedText['encoding'], fatal: boolean) => ({
    text: new TextDecoder(encoding, { fatal }).decode(bytes, { stream: isCut }),
    encoding,
  });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', false);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', false);
  try {
    return decode('utf-8', true);
  } catch {
    return decode('windows-1252', false);
  }
}
