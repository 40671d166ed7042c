/**
 * The secure sum's arithmetic once more, slow and obvious: BigInt throughout, bits written one by one, the keystream
 * from @noble/ciphers, keys from Node's OpenSSL. Shares no code with `shared/src/secagg` or `shared/src/crypto`.
 */
import { createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { chacha20 } from '@noble/ciphers/chacha.js';

export interface SlowVector {
  readonly header: readonly bigint[];
  readonly body: readonly bigint[];
}

export interface SlowSeed {
  readonly seed: Uint8Array;
  readonly sign: 1 | -1;
}

/** Adds each seed's masks: 8 keystream bytes a header entry, then 4 a body entry, of which the low bits count. */
export function slowMask(vector: SlowVector, bits: number, seeds: readonly SlowSeed[]): SlowVector {
  let { header, body } = vector;
  for (const { seed, sign } of seeds) {
    const stream = [...chacha20(seed, new Uint8Array(12), new Uint8Array(8 * header.length + 4 * body.length))];
    const take = (count: number) => littleEndian(stream.splice(0, count)) * BigInt(sign);
    header = header.map((entry) => BigInt.asUintN(64, entry + take(8)));
    body = body.map((entry) => BigInt.asUintN(bits, entry + take(4)));
  }
  return { header, body };
}

/** Entry by entry, in the rings. */
export function slowSum(vectors: readonly SlowVector[], bits: number): SlowVector {
  const add = (ring: number) => (a: readonly bigint[], b: readonly bigint[]) =>
    a.map((entry, index) => BigInt.asUintN(ring, entry + (b[index] ?? 0n)));
  return { header: vectors.map(({ header }) => header).reduce(add(64)), body: vectors.map(({ body }) => body).reduce(add(bits)) };
}

/** All bits of all entries, lowest first, eight a byte. */
export function slowPack({ header, body }: SlowVector, bits: number): Uint8Array {
  const written = [...header.flatMap((entry) => bitsOf(entry, 64)), ...body.flatMap((entry) => bitsOf(entry, bits))];
  const bytes = new Uint8Array(Math.ceil(written.length / 8));
  written.forEach((bit, index) => {
    bytes[index >> 3] = bytes[index >> 3]! + bit * 2 ** (index % 8);
  });
  return bytes;
}

/** HKDF of the X25519 secret, from two secret keys. */
export function slowPairSeed(
  secret: Uint8Array,
  peerSecret: Uint8Array,
  context: Uint8Array,
  indices: readonly [number, number],
): Uint8Array {
  const shared = diffieHellman({ privateKey: privateKey(secret), publicKey: createPublicKey(privateKey(peerSecret)) });
  const info = Buffer.concat([Buffer.from('consilium mask'), ...[...indices].sort((a, b) => a - b).map(bigEndian16)]);
  return new Uint8Array(hkdfSync('sha256', shared, context, info, 32));
}

/** All seeds of one site: its own, then one a peer; the lower index adds. */
export function slowSeedsOf(index: number, sites: readonly SlowSite[], context: Uint8Array): SlowSeed[] {
  const own = sites.find((site) => site.index === index);
  if (own === undefined) throw new Error('no such site');
  const pairs = sites
    .filter((peer) => peer.index !== index)
    .map(
      (peer): SlowSeed => ({
        seed: slowPairSeed(own.maskSecret, peer.maskSecret, context, [index, peer.index]),
        sign: index < peer.index ? 1 : -1,
      }),
    );
  return [{ seed: own.selfSeed, sign: 1 }, ...pairs];
}

export interface SlowSite {
  readonly index: number;
  readonly maskSecret: Uint8Array;
  readonly selfSeed: Uint8Array;
}

function littleEndian(bytes: readonly number[]): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

function bigEndian16(value: number): Buffer {
  return Buffer.from([Math.floor(value / 256), value % 256]);
}

function bitsOf(value: bigint, count: number): number[] {
  return Array.from({ length: count }, (_, bit) => Number((value / 2n ** BigInt(bit)) % 2n));
}

function privateKey(secret: Uint8Array) {
  const header = Buffer.from('302e020100300506032b656e04220420', 'hex'); // PKCS #8, RFC 8410 §7
  return createPrivateKey({ key: Buffer.concat([header, secret]), format: 'der', type: 'pkcs8' });
}
