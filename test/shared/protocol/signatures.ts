/** Ed25519 by Node's own OpenSSL: fast, and independent of the library the product verifies with. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Verify } from '@consilium/shared/protocol';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const keys = new Map<string, KeyObject>();

export interface SigningKey {
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** The key pair of a 32-byte secret. */
export function signingKey(secret: Uint8Array): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })).slice(SPKI.length);
  return { publicKey, sign: (bytes) => new Uint8Array(sign(null, bytes, key)) };
}

export const verifySignature: Verify = (publicKey, bytes, signature) => {
  const name = Buffer.from(publicKey).toString('hex');
  let key = keys.get(name);
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    keys.set(name, key);
  }
  return verify(null, bytes, key, signature);
};
