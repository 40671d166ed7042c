/** Packing, against the slow twin's bit by bit writing, and back. */
import { randomStream } from '@consilium/shared/crypto';
import { type Layout, packedLength, packVector, unmaskSum, unpackVector } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slowPack } from '../../reference/secagg-slow-twin.ts';
import { randomVector } from './stories.ts';

const layouts = fc.record({ header: fc.nat(5), body: fc.nat(33), bits: fc.constantFrom(16, 20, 24, 32) });
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

it('writes the bytes of the slow twin and reads them back', () => {
  fc.assert(
    fc.property(layouts, seeds, (layout, seed) => {
      const vector = randomVector(randomStream(seed), layout);
      const bytes = packVector(vector, layout);
      expect(bytes).toEqual(slowPack({ header: [...vector.header], body: [...vector.body].map(BigInt) }, layout.bits));
      expect(bytes).toHaveLength(packedLength(layout));
      expect(unpackVector(bytes, layout)).toEqual(vector);
    }),
  );
});

it('reads a packed vector that lies inside a larger array', () => {
  const layout: Layout = { header: 2, body: 3, bits: 20 };
  const vector = randomVector(randomStream(new Uint8Array(32)), layout);
  const outer = new Uint8Array(100);
  outer.set(packVector(vector, layout), 7);
  expect(unpackVector(outer.subarray(7, 7 + packedLength(layout)), layout)).toEqual(vector);
});

it('has the length of header and body without gaps', () => {
  expect(packedLength({ header: 3, body: 5, bits: 16 })).toBe(34);
  expect(packedLength({ header: 0, body: 4, bits: 20 })).toBe(10);
  expect(packedLength({ header: 0, body: 5, bits: 20 })).toBe(13);
  expect(packedLength({ header: 0, body: 1_000_000, bits: 24 })).toBe(0.75 * 4_000_000);
});

it('refuses a packed vector of another length, or one that another byte string stands for', () => {
  const layout: Layout = { header: 1, body: 3, bits: 20 };
  const bytes = packVector({ header: BigUint64Array.of(5n), body: Uint32Array.of(1, 2, 2 ** 20 - 1) }, layout);
  for (const wrong of [bytes.slice(1), new Uint8Array(17), new Uint8Array(0)]) {
    expect(() => unpackVector(wrong, layout)).toThrow(RangeError);
    expect(() => unmaskSum(layout, [bytes, wrong], [])).toThrow(RangeError);
  }
  for (let bit = 4; bit < 8; bit++) {
    const padded = bytes.slice();
    padded[15]! |= 1 << bit;
    expect(() => unpackVector(padded, layout)).toThrow(RangeError);
    expect(() => unmaskSum(layout, [bytes, padded], [])).toThrow(RangeError);
  }
});

it('refuses impossible layouts, and vectors of another one', () => {
  const layout: Layout = { header: 1, body: 2, bits: 24 };
  for (const change of [{ header: -1 }, { header: 0.5 }, { body: Number.NaN }, { body: 2 ** 40 }, { bits: 21 as 20 }]) {
    expect(() => packedLength({ ...layout, ...change })).toThrow(RangeError);
  }
  expect(() => packVector({ header: new BigUint64Array(2), body: new Uint32Array(2) }, layout)).toThrow(RangeError);
});
