/** Public names of `crypto`: bytes, hashes, keys, envelopes, keystream and secret sharing. */

export { openEnvelope, sealEnvelope } from './box.ts';
export { concatBytes, equalBytes, fromBase64, fromHex, lengthPrefixed, toBase64, toHex, utf8Bytes } from './bytes.ts';
export { addKeystream, keystreamBytes } from './chacha20.ts';
export { ed25519PublicKey, ed25519Sign, ed25519Verify } from './ed25519.ts';
export { hkdfSha256, hmacSha256, sha256 } from './hash.ts';
export { type RandomStream, randomStream, uniformFrom } from './random-stream.ts';
export { combineShares, type PlacedShare, sharesAgree, splitSecret } from './shamir.ts';
export { isUsableX25519Key } from './small-order.ts';
export { type X25519KeyPair, x25519KeyPair, x25519Shared } from './x25519.ts';
