/** Oracle: the key agreement itself, which refuses an all-zero result. */
import { isUsableX25519Key, x25519KeyPair, x25519Shared } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const secret = new Uint8Array(32).fill(7);

function agrees(key: Uint8Array): boolean {
  try {
    x25519Shared(secret, key);
    return true;
  } catch {
    return false;
  }
}

const PRIME = 2n ** 255n - 19n;
const bytes = (value: bigint) => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const ORDER_8 = [
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

describe('a public key', () => {
  it('is unusable exactly where the agreement gives zero, for every encoding of a point of small order', () => {
    const small = [...[0n, 1n, PRIME - 1n, PRIME, PRIME + 1n].map(bytes), ...ORDER_8];
    for (const key of small) {
      const topBit = Uint8Array.from(key, (byte, i) => (i === 31 ? byte | 0x80 : byte));
      for (const encoding of [key, topBit]) {
        expect(agrees(encoding)).toBe(false);
        expect(isUsableX25519Key(encoding)).toBe(false);
      }
    }
  });

  it('is usable exactly where the agreement gives a secret, for neighbours of these points and for any bytes', () => {
    const near = [
      ...[2n, 9n, PRIME - 2n, PRIME + 2n, PRIME + 18n].map(bytes),
      ...ORDER_8.map((key) => Uint8Array.from(key, (byte, i) => (i === 0 ? byte ^ 1 : byte))),
    ];
    for (const key of near) expect(isUsableX25519Key(key)).toBe(agrees(key));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        expect(isUsableX25519Key(key)).toBe(agrees(key));
      }),
    );
    expect(isUsableX25519Key(x25519KeyPair(secret).publicKey)).toBe(true);
  });

  it('of another length is unusable', () => {
    for (const length of [0, 31, 33]) expect(isUsableX25519Key(new Uint8Array(length).fill(9))).toBe(false);
  });
});
