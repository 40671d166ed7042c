/** The platform's text decoder, which browsers, workers and Node all have. Source of the names: WHATWG Encoding Standard. */

declare class TextDecoder {
  constructor(label: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  readonly encoding: string;
  decode(bytes: Uint8Array, options?: { readonly stream: boolean }): string;
}

/**
 * @param encoding - As the WHATWG names it.
 * @param isCut - Whether the bytes may end inside a character, which is then left out.
 * @returns The text, U+FFFD for what is not a character.
 * @throws RangeError for an unknown encoding.
 */
export function decodeAs(bytes: Uint8Array, encoding: string, isCut = false): string {
  const text = new TextDecoder(encoding).decode(bytes, { stream: isCut });
  return encoding === 'windows-1252' ? withoutLatin1(text) : text;
}

/** Bytes 128 to 159 of Windows-1252. Source: WHATWG index-windows-1252. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Some releases of Node decode Windows-1252 as Latin-1, which has control characters where Windows has letters. */
function withoutLatin1(text: string): string {
  let isLatin1 = false;
  for (let at = 0; at < text.length && !isLatin1; at++) {
    const code = text.charCodeAt(at);
    isLatin1 = code >= 0x80 && code <= 0x9f;
  }
  return isLatin1 ? text.replace(/[\u0080-\u009f]/g, (letter) => UPPER.charAt(letter.charCodeAt(0) - 0x80)) : text;
}

/** The text of valid UTF-8; null of anything else. */
export function decodeUtf8(bytes: Uint8Array, isCut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return null;
  }
}

/** The standard name of an encoding; null for one that the platform does not know. */
export function encodingNamed(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
