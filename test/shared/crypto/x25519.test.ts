/** X25519, against RFC 7748 and Node's OpenSSL. */
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { concatBytes, fromHex, toHex, x25519KeyPair, x25519Shared } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const alice = x25519KeyPair(fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'));
const bob = x25519KeyPair(fromHex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'));

it('gives the keys and the secret of RFC 7748 §6.1', () => {
  expect(toHex(alice.publicKey)).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
  expect(toHex(bob.publicKey)).toBe('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
  expect(toHex(x25519Shared(alice.secretKey, bob.publicKey))).toBe('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
  expect(x25519Shared(bob.secretKey, alice.publicKey)).toEqual(x25519Shared(alice.secretKey, bob.publicKey));
});

it('agrees with OpenSSL on any two secrets', () => {
  const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(secret, secret, (a, b) => {
      const expected = diffieHellman({ privateKey: privateKey(a), publicKey: createPublicKey(privateKey(b)) });
      expect(toHex(x25519Shared(a, x25519KeyPair(b).publicKey))).toBe(expected.toString('hex'));
    }),
    { numRuns: 20 },
  );
});

it('refuses every public key of small order', () => {
  const smallOrder = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ];
  for (const publicKey of smallOrder) expect(() => x25519Shared(alice.secretKey, fromHex(publicKey)), publicKey).toThrow(RangeError);
});

it('refuses keys of another length', () => {
  expect(() => x25519KeyPair(new Uint8Array(31))).toThrow(RangeError);
  expect(() => x25519Shared(new Uint8Array(33), bob.publicKey)).toThrow(RangeError);
  expect(() => x25519Shared(alice.secretKey, new Uint8Array(0))).toThrow(RangeError);
});

function privateKey(secret: Uint8Array) {
  const der = concatBytes(fromHex('302e020100300506032b656e04220420'), secret); // PKCS #8 header of RFC 8410 §7
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}
