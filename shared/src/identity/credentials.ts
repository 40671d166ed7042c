/**
 * The credentials of a study: which device speaks for each site of a roster. They travel beside the roster, so that a renewed device is
 * no new roster.
 *
 * Rule: of a site's certificates that hold and whose key is not suspended the newest counts; a site without one speaks for nobody.
 */
import * as z from 'zod';
import { fromBase64 } from '../crypto/index.ts';
import {
  type Certificate,
  type CertificateFlaw,
  certificateBytes,
  type DeviceCertificate,
  deviceCertificateSchema,
  flawInCertificate,
} from './certificate.ts';
import { MAX_SITES } from './fields.ts';
import type { Roster } from './roster.ts';
import { isSuspensionSigned, type Suspension, suspensionSchema } from './suspension.ts';
import type { Verify } from './verify.ts';

/** Schema of the credentials as they travel. */
export const credentialsSchema = z.strictObject({
  certificates: z.array(deviceCertificateSchema).max(8 * MAX_SITES),
  suspensions: z.array(suspensionSchema).max(8 * MAX_SITES),
});
export interface Credentials {
  readonly certificates: readonly DeviceCertificate[];
  readonly suspensions: readonly Suspension[];
}
export const NO_CREDENTIALS: Credentials = { certificates: [], suspensions: [] };

/** Device keys by roster index, base64: who may sign for whom. */
export type DeviceKeys = ReadonlyMap<number, string>;

export type CredentialFlaw = CertificateFlaw | 'no-certificate' | 'suspended';

export interface JudgedCredentials {
  readonly keys: DeviceKeys;
  /** Sites of the roster without a key, and why. */
  readonly flaws: readonly { readonly site: number; readonly code: CredentialFlaw }[];
}

/**
 * Which device key speaks for each site.
 *
 * @param input.study - The plan's short name.
 * @param input.at - Now, in seconds since 1970.
 * @param input.suspended - Device keys, base64, that this site has seen suspended before: a suspension cannot be taken back.
 */
export function judgeCredentials(input: {
  readonly roster: Roster;
  readonly study: string;
  readonly credentials: Credentials;
  readonly at: number;
  readonly verify: Verify;
  readonly suspended?: ReadonlySet<string>;
}): JudgedCredentials {
  const { roster, credentials, at, verify } = input;
  const suspended = new Set([...(input.suspended ?? []), ...suspendedKeys(credentials, verify)]);
  const keys = new Map<number, string>();
  const flaws: { site: number; code: CredentialFlaw }[] = [];
  for (const { index, rootKey } of roster.sites) {
    const own = credentials.certificates.filter((certificate) => certificate.rootKey === rootKey).sort(newestFirst);
    const judged = own.map((certificate) => ({ key: certificate.key, flaw: flawOf(certificate) }));
    const good = judged.find(({ flaw }) => flaw === null);
    if (good !== undefined) keys.set(index, good.key);
    else flaws.push({ site: index, code: judged[0]?.flaw ?? 'no-certificate' });
  }
  return { keys, flaws };

  function flawOf(certificate: DeviceCertificate): CredentialFlaw | null {
    return suspended.has(certificate.key) ? 'suspended' : flawInCertificate({ certificate, study: input.study, at, verify });
  }
}

/**
 * Every key that a site's root has certified, whether it holds today or not: for signatures that were given once and stay, such as the one
 * under a plan.
 *
 * @returns By roster index, base64.
 */
export function certifiedKeys(
  { roster, study }: { readonly roster: Roster; readonly study: string },
  { certificates }: Credentials,
  verify: Verify,
): ReadonlyMap<number, readonly string[]> {
  const isGenuine = (one: Certificate) =>
    one.study === study && verify(fromBase64(one.rootKey), certificateBytes(one), fromBase64(one.signature));
  return new Map(
    roster.sites.map(({ index, rootKey }) => [
      index,
      certificates.filter((one) => one.rootKey === rootKey && isGenuine(one)).map(({ key }) => key),
    ]),
  );
}

/**
 * The certified keys whose signatures under a list of hospitals count: also of devices that were replaced, never of suspended ones.
 *
 * @param input.suspended - Device keys, base64, that this site has seen suspended before.
 */
export function lastingKeys(input: {
  readonly roster: Roster;
  readonly study: string;
  readonly credentials: Credentials;
  readonly verify: Verify;
  readonly suspended?: Iterable<string>;
}): ReadonlyMap<number, readonly string[]> {
  const { credentials, verify, suspended = [] } = input;
  const out = new Set([...suspended, ...suspendedKeys(credentials, verify)]);
  const certified = certifiedKeys(input, credentials, verify);
  return new Map([...certified].map(([site, keys]) => [site, keys.filter((key) => !out.has(key))]));
}

/** Device keys that are suspended by a good signature, base64. */
export function suspendedKeys({ suspensions, certificates }: Credentials, verify: Verify): ReadonlySet<string> {
  const rootOf = new Map(certificates.map(({ key, rootKey }) => [key, rootKey]));
  const genuine = suspensions.filter((one) => rootOf.get(one.key) === one.rootKey && isSuspensionSigned(one, verify));
  return new Set(genuine.map(({ key }) => key));
}

/** Equal times are ordered by key, so that everybody takes the same one. */
function newestFirst(a: Certificate, b: Certificate): number {
  return b.issuedAt - a.issuedAt || (a.key < b.key ? -1 : 1);
}
