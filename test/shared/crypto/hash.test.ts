/** SHA-256, HMAC and HKDF, against published vectors and Node's OpenSSL. */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { concatBytes, fromHex, hkdfSha256, hmacSha256, sha256, toHex, utf8Bytes } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const bytesOf = (maxLength: number) => fc.uint8Array({ maxLength });

it('hashes abc as FIPS 180-4 does', () => {
  expect(toHex(sha256(utf8Bytes('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('gives the second HMAC of RFC 4231', () => {
  const mac = hmacSha256(utf8Bytes('Jefe'), utf8Bytes('what do ya want for nothing?'));
  expect(toHex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});

it('gives the first HKDF of RFC 5869', () => {
  const key = hkdfSha256(new Uint8Array(22).fill(0x0b), fromHex('000102030405060708090a0b0c'), fromHex('f0f1f2f3f4f5f6f7f8f9'), 42);
  expect(toHex(key)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
});

it('agrees with OpenSSL on any input', () => {
  fc.assert(
    fc.property(bytesOf(200), bytesOf(100), bytesOf(40), fc.integer({ min: 1, max: 100 }), (a, b, info, length) => {
      expect(toHex(sha256(a, b))).toBe(createHash('sha256').update(concatBytes(a, b)).digest('hex'));
      expect(toHex(hmacSha256(a, b))).toBe(createHmac('sha256', a).update(b).digest('hex'));
      expect(toHex(hkdfSha256(a, b, info, length))).toBe(Buffer.from(hkdfSync('sha256', a, b, info, length)).toString('hex'));
    }),
  );
});

it('refuses to expand to no bytes or to more than RFC 5869 allows', () => {
  for (const length of [0, -1, 8161, 1.5, Number.NaN]) {
    expect(() => hkdfSha256(new Uint8Array(32), new Uint8Array(0), new Uint8Array(0), length)).toThrow(RangeError);
  }
});
