/**
 * Ed25519 signatures.
 *
 * Rule: verification is the strict one of RFC 8032 (canonical encodings only, no small-order keys), so that every
 * party accepts exactly the same signatures. Source: RFC 8032 §5.1; the implementation is @noble/curves.
 */
import { ed25519 } from '@noble/curves/ed25519.js';

/** @param secret - 32 uniform bytes. @returns The public key, 32 bytes. @throws RangeError on another length. */
export function ed25519PublicKey(secret: Uint8Array): Uint8Array<ArrayBuffer> {
  requireSecret('ed25519PublicKey', secret);
  return Uint8Array.from(ed25519.getPublicKey(secret));
}

/** @returns The signature, 64 bytes; the same for the same message and secret. @throws RangeError on a secret that is not 32 bytes. */
export function ed25519Sign(message: Uint8Array, secret: Uint8Array): Uint8Array<ArrayBuffer> {
  requireSecret('ed25519Sign', secret);
  return Uint8Array.from(ed25519.sign(message, secret));
}

/** @returns Whether the signature is valid; malformed input of any kind is simply not valid. Never throws. */
export function ed25519Verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function requireSecret(caller: string, secret: Uint8Array): void {
  if (secret.length !== 32) throw new RangeError(`${caller}: expected 32 secret bytes, got ${secret.length}`);
}
