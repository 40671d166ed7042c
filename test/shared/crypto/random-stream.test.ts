/** The random stream, against ChaCha20 and HKDF of other implementations, and its distribution by known moments. */
import { hkdfSync } from 'node:crypto';
import { keystreamBytes, randomStream } from '@consilium/shared/crypto';
import { chacha20 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const seed = Uint8Array.from({ length: 32 }, (_, index) => index);

it('is the ChaCha20 keystream of a key derived for this purpose, without gaps', () => {
  const key = new Uint8Array(hkdfSync('sha256', seed, new Uint8Array(0), 'consilium stream', 32));
  const expected = chacha20(key, new Uint8Array(12), new Uint8Array(10_000));
  expect(randomStream(seed).bytes(10_000)).toEqual(expected);
  const stream = randomStream(seed);
  const view = new DataView(expected.buffer);
  for (let word = 0; word < 2500; word++) expect(stream.uint32()).toBe(view.getUint32(4 * word, true));
});

it('shares no keystream with a mask of the same seed', () => {
  expect(randomStream(seed).bytes(32)).not.toEqual(keystreamBytes(seed, 32));
});

it('gives the same numbers to whoever makes the same calls', () => {
  const calls = fc.array(fc.constantFrom('bytes', 'uint32', 'uniform', 'below'), { maxLength: 30 });
  fc.assert(
    fc.property(calls, (names) => {
      const [a, b] = [randomStream(seed), randomStream(seed)];
      for (const name of names) expect(a[name as 'bytes'](7)).toEqual(b[name as 'bytes'](7));
    }),
  );
});

it('draws uniform numbers in [0, 1) with the mean and variance of the uniform distribution', () => {
  const stream = randomStream(seed);
  const draws = Array.from({ length: 100_000 }, () => stream.uniform());
  expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / draws.length));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / draws.length));
});

it('draws each of a few integers equally often, also where they do not divide 2^32', () => {
  const stream = randomStream(seed);
  const counts = new Array<number>(7).fill(0);
  for (let draw = 0; draw < 70_000; draw++) counts[stream.below(7)]! += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.9); // 6 degrees of freedom, exceeded with probability 1e-4
  const thirds = [0, 0, 0]; // with 2^32 * 3/4 a plain remainder would draw the first third twice as often
  for (let draw = 0; draw < 9000; draw++) thirds[Math.floor(stream.below(3 * 2 ** 30) / 2 ** 30)]! += 1;
  for (const count of thirds) expect(Math.abs(count - 3000)).toBeLessThan(5 * Math.sqrt(2000));
});

it('refuses a seed of another length and a range it cannot draw from', () => {
  expect(() => randomStream(seed.slice(1))).toThrow(RangeError);
  for (const count of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) expect(() => randomStream(seed).below(count)).toThrow(RangeError);
  expect(randomStream(seed).below(1)).toBe(0);
  expect(randomStream(seed).below(2 ** 32)).toBe(randomStream(seed).uint32());
});

it('gives many words at once as one after another, and goes on from there', () => {
  const [one, many] = [randomStream(seed), randomStream(seed)];
  for (const count of [3, 1024, 5000, 0, 1]) {
    expect(Array.from(many.words(count))).toEqual(Array.from({ length: count }, () => one.uint32()));
  }
  expect(many.uniform()).toBe(one.uniform());
});
