/**
 * Byte strings: joining, comparing, and the text forms used in messages and logs.
 *
 * Rules: no platform helper (Buffer, atob) is used, so page, worker, sealed chamber and server give the same bytes;
 * every reader refuses text that its writer would not have written.
 * Source: RFC 4648 §4 (base64) and §8 (hexadecimal).
 */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** @returns One new array holding all `parts`, in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** @returns Whether both hold the same bytes. Reads every byte, so its time does not tell where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a[index]! ^ b[index]!;
  return difference === 0;
}

/** @returns Two lower-case hexadecimal digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/**
 * @param text - Lower-case hexadecimal digits, two a byte; the empty text stands for no bytes.
 * @throws RangeError on anything else; the text is not repeated in the message.
 */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) throw new RangeError('fromHex: expected an even number of digits 0-9a-f');
  return Uint8Array.from({ length: text.length / 2 }, (_, index) => Number.parseInt(text.slice(2 * index, 2 * index + 2), 16));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUES = new Map([...BASE64].map((digit, value) => [digit.charCodeAt(0), value]));

/** @returns Standard base64 with padding. @example toBase64(Uint8Array.of(77)) // 'TQ==' */
export function toBase64(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const group = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const digits = BASE64[group >>> 18]! + BASE64[(group >>> 12) & 63]! + BASE64[(group >>> 6) & 63]! + BASE64[group & 63]!;
    const missing = Math.max(0, index + 3 - bytes.length);
    groups.push(digits.slice(0, 4 - missing) + '='.repeat(missing));
  }
  return groups.join('');
}

/**
 * Reads standard base64 with padding.
 *
 * @throws RangeError on another alphabet, white space, missing padding, or unused bits that are not zero: each byte
 *   string has exactly one text. The text is not repeated in the message.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  if (text.length % 4 !== 0) throw new RangeError('fromBase64: expected a length that is a multiple of 4');
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let start = 0, offset = 0; start < text.length; start += 4) {
    let group = 0;
    for (let index = start; index < start + 4; index++) {
      const value = index < digits ? BASE64_VALUES.get(text.charCodeAt(index)) : 0;
      if (value === undefined) throw new RangeError(`fromBase64: character ${index} is not base64`);
      group = (group << 6) | value;
    }
    for (const byte of [group >>> 16, (group >>> 8) & 255, group & 255]) {
      if (offset < bytes.length) bytes[offset++] = byte;
      else if (byte !== 0) throw new RangeError('fromBase64: unused bits are not zero');
    }
  }
  return bytes;
}

/**
 * @returns The text in UTF-8.
 * @throws RangeError on half a surrogate pair: two such texts would share their bytes. The text is not repeated.
 */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('utf8Bytes: expected well-formed text');
  return Uint8Array.from(utf8ToBytes(text));
}

/**
 * Writes a list of values as bytes that can be read in one way only; the form of everything that is hashed or signed.
 *
 * @param parts - Bytes as they are; texts in UTF-8; numbers as 8-byte big-endian unsigned integers. Each part is
 *   preceded by its length in bytes, 4 bytes big-endian.
 * @throws RangeError on a number that is not a safe non-negative integer, or a text that is not well-formed.
 * @example lengthPrefixed(['a', Uint8Array.of(7)]) // 00 00 00 01 61 00 00 00 01 07
 */
export function lengthPrefixed(parts: readonly (Uint8Array | string | number)[]): Uint8Array<ArrayBuffer> {
  const plain = parts.map(plainPart);
  const joined = new Uint8Array(plain.reduce<number>((total, part) => total + 4 + plainLength(part), 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const part of plain) {
    const length = plainLength(part);
    view.setUint32(at, length);
    at += 4;
    if (typeof part === 'number') {
      view.setUint32(at, Math.floor(part / 2 ** 32));
      view.setUint32(at + 4, part % 2 ** 32);
    } else if (typeof part === 'string') for (let index = 0; index < length; index++) joined[at + index] = part.charCodeAt(index);
    else joined.set(part, at);
    at += length;
  }
  return joined;
}

/** A part as it is written: a text of ASCII characters is its own bytes, every other one becomes them here. */
function plainPart(part: Uint8Array | string | number, index: number): Uint8Array | string | number {
  if (typeof part === 'number' && !(Number.isSafeInteger(part) && part >= 0)) {
    throw new RangeError(`lengthPrefixed: part ${index} is not a safe non-negative integer`);
  }
  return typeof part === 'string' && !isAscii(part) ? utf8Bytes(part) : part;
}

const plainLength = (part: Uint8Array | string | number): number => (typeof part === 'number' ? 8 : part.length);

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}
