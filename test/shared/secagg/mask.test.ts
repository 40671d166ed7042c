/** Masks: which keystream word meets which entry, and what is refused. */
import { concatBytes, keystreamBytes, x25519KeyPair } from '@consilium/shared/crypto';
import { type Layout, maskVector, pairMasks, pairSeed, unmaskSum, zeroVector } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slowPairSeed } from '../../reference/secagg-slow-twin.ts';

const seed = (byte: number) => new Uint8Array(32).fill(byte);
const one = { seed: seed(1), sign: 1 } as const;

it('uses every keystream byte of a seed exactly once, in order', () => {
  // At 32 bits the masked zero vector is the keystream itself; with two seeds, their sum; so no word is skipped or repeated.
  fc.assert(
    fc.property(fc.nat(9), fc.nat(60), (header, body) => {
      const layout: Layout = { header, body, bits: 32 };
      const { header: sumHeader, body: sumBody } = unmaskSum(layout, [], [one]);
      const length = 8 * header + 4 * body;
      const words = concatBytes(new Uint8Array(sumHeader.buffer), new Uint8Array(sumBody.buffer));
      expect(words).toEqual(keystreamBytes(one.seed, length));
    }),
  );
});

it('masks header and body with disjoint words whatever their lengths', () => {
  const words = (header: number, body: number) => {
    const { header: a, body: b } = unmaskSum({ header, body, bits: 32 }, [], [one]);
    return [...new Uint32Array(a.buffer), ...b];
  };
  expect(new Set(words(50, 900)).size).toBe(1000); // 1000 distinct words: a repeat by chance has probability 1.2e-4
  expect(words(50, 900)).toEqual(words(0, 1000));
});

it('leaves the vector it masks as it was', () => {
  const layout: Layout = { header: 2, body: 3, bits: 24 };
  const vector = zeroVector(layout);
  maskVector(vector, layout, seed(0), [one]);
  expect(vector).toEqual(zeroVector(layout));
});

it('refuses a vector of another layout, entries beyond the ring, no peers, and a seed used twice', () => {
  const layout: Layout = { header: 1, body: 2, bits: 20 };
  const vector = zeroVector(layout);
  expect(maskVector(vector, layout, seed(0), [one]).bytes).toHaveLength(13);
  expect(() => maskVector(vector, { ...layout, header: 2 }, seed(0), [one])).toThrow(RangeError);
  expect(() => maskVector(vector, { ...layout, body: 1 }, seed(0), [one])).toThrow(RangeError);
  expect(() => maskVector({ ...vector, body: Uint32Array.of(0, 2 ** 20) }, layout, seed(0), [one])).toThrow(RangeError);
  expect(() => maskVector(vector, layout, seed(0), [])).toThrow(RangeError);
  expect(() => maskVector(vector, layout, seed(1), [one])).toThrow(RangeError);
  expect(() => maskVector(vector, layout, seed(0), [one, { ...one, sign: -1 }])).toThrow(RangeError);
  expect(() => maskVector(vector, layout, new Uint8Array(31), [one])).toThrow(RangeError);
});

it('derives pair seeds as OpenSSL does, the same on both sides', () => {
  const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const index = fc.integer({ min: 0, max: 65535 });
  fc.assert(
    fc.property(secret, secret, secret, index, index, (a, b, context, i, j) => {
      fc.pre(i !== j);
      const [first, second] = [Math.min(i, j), Math.max(i, j)];
      const expected = slowPairSeed(a, b, context, [i, j]);
      expect(pairSeed({ secretKey: a, publicKey: x25519KeyPair(b).publicKey, context, first, second })).toEqual(expected);
      const masks = pairMasks({ index: j, secretKey: b, context, peers: [{ index: i, publicKey: x25519KeyPair(a).publicKey }] });
      expect(masks).toEqual([{ seed: expected, sign: j < i ? 1 : -1 }]);
    }),
    { numRuns: 20 },
  );
});

it('refuses indices out of order or range, short contexts, and keys of small order', () => {
  const input = { secretKey: seed(1), publicKey: x25519KeyPair(seed(2)).publicKey, context: seed(3), first: 0, second: 1 };
  expect(pairSeed(input)).toHaveLength(32);
  for (const change of [
    { first: 1 },
    { first: 2 },
    { first: -1 },
    { first: 0.5 },
    { second: 65536 },
    { context: seed(3).slice(1) },
    { publicKey: new Uint8Array(32) },
  ]) {
    expect(() => pairSeed({ ...input, ...change })).toThrow(RangeError);
  }
});
