/**
 * SHA-256, HMAC-SHA-256 and HKDF-SHA-256, synchronous because the sealed chamber has no WebCrypto.
 *
 * Source: FIPS 180-4, RFC 2104, RFC 5869; the implementation is @noble/hashes.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from './bytes.ts';

const HASH_BYTES = 32;
const FIRST_BLOCK = Uint8Array.of(1);
const UNSALTED = hmac.create(nobleSha256, new Uint8Array(HASH_BYTES));

/** @returns SHA-256 of the parts joined, 32 bytes. Parts are not separated: use `lengthPrefixed` where that matters. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hash = nobleSha256.create();
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

/** @returns HMAC-SHA-256 of `message`, 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hmac(nobleSha256, key, message));
}

/**
 * Extracts and expands a secret.
 *
 * @param info - Names the purpose; two purposes never share an info.
 * @param length - Bytes wanted, 1 to 8160.
 * @throws RangeError on another length.
 */
export function hkdfSha256(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(length) || length < 1 || length > 8160) throw new RangeError(`hkdfSha256: expected 1 to 8160 bytes, got ${length}`);
  if (length !== HASH_BYTES) return Uint8Array.from(hkdf(nobleSha256, secret, salt, info, length));
  // One block, as nearly always: T(1) = HMAC(HMAC(salt, secret), info ‖ 1), where no salt is a key of 32 zeros.
  const extract = salt.length === 0 ? UNSALTED.clone() : hmac.create(nobleSha256, salt);
  return hmacSha256(extract.update(secret).digest(), concatBytes(info, FIRST_BLOCK));
}
