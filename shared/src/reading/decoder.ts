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
  return new TextDecoder(encoding).decode(bytes, { stream: isCut });
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
