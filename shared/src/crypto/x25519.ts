/**
 * X25519 key agreement.
 *
 * Rule: an all-zero result is refused (RFC 7748 §6.1), because a public key of small order forces it and anyone could
 * then derive the "shared" secret. Source: RFC 7748; the implementation is @noble/curves.
 */
import { x25519 } from '@noble/curves/ed25519.js';

/** An X25519 key pair; both are 32 bytes. */
export interface X25519KeyPair {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly secretKey: Uint8Array<ArrayBuffer>;
}

/** @param secret - 32 uniform bytes; copied. @throws RangeError on another length. */
export function x25519KeyPair(secret: Uint8Array): X25519KeyPair {
  if (secret.length !== 32) throw new RangeError(`x25519KeyPair: expected 32 secret bytes, got ${secret.length}`);
  return { publicKey: Uint8Array.from(x25519.getPublicKey(secret)), secretKey: Uint8Array.from(secret) };
}

/**
 * @returns The shared secret, 32 bytes; hash it before use.
 * @throws RangeError on a key that is not 32 bytes, or on an all-zero result.
 */
export function x25519Shared(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (secretKey.length !== 32 || publicKey.length !== 32) throw new RangeError('x25519Shared: expected keys of 32 bytes');
  const shared = sharedOrZero(secretKey, publicKey);
  if (shared.every((byte) => byte === 0)) throw new RangeError('x25519Shared: the public key gives an all-zero result');
  return shared;
}

/** The library throws a plain Error on the all-zero result and, lengths being checked, on nothing else. */
function sharedOrZero(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(x25519.getSharedSecret(secretKey, publicKey));
  } catch {
    return new Uint8Array(32);
  }
}
