/**
 * The key that speaks for a site from this browser: Ed25519, made here, kept in IndexedDB. WebCrypto keeps it
 * non-extractable; where WebCrypto has no Ed25519 the secret's bytes are kept instead, and the preflight says so.
 */
import { ed25519PublicKey, ed25519Sign } from '@consilium/shared/crypto';
import type { LocalStore, StoredKey } from './local-store.ts';

export interface DeviceKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** An Ed25519 signature, 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * The key of that name, made and stored on first use.
 *
 * @param store - Where keys are kept.
 * @param id - A name for what the key is for.
 */
export async function openDeviceKey(store: LocalStore, id: string): Promise<DeviceKey> {
  const kept = await store.key(id);
  if (kept !== null) return asDeviceKey(kept);
  const made = await makeKey();
  await store.putKey(id, made);
  return asDeviceKey(made);
}

/** Whether WebCrypto of this browser can keep Ed25519 keys. */
export async function hasWebCryptoEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

async function makeKey(): Promise<StoredKey> {
  try {
    const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return { kind: 'web-crypto', privateKey: pair.privateKey, publicKey };
  } catch {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    return { kind: 'bytes', secret, publicKey: ed25519PublicKey(secret) };
  }
}

function asDeviceKey(key: StoredKey): DeviceKey {
  if (key.kind === 'bytes') return { publicKey: key.publicKey, sign: async (bytes) => ed25519Sign(bytes, key.secret) };
  return {
    publicKey: key.publicKey,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key.privateKey, bytes as BufferSource)),
  };
}
