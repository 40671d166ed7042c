/**
 * The secrets of one round, each derived from fresh entropy under its own name, so that none tells anything about another.
 *
 * Source: RFC 5869 (HKDF).
 */
import { concatBytes, hkdfSha256, randomStream, utf8Bytes } from '../crypto/index.ts';
import type { RoundSecrets } from './participant-state.ts';

/** Fresh random bytes that a round takes from the platform's generator. */
export const ENTROPY_BYTES = 64;

/**
 * Derives the secrets of one round.
 *
 * @param entropy - `ENTROPY_BYTES` bytes, used for this round only.
 * @throws RangeError on another length.
 */
export function roundSecrets(entropy: Uint8Array): RoundSecrets {
  if (entropy.length !== ENTROPY_BYTES) throw new RangeError(`open: expected ${ENTROPY_BYTES} bytes of entropy, got ${entropy.length}`);
  const derive = (name: string) => hkdfSha256(entropy, new Uint8Array(0), utf8Bytes(`consilium ${name}`), 32);
  return {
    envelopeSecret: derive('envelope secret'),
    maskSecret: derive('mask secret'),
    selfSeed: derive('self seed'),
    sharingSeed: derive('sharing seed'),
  };
}

/** Coefficients and nonces of one round's sharing. */
export interface SharingRandomness {
  /** (threshold − 1) · 32 bytes. */
  readonly forSelfSeed: Uint8Array;
  readonly forMaskKey: Uint8Array;
  /**
   * The nonce for one recipient: 24 bytes, distinct for each.
   *
   * @param recipient - Roster index, which ends the nonce.
   */
  readonly nonceFor: (recipient: number) => Uint8Array;
}

/** Expands the sharing seed. */
export function sharingRandomness(secrets: RoundSecrets, threshold: number): SharingRandomness {
  const stream = randomStream(secrets.sharingSeed);
  const forSelfSeed = stream.bytes((threshold - 1) * 32);
  const forMaskKey = stream.bytes((threshold - 1) * 32);
  const start = stream.bytes(22);
  return { forSelfSeed, forMaskKey, nonceFor: (recipient) => concatBytes(start, Uint8Array.of(recipient >>> 8, recipient & 255)) };
}
