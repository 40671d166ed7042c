/** The keystream, against RFC 8439 appendix A.1 and the independent implementation of @noble/ciphers. */
import { addKeystream, keystreamBytes, toHex } from '@consilium/shared/crypto';
import { chacha20 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const seedOf = () => fc.uint8Array({ minLength: 32, maxLength: 32 });
const zeroNonce = new Uint8Array(12);

it('gives the blocks of RFC 8439 appendix A.1 that have a zero nonce', () => {
  const zeroKey = new Uint8Array(32);
  const lastBit = Uint8Array.of(...new Uint8Array(31), 1);
  const secondByte = Uint8Array.of(0, 255, ...new Uint8Array(30));
  expect(blockHex(zeroKey, 0)).toBe(
    '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586',
  );
  expect(blockHex(zeroKey, 1)).toBe(
    '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f',
  );
  expect(blockHex(lastBit, 1)).toBe(
    '3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0',
  );
  expect(blockHex(secondByte, 2)).toBe(
    '72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096',
  );
});

it('gives the bytes of another implementation, for any seed and length', () => {
  fc.assert(
    fc.property(seedOf(), fc.nat(400), (seed, length) => {
      expect(keystreamBytes(seed, length)).toEqual(chacha20(seed, zeroNonce, new Uint8Array(length)));
    }),
  );
});

it('adds the words from any place of the stream, and takes them away again', () => {
  fc.assert(
    fc.property(seedOf(), fc.uint32Array({ maxLength: 80 }), fc.nat(100), (seed, values, startWord) => {
      const stream = new DataView(chacha20(seed, zeroNonce, new Uint8Array(4 * (startWord + values.length))).buffer);
      const target = values.slice();
      addKeystream(target, seed, 1, startWord);
      expect([...target]).toEqual([...values].map((value, index) => (value + stream.getUint32(4 * (startWord + index), true)) % 2 ** 32));
      addKeystream(target, seed, -1, startWord);
      expect(target).toEqual(values);
    }),
  );
});

it('goes on correctly far into the stream', () => {
  const seed = new Uint8Array(32).fill(3);
  for (const block of [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2]) {
    const words = new Uint32Array(16);
    addKeystream(words, seed, 1, block * 16);
    expect(new Uint8Array(words.buffer)).toEqual(chacha20(seed, zeroNonce, new Uint8Array(64), undefined, block));
  }
});

it('reads a seed that lies inside another array', () => {
  const seed = new Uint8Array(64).map((_, index) => index).subarray(5, 37);
  expect(keystreamBytes(seed, 64)).toEqual(keystreamBytes(seed.slice(), 64));
});

it('refuses to run past its end, where bytes would come a second time', () => {
  const seed = new Uint8Array(32);
  expect(() => addKeystream(new Uint32Array(2), seed, 1, 2 ** 36 - 1)).toThrow(RangeError);
  expect(() => addKeystream(new Uint32Array(1), seed, 1, -1)).toThrow(RangeError);
  expect(() => addKeystream(new Uint32Array(1), seed, 1, 0.5)).toThrow(RangeError);
  expect(() => addKeystream(new Uint32Array(1), seed.slice(1), 1)).toThrow(RangeError);
  expect(() => keystreamBytes(seed, -1)).toThrow(RangeError);
});

function blockHex(key: Uint8Array, block: number): string {
  return toHex(keystreamBytes(key, 64 * (block + 1)).slice(64 * block));
}
