/** Updates in small fixed point: the sum of clipped, weighted updates within its bound, unbiased, never wrapped. */
import { randomStream } from '@consilium/shared/crypto';
import { decodeUpdate, encodeUpdate, type Layout } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const seedOf = (number: number) => Uint8Array.from({ length: 32 }, (_, index) => (number >>> (8 * (index % 4))) & 255);
const tensorsOf = (length: number, clip = 1) => [{ length, clip }];
const BITS = [16, 20, 24, 32] as const;

/** C / (2^(q−1) − 1), in the update's units, with q written out from the table of docs/protocol.md §4. */
function stepOf(bits: number, sites: number, clip: number): number {
  let doublings = 0;
  while (2 ** doublings < sites) doublings++;
  return clip / (2 ** (bits - doublings - 1) - 1);
}

function sumOf(bodies: readonly Uint32Array[], bits: number): Uint32Array {
  return Uint32Array.from(bodies[0]!, (_, index) =>
    Number(bodies.reduce((sum, body) => sum + BigInt(body[index]!), 0n) % 2n ** BigInt(bits)),
  );
}

it('sums what the sites clipped and weighted, each within one step', () => {
  const site = fc.record({
    delta: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 }),
    halvings: fc.nat(6),
  });
  fc.assert(
    fc.property(fc.array(site, { minLength: 1, maxLength: 9 }), fc.constantFrom(...BITS), (sites, bits) => {
      const tensors = [
        { length: 2, clip: 2.5 },
        { length: 0, clip: 1 },
        { length: 4, clip: 0.7 },
      ];
      const clips = [2.5, 2.5, 0.7, 0.7, 0.7, 0.7];
      const plan = { tensors, bits, sites: sites.length };
      const encoded = sites.map(({ delta, halvings }, number) =>
        encodeUpdate({ ...plan, delta: Float64Array.from(delta), weight: 2 ** (-halvings / 2), seed: seedOf(number) }),
      );
      const sum = decodeUpdate(
        sumOf(
          encoded.map(({ body }) => body),
          bits,
        ),
        plan,
      );
      clips.forEach((clip, index) => {
        const exact = sites.reduce(
          (total, { delta, halvings }) => total + 2 ** (-halvings / 2) * Math.min(clip, Math.max(-clip, delta[index]!)),
          0,
        );
        expect(Math.abs(sum[index]! - exact)).toBeLessThanOrEqual(sites.length * stepOf(bits, sites.length, clip) + 1e-12);
      });
      encoded.forEach(({ clipped, body }, number) => {
        expect(clipped).toBe(sites[number]!.delta.filter((value, index) => Math.abs(value) > clips[index]!).length);
        expect(body.every((entry) => entry < 2 ** bits)).toBe(true);
      });
    }),
  );
});

it('does not wrap when every site is at its clip with full weight', () => {
  for (const bits of BITS) {
    for (const sites of [1, 2, 3, 4, 5, 8, 64, 100, 128]) {
      for (const sign of [1, -1]) {
        const plan = { tensors: tensorsOf(3, 0.3), bits, sites };
        const delta = Float32Array.of(sign * 0.3, sign * 1e9, sign * 0.30000001);
        const bodies = Array.from({ length: sites }, (_, number) => encodeUpdate({ ...plan, delta, weight: 1, seed: seedOf(number) }).body);
        for (const entry of decodeUpdate(sumOf(bodies, bits), plan)) expect(entry).toBeCloseTo(sign * 0.3 * sites, bits === 16 ? 3 : 9);
      }
    }
  }
});

it('rounds without bias and with the variance of a coin: fraction times its rest', () => {
  const draws = 40_000;
  const step = stepOf(16, 4, 1);
  for (const fraction of [0, 0.1, 0.5, 0.73]) {
    for (const whole of [-700, -1, 0, 12]) {
      const delta = new Float64Array(draws).fill((whole + fraction) * step);
      const plan = { tensors: tensorsOf(draws), bits: 16, sites: 4 } as const;
      const { body } = encodeUpdate({ ...plan, delta, weight: 1, seed: seedOf(whole + 1000) });
      const steps = [...decodeUpdate(body, plan)].map((value) => value / step - whole);
      const mean = steps.reduce((sum, value) => sum + value, 0) / draws;
      const variance = steps.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws;
      const expected = fraction * (1 - fraction);
      expect(Math.abs(mean - fraction)).toBeLessThan(5 * Math.sqrt(expected / draws) + 1e-9);
      expect(Math.abs(variance - expected)).toBeLessThan(5 * Math.sqrt(expected / draws) + 1e-9);
    }
  }
});

