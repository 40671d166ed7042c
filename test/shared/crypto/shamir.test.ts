/** Secret sharing, against the npm library `shamir-secret-sharing` in both directions, and by round trips. */
import { combineShares, type PlacedShare, sharesAgree, splitSecret } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { combine, split } from 'shamir-secret-sharing';
import { expect, it } from 'vitest';

/** A secret, its dealer's randomness, n and t, and a random order of the shares. */
const dealing = fc
  .record({ shares: fc.integer({ min: 2, max: 12 }), size: fc.integer({ min: 1, max: 40 }) })
  .chain(({ shares, size }) =>
    fc.record({ shares: fc.constant(shares), size: fc.constant(size), threshold: fc.integer({ min: 2, max: shares }) }),
  )
  .chain(({ shares, size, threshold }) =>
    fc.record({
      shares: fc.constant(shares),
      threshold: fc.constant(threshold),
      secret: fc.uint8Array({ minLength: size, maxLength: size }),
      randomness: fc.uint8Array({ minLength: size * (threshold - 1), maxLength: size * (threshold - 1) }),
      order: fc.shuffledSubarray(
        Array.from({ length: shares }, (_, index) => index),
        { minLength: shares },
      ),
    }),
  );

it('puts together what it split, from any shares that are enough, in any order', () => {
  fc.assert(
    fc.property(dealing, fc.nat(), ({ order, ...input }, extra) => {
      const all = placed(splitSecret(input));
      const count = input.threshold + (extra % (input.shares - input.threshold + 1));
      const chosen = order.slice(0, count).map((index) => all[index]!);
      expect(combineShares(chosen)).toEqual(input.secret);
      expect(sharesAgree(chosen, input.threshold)).toBe(true);
    }),
  );
});

it('deals shares the library can put together', async () => {
  await fc.assert(
    fc.asyncProperty(dealing, async ({ order, ...input }) => {
      const all = placed(splitSecret(input)).map(({ x, share }) => Uint8Array.of(...share, x));
      expect(await combine(order.slice(0, input.threshold).map((index) => all[index]!))).toEqual(input.secret);
    }),
  );
});

it('puts together shares the library dealt', async () => {
  await fc.assert(
    fc.asyncProperty(dealing, async ({ secret, shares, threshold, order }) => {
      const dealt = await split(secret, shares, threshold);
      const parts = dealt.map((bytes) => ({ x: bytes[bytes.length - 1]!, share: bytes.slice(0, -1) }));
      expect(combineShares(order.slice(0, threshold).map((index) => parts[index]!))).toEqual(secret);
      expect(sharesAgree(parts, threshold)).toBe(true);
    }),
  );
});

it('notices any one wrong byte among more shares than the threshold', () => {
  fc.assert(
    fc.property(dealing, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ order: _, ...input }, place, difference) => {
      fc.pre(input.threshold < input.shares);
      const shares = splitSecret(input);
      shares[place % shares.length]![place % input.secret.length]! ^= difference;
      expect(sharesAgree(placed(shares), input.threshold)).toBe(false);
    }),
  );
});

it('says nothing with one share too few: every secret fits equally many randomness values', () => {
  // With t = 2 and one byte, the share of x = 3 takes each value exactly once over the 256 randomness values, for any secret.
  for (const secret of [0, 1, 77, 255]) {
    const values = Array.from({ length: 256 }, (_, random) => {
      const shares = splitSecret({ secret: Uint8Array.of(secret), shares: 3, threshold: 2, randomness: Uint8Array.of(random) });
      return shares[2]![0]!;
    });
    expect(new Set(values).size).toBe(256);
  }
});

it('multiplies as AES does: 57 times 83 is c1 (FIPS 197 §4.2)', () => {
  // The share of x = 0x83 of the line 0 + 0x57 · x.
  const shares = splitSecret({ secret: Uint8Array.of(0), shares: 255, threshold: 2, randomness: Uint8Array.of(0x57) });
  expect(shares[0x83 - 1]).toEqual(Uint8Array.of(0xc1));
});

it('refuses a repeated, zero or too large x, unequal lengths, and nothing at all', () => {
  const share = Uint8Array.of(1, 2);
  const wrong: PlacedShare[][] = [
    [],
    [{ x: 0, share }],
    [{ x: 256, share }],
    [{ x: 1.5, share }],
    [
      { x: 1, share },
      { x: 1, share },
    ],
    [
      { x: 1, share },
      { x: 2, share: share.slice(1) },
    ],
  ];
  for (const parts of wrong) {
    expect(() => combineShares(parts)).toThrow(RangeError);
    expect(() => sharesAgree(parts, 1)).toThrow(RangeError);
  }
  expect(() => sharesAgree([{ x: 1, share }], 2)).toThrow(RangeError);
});

it('refuses a split with impossible numbers or the wrong amount of randomness', () => {
  const input = { secret: Uint8Array.of(1, 2), shares: 3, threshold: 2, randomness: Uint8Array.of(3, 4) };
  expect(splitSecret(input)).toHaveLength(3);
  for (const change of [
    { secret: new Uint8Array(0) },
    { shares: 256 },
    { shares: 0 },
    { threshold: 4 },
    { threshold: 0 },
    { threshold: 1.5 },
    { randomness: Uint8Array.of(3) },
    { randomness: Uint8Array.of(3, 4, 5) },
  ]) {
    expect(() => splitSecret({ ...input, ...change })).toThrow(RangeError);
  }
});

function placed(shares: readonly Uint8Array[]): PlacedShare[] {
  return shares.map((share, index) => ({ x: index + 1, share }));
}
