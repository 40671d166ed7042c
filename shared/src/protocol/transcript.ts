/**
 * Hashes of what a round settled: who shared keys (U1), who contributed what (U3), and the transcript that the next round
 * builds on.
 *
 * Source: docs/protocol.md, "R3" and "Transcript".
 */
import { fromBase64, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import type { Survivor } from './coordinator-messages.ts';

/**
 * SHA-256 of U1.
 *
 * @param sharers - Roster indices by rising index.
 */
export function sharersHash(sharers: readonly number[]): Uint8Array {
  return sha256(lengthPrefixed(['consilium sharers 1', ...sharers]));
}

/**
 * SHA-256 of U3: each contributor with the hash of its masked bytes and its signature.
 *
 * @param survivors - By rising roster index.
 */
export function survivorsHash(survivors: readonly Survivor[]): Uint8Array {
  const parts = survivors.flatMap(({ site, hash, signature }) => [site, hash, fromBase64(signature)]);
  return sha256(lengthPrefixed(['consilium survivors 1', ...parts]));
}

/**
 * The transcript hash of a released round. It includes, through the context, the hash of the round before.
 *
 * @param input.sum - SHA-256 of the packed sum, hex.
 * @returns 64 hex digits.
 */
export function transcriptHash(input: {
  readonly context: Uint8Array;
  readonly sharers: readonly number[];
  readonly survivors: readonly Survivor[];
  readonly sum: string;
}): string {
  const { context, sharers, survivors, sum } = input;
  return toHex(sha256(lengthPrefixed(['consilium transcript 1', context, sharersHash(sharers), survivorsHash(survivors), sum])));
}
