import { verifyEd25519 } from '@consilium/coordinator/audit';
import { ed25519PublicKey, ed25519Sign } from '@consilium/shared/crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

it('accepts what another implementation signed, and nothing else', () => {
  fc.assert(
    fc.property(bytes(32), fc.uint8Array({ maxLength: 200 }), fc.nat(63), (secret, message, position) => {
      const publicKey = ed25519PublicKey(secret);
      const signature = ed25519Sign(message, secret);
      expect(verifyEd25519(publicKey, message, signature)).toBe(true);
      const spoiled = Uint8Array.from(signature, (byte, index) => (index === position ? byte ^ 1 : byte));
      expect(verifyEd25519(publicKey, message, spoiled)).toBe(false);
      expect(verifyEd25519(publicKey, Uint8Array.of(...message, 0), signature)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

it('takes malformed keys and signatures for invalid', () => {
  for (const length of [0, 31, 33, 64]) {
    expect(verifyEd25519(new Uint8Array(length), new Uint8Array(1), new Uint8Array(64))).toBe(false);
    expect(verifyEd25519(new Uint8Array(32).fill(255), new Uint8Array(1), new Uint8Array(length))).toBe(false);
  }
});