it('keeps the error of the mean below √n · C / (2^q · Σ weights)', () => {
  const length = 20_000;
  for (const [bits, sites, q] of [
    [16, 4, 14],
    [20, 5, 17],
    [24, 10, 20],
    [24, 100, 17],
  ] as const) {
    const random = randomStream(seedOf(bits + sites));
    const clip = 0.05;
    const plan = { tensors: tensorsOf(length, clip), bits, sites };
    const exact = new Float64Array(length);
    let weights = 0;
    const bodies = Array.from({ length: sites }, (_, number) => {
      const weight = 2 ** (-random.below(5) / 2);
      const delta = Float64Array.from({ length }, () => (2 * random.uniform() - 1) * clip);
      for (let index = 0; index < length; index++) exact[index]! += weight * delta[index]!;
      weights += weight;
      return encodeUpdate({ ...plan, delta, weight, seed: seedOf(number) }).body;
    });
    const sum = decodeUpdate(sumOf(bodies, bits), plan);
    const meanSquare = sum.reduce((total, value, index) => total + ((value - exact[index]!) / weights) ** 2, 0) / length;
    const bound = (Math.sqrt(sites) * clip) / (2 ** q * weights);
    expect(Math.sqrt(meanSquare)).toBeLessThanOrEqual(bound);
    expect(Math.sqrt(meanSquare)).toBeGreaterThan(bound / 2); // rounding did happen: √(2/3) of the bound is expected
  }
});

it('is the same for the same seed and another for another', () => {
  const input = { delta: new Float32Array(100).fill(0.123), weight: 1, tensors: tensorsOf(100), bits: 16, sites: 3 } as const;
  expect(encodeUpdate({ ...input, seed: seedOf(1) })).toEqual(encodeUpdate({ ...input, seed: seedOf(1) }));
  expect(encodeUpdate({ ...input, seed: seedOf(1) })).not.toEqual(encodeUpdate({ ...input, seed: seedOf(2) }));
});

it('rounds up exactly where the draw is below what is left, as written out with whole numbers', () => {
  const delta = Float64Array.from({ length: 2000 }, (_, i) => Math.sin(i * i) * (i % 7 === 0 ? 2 : 0.9));
  for (const bits of BITS) {
    const [clip, weight, sites, seed] = [1.25, 0.5, 3, seedOf(bits)] as const;
    const { body } = encodeUpdate({ delta, weight, tensors: tensorsOf(delta.length, clip), bits, sites, seed });
    const draws = randomStream(seed);
    const expected = Array.from(delta, (value) => {
      const steps = weight * Math.max(-1, Math.min(1, value / clip)) * (clip / stepOf(bits, sites, clip));
      const rest = steps - Math.floor(steps);
      return BigInt.asUintN(bits, BigInt(Math.floor(steps)) + (draws.uniform() < rest ? 1n : 0n));
    });
    expect(Array.from(body, BigInt)).toEqual(expected);
  }
});

it('encodes a site without weight as zeros', () => {
  const { body } = encodeUpdate({
    delta: Float32Array.of(1, -1, 0.3),
    weight: 0,
    tensors: tensorsOf(3),
    bits: 24,
    sites: 4,
    seed: seedOf(1),
  });
  expect([...body]).toEqual([0, 0, 0]);
});

it('refuses NaN and Infinity, naming the place and not the value', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const encode = () =>
      encodeUpdate({ delta: Float32Array.of(0, value), weight: 1, tensors: tensorsOf(2), bits: 24, sites: 4, seed: seedOf(1) });
    expect(encode).toThrow(RangeError);
    expect(encode).toThrow(/entry 1 /);
    expect(encode).not.toThrow(/NaN|Infinity/);
  }
});

it('refuses weights, clips, lengths and numbers of sites that mean nothing', () => {
  const input = { delta: new Float64Array(2), weight: 1, tensors: tensorsOf(2), bits: 16 as Layout['bits'], sites: 4, seed: seedOf(1) };
  expect(encodeUpdate(input).body).toHaveLength(2);
  for (const change of [
    { weight: -0.1 },
    { weight: 1.1 },
    { weight: Number.NaN },
    { tensors: tensorsOf(2, 0) },
    { tensors: tensorsOf(2, Number.NaN) },
    { tensors: tensorsOf(3) },
    { tensors: [...tensorsOf(3), ...tensorsOf(-1)] },
    { sites: 0 },
    { sites: 2.5 },
    { sites: 2 ** 15 },
    { seed: new Uint8Array(31) },
  ]) {
    expect(() => encodeUpdate({ ...input, ...change })).toThrow(RangeError);
  }
  expect(() => decodeUpdate(new Uint32Array(3), input)).toThrow(RangeError);
});

it('counts as clipped what is beyond the clip, not what is at it', () => {
  const delta = Float64Array.of(0.5, -0.5, 0.5 + 2 ** -50, -9, 0);
  const { clipped } = encodeUpdate({ delta, weight: 1, tensors: tensorsOf(5, 0.5), bits: 24, sites: 3, seed: seedOf(1) });
  expect(clipped).toBe(2);
});
