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
 * @param input.suspended - What this site has seen suspended before, as `suspendedKeys` gives it: a suspension cannot be taken back.
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
  const suspended = new Set([...(input.suspended ?? []), ...suspendedKeys(input, credentials, verify)]);
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
    return suspended.has(suspendedName(certificate)) ? 'suspended' : flawInCertificate({ certificate, study: input.study, at, verify });
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
  return new Map(
    roster.sites.map(({ index, rootKey }) => [
      index,
      certificates.filter((one) => one.rootKey === rootKey && isGenuine(one, study, verify)).map(({ key }) => key),
    ]),
  );
}

const isGenuine = (one: Certificate, study: string, verify: Verify): boolean =>
  one.study === study && verify(fromBase64(one.rootKey), certificateBytes(one), fromBase64(one.signature));

/**
 * The certified keys whose signatures under a list of hospitals count: also of devices that were replaced, never of suspended ones.
 *
 * @param input.suspended - What this site has seen suspended before, as `suspendedKeys` gives it.
 */
export function lastingKeys(input: {
  readonly roster: Roster;
  readonly study: string;
  readonly credentials: Credentials;
  readonly verify: Verify;
  readonly suspended?: Iterable<string>;
}): ReadonlyMap<number, readonly string[]> {
  const { roster, credentials, verify, suspended = [] } = input;
  const out = new Set([...suspended, ...suspendedKeys(input, credentials, verify)]);
  const certified = certifiedKeys(input, credentials, verify);
  return new Map(
    roster.sites.map(({ index, rootKey }) => [
      index,
      (certified.get(index) ?? []).filter((key) => !out.has(suspendedName({ rootKey, key }))),
    ]),
  );
}

/** A root key takes out what it has certified itself; the same key under another root key is another hospital's business. */
const suspendedName = ({ rootKey, key }: { readonly rootKey: string; readonly key: string }): string => `${rootKey} ${key}`;

/**
 * The device keys that are suspended: by a good signature for this study, of a root key on the roster, and certified by that same root key.
 *
 * @returns Root key and device key of each, base64, with a space between.
 */
export function suspendedKeys(
  { roster, study }: { readonly roster: Roster; readonly study: string },
  { suspensions, certificates }: Credentials,
  verify: Verify,
): ReadonlySet<string> {
  const roots = new Set(roster.sites.map(({ rootKey }) => rootKey));
  const isCertified = ({ rootKey, key }: Suspension): boolean =>
    certificates.some((one) => one.rootKey === rootKey && one.key === key && isGenuine(one, study, verify));
  const isGood = (one: Suspension): boolean =>
    one.study === study && roots.has(one.rootKey) && isSuspensionSigned(one, verify) && isCertified(one);
  return new Set(suspensions.filter(isGood).map(suspendedName));
}

/** Of one hospital a site remembers this many suspended devices: as many as a study's coordinator lets it certify, several times over. */
const MOST_REMEMBERED = 64;

/** What a site remembers of suspensions after it has seen more, oldest first; bounded by the hospitals on its lists. */
export function rememberedSuspensions(before: readonly string[], seen: ReadonlySet<string>): readonly string[] {
  const kept = [...before];
  for (const name of seen) {
    const ofRoot = kept.filter((one) => one.startsWith(name.slice(0, name.indexOf(' ') + 1)));
    if (!kept.includes(name) && ofRoot.length < MOST_REMEMBERED) kept.push(name);
  }
  return kept.length === before.length ? before : kept;
}

/** Equal times are ordered by key, so that everybody takes the same one. */
function newestFirst(a: Certificate, b: Certificate): number {
  return b.issuedAt - a.issuedAt || (a.key < b.key ? -1 : 1);
}
