/** The certificate of a pretended hospital's one device, by a root key that follows from study, seed and name. */
import { ed25519PublicKey, lengthPrefixed, sha256, toBase64 } from '@consilium/shared/crypto';
import { CERTIFICATE_SECONDS, certificateBytes, type DeviceCertificate } from '@consilium/shared/identity';
import type { Plan } from '@consilium/shared/study';
import { signer } from './signing.ts';

/** @param input.deviceKey - Base64. The pretended clock stands at 0, when it is issued. */
export function simulatedCertificate(input: { readonly plan: Plan; readonly id: string; readonly deviceKey: string }): DeviceCertificate {
  const { plan, id, deviceKey: key } = input;
  const secret = sha256(lengthPrefixed(['simulated root', plan.study, plan.seed, id]));
  const rootKey = toBase64(ed25519PublicKey(secret));
  const unsigned = { kind: 'device', study: plan.study, rootKey, key, issuedAt: 0, expiresAt: CERTIFICATE_SECONDS } as const;
  return { ...unsigned, signature: toBase64(signer(secret)(certificateBytes(unsigned))) };
}
