/** Ed25519 by the platform's library: fast and synchronous, with the same bytes as the browser's. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const publicKeys = new Map<string, KeyObject>();

/** A signer from a 32-byte secret. */
export function signer(secret: Uint8Array): (message: Uint8Array) => Uint8Array {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, secret]), format: 'der', type: 'pkcs8' });
  return (message) => new Uint8Array(sign(null, message, key));
}

export function verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const name = Buffer.from(publicKey).toString('base64');
  try {
    const key = publicKeys.get(name) ?? createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' });
    publicKeys.set(name, key);
    return verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}
