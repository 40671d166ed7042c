/**
 * X25519 key agreement.
 *
 * Rules: an all-zero result is refused (RFC 7748 §6.1), because a public key of small order forces it and anyone could
 * then derive the "shared" secret. Source: RFC 7748; the implementation is tweetnacl, whose arithmetic has no branch and no
 * big integer that depends on a secret, and which takes two thirds of the time of @noble/curves here.
 */
import nacl from 'tweetnacl';

/** An X25519 key pair; both are 32 bytes. */
export interface X25519KeyPair {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly secretKey: Uint8Array<ArrayBuffer>;
}

/** @param secret - 32 uniform bytes; copied. @throws RangeError on another length. */
export function x25519KeyPair(secret: Uint8Array): X25519KeyPair {
  if (secret.length !== 32) throw new RangeError(`x25519KeyPair: expected 32 secret bytes, got ${secret.length}`);
  return { publicKey: Uint8Array.from(nacl.scalarMult.base(secret)), secretKey: Uint8Array.from(secret) };
}

/**
 * @returns The shared secret, 32 bytes; hash it before use.
 * @throws RangeError on a key that is not 32 bytes, or on an all-zero result.
 */
export function x25519Shared(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (secretKey.length !== 32 || publicKey.length !== 32) throw new RangeError('x25519Shared: expected keys of 32 bytes');
  const shared = Uint8Array.from(nacl.scalarMult(secretKey, publicKey));
  if (shared.every((byte) => byte === 0)) throw new RangeError('x25519Shared: the public key gives an all-zero result');
  return shared;
}
