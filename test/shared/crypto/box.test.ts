/** Envelopes, against the example of Bernstein's "Cryptography in NaCl" (2009), against tweetnacl's own, and by turning every bit. */
import { concatBytes, fromHex, openEnvelope, sealEnvelope, toHex, x25519KeyPair } from '@consilium/shared/crypto';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { expect, it } from 'vitest';

const alice = x25519KeyPair(fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'));
const bob = x25519KeyPair(fromHex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'));
const nonce = fromHex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37');
const plaintext = fromHex(
  'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31' +
    '0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
);
const box =
  'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972' +
  '71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3' +
  '7973f622a43d14a6599b1f654cb45a74e355a5';

const seal = (message: Uint8Array) =>
  sealEnvelope({ nonce, plaintext: message, recipientPublicKey: bob.publicKey, senderSecretKey: alice.secretKey });
const open = (sealed: Uint8Array) => openEnvelope({ sealed, senderPublicKey: alice.publicKey, recipientSecretKey: bob.secretKey });

it('seals the published example', () => {
  expect(toHex(seal(plaintext))).toBe(toHex(nonce) + box);
});

it('seals and opens what tweetnacl as a whole seals and opens', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(bytes(32), bytes(32), bytes(24), fc.uint8Array({ maxLength: 200 }), (one, other, nonce, plaintext) => {
      const [sender, recipient] = [nacl.box.keyPair.fromSecretKey(one), nacl.box.keyPair.fromSecretKey(other)];
      const whole = concatBytes(nonce, nacl.box(plaintext, nonce, recipient.publicKey, sender.secretKey));
      expect(sealEnvelope({ nonce, plaintext, recipientPublicKey: recipient.publicKey, senderSecretKey: one })).toEqual(whole);
      expect(openEnvelope({ sealed: whole, senderPublicKey: sender.publicKey, recipientSecretKey: other })).toEqual(plaintext);
    }),
    { numRuns: 20 },
  );
});

it('opens what was sealed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
      expect(seal(message)).toHaveLength(24 + 16 + message.length);
      expect(open(seal(message))).toEqual(message);
    }),
    { numRuns: 20 },
  );
});

it('does not open an envelope that was changed, cut, or sealed by another', () => {
  const sealed = seal(Uint8Array.of(1, 2, 3));
  for (let index = 0; index < sealed.length; index++) {
    const changed = sealed.slice();
    changed[index]! ^= 1 << (index & 7);
    expect(open(changed)).toBeNull();
  }
  for (const length of [0, 23, 24, 39, 40, sealed.length - 1]) expect(open(sealed.slice(0, length))).toBeNull();
  expect(open(concatBytes(sealed, Uint8Array.of(0)))).toBeNull();
  const stranger = x25519KeyPair(new Uint8Array(32).fill(9));
  expect(openEnvelope({ sealed, senderPublicKey: stranger.publicKey, recipientSecretKey: bob.secretKey })).toBeNull();
  expect(openEnvelope({ sealed, senderPublicKey: alice.publicKey, recipientSecretKey: stranger.secretKey })).toBeNull();
});

it('refuses keys that give an all-zero secret, for both sides', () => {
  for (const zero of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31))]) {
    const input = { nonce, plaintext, recipientPublicKey: zero, senderSecretKey: alice.secretKey };
    expect(() => sealEnvelope(input)).toThrow(RangeError);
    expect(openEnvelope({ sealed: seal(plaintext), senderPublicKey: zero, recipientSecretKey: bob.secretKey })).toBeNull();
  }
});

it('refuses a nonce or key of another length', () => {
  const input = { nonce, plaintext, recipientPublicKey: bob.publicKey, senderSecretKey: alice.secretKey };
  expect(() => sealEnvelope({ ...input, nonce: nonce.slice(1) })).toThrow(RangeError);
  expect(() => sealEnvelope({ ...input, recipientPublicKey: new Uint8Array(31) })).toThrow(RangeError);
  expect(openEnvelope({ sealed: seal(plaintext), senderPublicKey: new Uint8Array(31), recipientSecretKey: bob.secretKey })).toBeNull();
});
