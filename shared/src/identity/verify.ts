/** How a signature is checked; each place brings its fastest way. */

/** Verifies an Ed25519 signature: public key of 32 bytes, signed bytes, signature of 64 bytes. Pure; false on malformed input. */
export type Verify = (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean;
