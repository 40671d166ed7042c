/** Ed25519, against RFC 8032 and Node's OpenSSL. */
import { createPrivateKey, sign } from 'node:crypto';
import { concatBytes, ed25519PublicKey, ed25519Sign, ed25519Verify, fromHex, toHex } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const secret = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const publicKey = ed25519PublicKey(secret);
const empty = new Uint8Array(0);
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

it('gives the first key and signature of RFC 8032 §7.1', () => {
  expect(toHex(publicKey)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  expect(toHex(ed25519Sign(empty, secret))).toBe(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  );
  expect(ed25519Verify(ed25519Sign(empty, secret), empty, publicKey)).toBe(true);
});

it('signs as OpenSSL does, and no other message fits the signature', () => {
  const key = createPrivateKey({
    key: Buffer.from(concatBytes(fromHex('302e020100300506032b657004220420'), secret)),
    format: 'der',
    type: 'pkcs8',
  });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
      const signature = ed25519Sign(message, secret);
      expect(toHex(signature)).toBe(sign(null, message, key).toString('hex'));
      expect(ed25519Verify(signature, message, publicKey)).toBe(true);
      expect(ed25519Verify(signature, concatBytes(message, Uint8Array.of(0)), publicKey)).toBe(false);
    }),
    { numRuns: 30 },
  );
});

it('does not accept a signature with any bit turned', () => {
  const signature = ed25519Sign(empty, secret);
  for (let bit = 0; bit < 512; bit += 7) {
    const changed = signature.slice();
    changed[bit >>> 3]! ^= 1 << (bit & 7);
    expect(ed25519Verify(changed, empty, publicKey)).toBe(false);
  }
});

it('does not accept a second writing of a valid signature (S + group order)', () => {
  const signature = ed25519Sign(empty, secret);
  const scalar = BigInt(`0x${toHex(signature.slice(32).reverse())}`) + GROUP_ORDER;
  const forged = concatBytes(signature.slice(0, 32), fromHex(scalar.toString(16).padStart(64, '0')).reverse());
  expect(ed25519Verify(forged, empty, publicKey)).toBe(false);
});

it('does not accept the all-purpose signature of a small-order key', () => {
  const identity = fromHex('0100000000000000000000000000000000000000000000000000000000000000');
  expect(ed25519Verify(concatBytes(identity, new Uint8Array(32)), empty, identity)).toBe(false);
});

it('answers malformed input with false', () => {
  const signature = ed25519Sign(empty, secret);
  expect(ed25519Verify(signature.slice(1), empty, publicKey)).toBe(false);
  expect(ed25519Verify(empty, empty, publicKey)).toBe(false);
  expect(ed25519Verify(signature, empty, publicKey.slice(1))).toBe(false);
  expect(ed25519Verify(signature, empty, new Uint8Array(32).fill(255))).toBe(false);
  expect(() => ed25519Sign(empty, new Uint8Array(31))).toThrow(RangeError);
});
