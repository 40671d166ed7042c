/**
 * One dealer's shares for one recipient: what is sealed, and what is committed to.
 *
 * Rule: the plaintext names context, dealer and recipient, so that an envelope means nothing anywhere else.
 * Source: docs/protocol.md, "R1".
 */
import { concatBytes, equalBytes, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';

/** Shares of 32-byte secrets are 32 bytes. */
const SHARE_BYTES = 32;

export interface DealtShares {
  /** 32 bytes. */
  readonly selfSeedShare: Uint8Array;
  /** 32 bytes. */
  readonly maskKeyShare: Uint8Array;
}

/**
 * Commitment to one share.
 *
 * @param context - The round's context, 32 bytes.
 * @param x - The recipient's place on the polynomial, 1 to 255.
 * @returns SHA-256(context, x, share), hex.
 */
export function shareCommitment(context: Uint8Array, x: number, share: Uint8Array): string {
  return toHex(sha256(lengthPrefixed([context, x, share])));
}

function heading(context: Uint8Array, from: number, to: number): Uint8Array {
  return lengthPrefixed(['consilium shares 1', context, from, to]);
}

/** What a dealer seals for one recipient. */
export function sharePlaintext(context: Uint8Array, from: number, to: number, shares: DealtShares): Uint8Array {
  return concatBytes(heading(context, from, to), shares.selfSeedShare, shares.maskKeyShare);
}

/**
 * Reads an opened envelope.
 *
 * @returns The shares, or null unless context, names and length are exactly as they should be.
 */
export function readSharePlaintext(plaintext: Uint8Array, context: Uint8Array, from: number, to: number): DealtShares | null {
  const expected = heading(context, from, to);
  if (plaintext.length !== expected.length + 2 * SHARE_BYTES) return null;
  if (!equalBytes(plaintext.subarray(0, expected.length), expected)) return null;
  const middle = expected.length + SHARE_BYTES;
  return { selfSeedShare: plaintext.slice(expected.length, middle), maskKeyShare: plaintext.slice(middle) };
}
