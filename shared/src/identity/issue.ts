/** What a hospital issues while its root secret is in memory: certificates and suspensions. */
import { ed25519PublicKey, ed25519Sign, toBase64 } from '../crypto/index.ts';
import { CERTIFICATE_SECONDS, certificateBytes, type DeviceCertificate, type PersonCertificate, type PersonRole } from './certificate.ts';
import { type Suspension, suspensionBytes } from './suspension.ts';

interface Issue {
  readonly study: string;
  /** 32 bytes. */
  readonly rootSecret: Uint8Array;
  /** Ed25519 public key to be certified or suspended, base64. */
  readonly key: string;
}

/**
 * Certifies a device for 90 days.
 *
 * @param input.at - Now, seconds since 1970.
 */
export function issueDeviceCertificate(input: Issue & { readonly at: number }): DeviceCertificate {
  const unsigned = { kind: 'device', ...validity(input) } as const;
  return { ...unsigned, signature: toBase64(ed25519Sign(certificateBytes(unsigned), input.rootSecret)) };
}

/** Certifies a person's key for 90 days. */
export function issuePersonCertificate(
  input: Issue & { readonly at: number; readonly role: PersonRole; readonly name: string },
): PersonCertificate {
  const unsigned = { kind: 'person', role: input.role, name: input.name, ...validity(input) } as const;
  return { ...unsigned, signature: toBase64(ed25519Sign(certificateBytes(unsigned), input.rootSecret)) };
}

/** Suspends a device by the root key. */
export function issueSuspension({ study, rootSecret, key }: Issue): Suspension {
  const unsigned = { study, rootKey: toBase64(ed25519PublicKey(rootSecret)), key, by: 'root' } as const;
  return { ...unsigned, signature: toBase64(ed25519Sign(suspensionBytes(unsigned), rootSecret)) };
}

function validity({ study, rootSecret, key, at }: Issue & { readonly at: number }) {
  return { study, rootKey: toBase64(ed25519PublicKey(rootSecret)), key, issuedAt: at, expiresAt: at + CERTIFICATE_SECONDS };
}
