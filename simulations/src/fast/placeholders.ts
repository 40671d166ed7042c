/** Texts of the length of what the protocol sends: for counting bytes without doing the cryptography. */

/** Length-true base64 of so many bytes. */
export const textOf = (bytes: number): string => 'A'.repeat(4 * Math.ceil(bytes / 3));

/** SHA-256 in hex. */
export const HASH = '0'.repeat(64);
/** 32 bytes: keys, seeds, shares. */
export const KEY = textOf(32);
/** Ed25519. */
export const SIGNATURE = textOf(64);
