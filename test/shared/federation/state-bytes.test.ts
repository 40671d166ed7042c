/** Oracle: the inverse, and hashes of equal states written in another order. */
import { stateBytes, stateFromBytes, stateHash } from '@consilium/shared/federation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const state = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    number,
    fc.string({ unit: 'grapheme-ascii' }),
    fc.boolean(),
    fc.constant(null),
    fc.array(number, { maxLength: 5 }).map((values) => Float64Array.from(values)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

describe('the bytes of a state', () => {
  it('give the state back', () => {
    fc.assert(
      fc.property(state, (value) => {
        expect(stateFromBytes(stateBytes(value))).toEqual(value);
      }),
    );
  });

  it('do not depend on the order in which it was written', () => {
    const weights = Float64Array.of(1, 2.5, -3e-300);
    expect(stateHash({ a: 1, b: { weights, c: null } })).toBe(stateHash({ b: { c: null, weights }, a: 1 }));
    expect(stateHash({ a: 1, weights })).not.toBe(stateHash({ a: 1, weights: weights.map((value) => value * (1 + 2 ** -52)) }));
  });

  it('are refused when cut short', () => {
    const bytes = stateBytes({ weights: Float64Array.of(1, 2, 3) });
    for (let length = 0; length < bytes.length; length++) expect(() => stateFromBytes(bytes.subarray(0, length))).toThrow();
  });
});
