/**
 * A patient's id as a keyed hash: the only form in which a checked table knows a patient, the same at every site, version and reload.
 * Source: learning.md §2.2; HMAC as in RFC 2104, SHA-256 as in FIPS 180-4.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Makes the function that hashes ids.
 *
 * @param key - What makes hashes of one study differ from those of another: 'split' ‖ study ‖ seed.
 * @returns A function of an id (trimmed and brought to Unicode NFC here): HMAC-SHA-256(SHA-256(key), id), 64 hex digits.
 */
export function patientHash(key: string): (id: string) => string {
  const keyed = hmac.create(sha256, sha256(utf8ToBytes(key)));
  return (id) =>
    bytesToHex(
      keyed
        .clone()
        .update(utf8ToBytes(id.normalize('NFC').trim()))
        .digest(),
    );
}
