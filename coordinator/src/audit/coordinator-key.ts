/** The coordinator's Ed25519 key: made at the first start, kept in a file that only its user can read. It signs the log. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { putFile, WorldError } from '../store/index.ts';

export interface CoordinatorKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** @returns 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * @param path - PKCS#8 PEM file; made with mode 0600 when absent.
 * @throws WorldError `key-unusable` when the file is there but is no Ed25519 key: it is never replaced.
 */
export async function openCoordinatorKey(path: string): Promise<CoordinatorKey> {
  const found = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  });
  const pem = found ?? generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  if (found === null) await putFile(path, (file) => file.writeFile(pem), 0o600);
  try {
    const key = createPrivateKey(pem);
    const { x } = createPublicKey(key).export({ format: 'jwk' });
    if (key.asymmetricKeyType !== 'ed25519' || x === undefined) throw new TypeError('not an Ed25519 key');
    return { publicKey: new Uint8Array(Buffer.from(x, 'base64url')), sign: (bytes) => new Uint8Array(sign(null, bytes, key)) };
  } catch (error) {
    throw new WorldError('key-unusable', `The coordinator's key file ${path} cannot be read as an Ed25519 key.`, error);
  }
}
