/** A hospital's root key, while it is in memory: it certifies this browser's device key, and is then wiped. */
import { ed25519PublicKey, toBase64 } from '@consilium/shared/crypto';
import { type DeviceCertificate, issueDeviceCertificate } from '@consilium/shared/identity';
import type { DeviceKey } from './device-key.ts';

export interface RootKey {
  /** Base64 of 32 bytes. */
  readonly publicKey: string;
  /** 32 bytes; `forgetRoot` fills them with zeros. */
  readonly secret: Uint8Array;
}

/** A new root key from the browser's generator. */
export function makeRootKey(): RootKey {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  return { secret, publicKey: toBase64(ed25519PublicKey(secret)) };
}

/** What the clock of this computer says, in seconds since 1970. */
export const secondsNow = (): number => Math.floor(Date.now() / 1000);

/** Certifies a device for 90 days. */
export function certifyDevice(root: RootKey, study: string, device: DeviceKey): DeviceCertificate {
  return issueDeviceCertificate({ study, rootSecret: root.secret, key: toBase64(device.publicKey), at: secondsNow() });
}

export function forgetRoot(root: RootKey): void {
  root.secret.fill(0);
}
