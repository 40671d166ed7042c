/**
 * Certificates: a site's root key says which other keys speak for it, in one study and its later versions, until when.
 *
 * Rules: a device key signs rounds for at most 90 days; a person key signs plans. What is signed is canonical binary, with a domain
 * of its own, so that no signature of a round is ever a certificate. Times are the clock of whoever checks: an argument.
 * Source: docs/protocol.md, "Identities".
 */
import * as z from 'zod';
import { fromBase64, lengthPrefixed } from '../crypto/index.ts';
import { bytes32, bytes64, identifier, moment, personName } from './fields.ts';
import type { Verify } from './verify.ts';

const DAY = 86_400;
/** How long a certificate holds, at most. */
export const CERTIFICATE_SECONDS = 90 * DAY;
/** Clocks of two machines may differ by this much. */
export const CLOCK_TOLERANCE_SECONDS = DAY;

const common = {
  /** The plan's short name, which all versions of a study share. */
  study: identifier,
  /** The site's root key: Ed25519, base64 of 32 bytes. */
  rootKey: bytes32,
  /** The key that is certified: Ed25519, base64 of 32 bytes. */
  key: bytes32,
  /** Seconds since 1970, by the clock of the computer that holds the root key. */
  issuedAt: moment,
  expiresAt: moment,
  /** By the root key, over `certificateBytes`. */
  signature: bytes64,
};

export const PERSON_ROLES = ['data-manager', 'data-protection-officer', 'clinician', 'it-security'] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

/** Schema of a device's certificate. */
export const deviceCertificateSchema = z.strictObject({ kind: z.literal('device'), ...common });
/** Schema of a person's certificate. */
export const personCertificateSchema = z.strictObject({
  kind: z.literal('person'),
  role: z.enum(PERSON_ROLES),
  name: personName,
  ...common,
});

/** This device may sign rounds for the site. */
export type DeviceCertificate = Readonly<z.infer<typeof deviceCertificateSchema>>;
/** This person may sign plans for the site. */
export type PersonCertificate = Readonly<z.infer<typeof personCertificateSchema>>;
export type Certificate = DeviceCertificate | PersonCertificate;
/** A certificate before its signature. */
export type Unsigned<One extends Certificate> = Omit<One, 'signature'>;

/** What the root key signs. */
export function certificateBytes(certificate: Unsigned<DeviceCertificate> | Unsigned<PersonCertificate>): Uint8Array<ArrayBuffer> {
  const { kind, study, rootKey, key, issuedAt, expiresAt } = certificate;
  const [role, name] = certificate.kind === 'person' ? [certificate.role, certificate.name] : ['', ''];
  return lengthPrefixed(['consilium certificate 1', kind, study, fromBase64(rootKey), fromBase64(key), role, name, issuedAt, expiresAt]);
}

export type CertificateFlaw = 'wrong-study' | 'bad-signature' | 'bad-times' | 'not-yet-valid' | 'expired';

/**
 * The first thing wrong with a certificate, or null.
 *
 * @param input.at - Now, in seconds since 1970, by the clock of whoever checks.
 * @returns `bad-times` when it would hold for more than 90 days; `not-yet-valid` when it was issued more than a day ahead of `at`.
 */
export function flawInCertificate(input: {
  readonly certificate: Certificate;
  readonly study: string;
  readonly at: number;
  readonly verify: Verify;
}): CertificateFlaw | null {
  const { certificate, study, at, verify } = input;
  const { issuedAt, expiresAt, rootKey, signature } = certificate;
  if (certificate.study !== study) return 'wrong-study';
  if (!verify(fromBase64(rootKey), certificateBytes(certificate), fromBase64(signature))) return 'bad-signature';
  if (expiresAt <= issuedAt || expiresAt - issuedAt > CERTIFICATE_SECONDS) return 'bad-times';
  if (issuedAt > at + CLOCK_TOLERANCE_SECONDS) return 'not-yet-valid';
  return at > expiresAt ? 'expired' : null;
}
