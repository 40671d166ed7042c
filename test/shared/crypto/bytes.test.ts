/** Bytes and their text forms, against RFC 4648 and Node's own Buffer. */
import { concatBytes, equalBytes, fromBase64, fromHex, lengthPrefixed, toBase64, toHex, utf8Bytes } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const bytesOf = () => fc.uint8Array({ maxLength: 70 });

it('writes the base64 of RFC 4648 §10', () => {
  const vectors = { '': '', f: 'Zg==', fo: 'Zm8=', foo: 'Zm9v', foob: 'Zm9vYg==', fooba: 'Zm9vYmE=', foobar: 'Zm9vYmFy' };
  for (const [text, base64] of Object.entries(vectors)) {
    expect(toBase64(utf8Bytes(text))).toBe(base64);
    expect(fromBase64(base64)).toEqual(utf8Bytes(text));
  }
});

it('writes and reads the same base64 and hexadecimal digits as Node', () => {
  fc.assert(
    fc.property(bytesOf(), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
});

it('reads only the base64 it would have written', () => {
  for (const text of ['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zm 9', 'Zm9v\n', 'Z-_v', '====', '=', 'A===', 'Zg==Zg==', 'Zmö9']) {
    expect(() => fromBase64(text), text).toThrow(RangeError);
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      try {
        expect(toBase64(fromBase64(text))).toBe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

it('reads only lower-case hexadecimal digits in pairs', () => {
  for (const text of ['0', 'AB', '0x', 'zz', ' 0', '00\n']) expect(() => fromHex(text), text).toThrow(RangeError);
});

it('joins bytes and compares them', () => {
  fc.assert(
    fc.property(bytesOf(), bytesOf(), (a, b) => {
      expect(Buffer.from(concatBytes(a, b))).toEqual(Buffer.concat([a, b]));
      expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
      expect(equalBytes(a, a.slice())).toBe(true);
    }),
  );
});

it('prefixes texts, bytes and numbers with their lengths', () => {
  expect(toHex(lengthPrefixed(['a', Uint8Array.of(7)]))).toBe('00000001610000000107');
  expect(toHex(lengthPrefixed([2 ** 53 - 1, 'é', '']))).toBe('00000008001fffffffffffff00000002c3a900000000');
});

it('gives different lists different bytes', () => {
  const part = fc.oneof(fc.string({ maxLength: 5, unit: 'grapheme' }), fc.uint8Array({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), fc.array(part, { maxLength: 4 }), (a, b) => {
      const same = JSON.stringify(a.map(asBytes)) === JSON.stringify(b.map(asBytes));
      expect(equalBytes(lengthPrefixed(a), lengthPrefixed(b))).toBe(same);
    }),
  );
});

it('refuses numbers that are not safe non-negative integers, and half a surrogate pair', () => {
  for (const part of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY, '\ud800', 'a\udc00']) {
    expect(() => lengthPrefixed([part])).toThrow(RangeError);
  }
  expect(lengthPrefixed(['😀'])).toHaveLength(8);
});

function asBytes(part: string | Uint8Array): number[] {
  return [...(typeof part === 'string' ? new TextEncoder().encode(part) : part)];
}
