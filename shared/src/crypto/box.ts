/**
 * Sealed envelopes between two sites: public-key authenticated encryption with the nonce in front.
 *
 * Rules: a nonce is 24 fresh random bytes; keys whose X25519 result is all-zero are refused, on both sides.
 * Source: NaCl crypto_box (curve25519-xsalsa20-poly1305), built as in Bernstein, "Cryptography in NaCl", 2009, from this
 * folder's X25519, HSalsa20 of @noble/ciphers and tweetnacl's secretbox: the curve is computed once, check included.
 */
import { hsalsa } from '@noble/ciphers/salsa.js';
import nacl from 'tweetnacl';
import { concatBytes, utf8Bytes } from './bytes.ts';
import { x25519Shared } from './x25519.ts';

const NONCE_BYTES = nacl.secretbox.nonceLength;
const SIGMA = new Uint32Array(utf8Bytes('expand 32-byte k').slice().buffer);

/**
 * Seals a message for one recipient.
 *
 * @param input.nonce - 24 bytes, never used twice with the same two keys.
 * @returns nonce ‖ box: 24 + 16 + plaintext length bytes.
 * @throws RangeError on a wrong length or an all-zero X25519 result.
 */
export function sealEnvelope(input: {
  readonly nonce: Uint8Array;
  readonly plaintext: Uint8Array;
  readonly recipientPublicKey: Uint8Array;
  readonly senderSecretKey: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  if (input.nonce.length !== NONCE_BYTES)
    throw new RangeError(`sealEnvelope: expected a nonce of ${NONCE_BYTES} bytes, got ${input.nonce.length}`);
  const key = envelopeKey(input.senderSecretKey, input.recipientPublicKey);
  return concatBytes(input.nonce, nacl.secretbox(input.plaintext, input.nonce, key));
}

/**
 * Opens an envelope.
 *
 * @returns The plaintext, or null when it was not sealed by this sender for this recipient, was changed or cut, or the
 *   sender's key gives an all-zero X25519 result: what another party sends never throws.
 * @throws RangeError if the recipient's own key is not 32 bytes.
 */
export function openEnvelope(input: {
  readonly sealed: Uint8Array;
  readonly senderPublicKey: Uint8Array;
  readonly recipientSecretKey: Uint8Array;
}): Uint8Array<ArrayBuffer> | null {
  const { sealed, senderPublicKey, recipientSecretKey } = input;
  if (recipientSecretKey.length !== 32)
    throw new RangeError(`openEnvelope: expected a secret key of 32 bytes, got ${recipientSecretKey.length}`);
  if (sealed.length < NONCE_BYTES + nacl.secretbox.overheadLength) return null;
  const key = keyFromStranger(recipientSecretKey, senderPublicKey);
  const opened = key === null ? null : nacl.secretbox.open(sealed.slice(NONCE_BYTES), sealed.slice(0, NONCE_BYTES), key);
  return opened === null ? null : Uint8Array.from(opened);
}

/** NaCl's crypto_box_beforenm: HSalsa20 of the X25519 result, with zeros in the nonce's place. */
function envelopeKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = new Uint32Array(8);
  hsalsa(SIGMA, new Uint32Array(x25519Shared(secretKey, publicKey).buffer), new Uint32Array(4), key);
  return new Uint8Array(key.buffer);
}

function keyFromStranger(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> | null {
  try {
    return envelopeKey(secretKey, publicKey);
  } catch {
    return null;
  }
}
