/**
 * The seed two sites share for one round, and with it a site's pair masks.
 *
 * Rules: the context is the salt, so sites that were shown different things get masks that do not cancel; indices are
 * roster indices, lower first; the lower index adds, the higher subtracts. Source: RFC 5869, docs/protocol.md §3.
 */
import { concatBytes, hkdfSha256, utf8Bytes, x25519Shared } from '../crypto/index.ts';
import type { SignedSeed } from './keystream.ts';

const PURPOSE = utf8Bytes('consilium mask');

/** A peer's public key for masks and its roster index. */
export interface MaskPeer {
  readonly index: number;
  readonly publicKey: Uint8Array;
}

/**
 * Derives one pair's seed; both sites get the same from their own secret key and the other's public key.
 *
 * @param input.context - SHA-256 of everything this round's sites agreed on, 32 bytes.
 * @param input.first - The lower roster index, 0 to 65535; `second` is the higher.
 * @returns 32 bytes.
 * @throws RangeError on indices out of order or range, wrong lengths, or an all-zero X25519 result.
 */
export function pairSeed(input: {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly context: Uint8Array;
  readonly first: number;
  readonly second: number;
}): Uint8Array<ArrayBuffer> {
  const { first, second, context } = input;
  if (!Number.isInteger(first) || !Number.isInteger(second) || first < 0 || second > 0xffff || first >= second) {
    throw new RangeError(`pairSeed: expected two roster indices in order, got ${first} and ${second}`);
  }
  if (context.length !== 32) throw new RangeError(`pairSeed: expected a context of 32 bytes, got ${context.length}`);
  const indices = Uint8Array.of(first >>> 8, first & 255, second >>> 8, second & 255);
  return hkdfSha256(x25519Shared(input.secretKey, input.publicKey), context, concatBytes(PURPOSE, indices), 32);
}

/**
 * A site's pair masks against its peers: what it adds to its own vector.
 *
 * @param input.index - The site's own roster index.
 * @param input.peers - Any order, without the site itself.
 * @returns One signed seed a peer, in the order of `peers`.
 * @throws RangeError as `pairSeed`.
 */
export function pairMasks(input: {
  readonly index: number;
  readonly secretKey: Uint8Array;
  readonly context: Uint8Array;
  readonly peers: readonly MaskPeer[];
}): SignedSeed[] {
  const { index, secretKey, context } = input;
  return input.peers.map((peer) => ({
    seed: pairSeed({
      secretKey,
      publicKey: peer.publicKey,
      context,
      first: Math.min(index, peer.index),
      second: Math.max(index, peer.index),
    }),
    sign: index < peer.index ? 1 : -1,
  }));
}
