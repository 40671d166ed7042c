/** Hospitals for the tests of `identity`: root keys, devices and rosters, all from plain counters. */
import { ed25519PublicKey, ed25519Verify, toBase64 } from '@consilium/shared/crypto';
import {
  issueDeviceCertificate,
  issuePersonCertificate,
  NO_HASH,
  type PersonCertificate,
  type Roster,
  type Verify,
} from '@consilium/shared/identity';

export const NOW = 1_800_000_000;
export const DAY = 86_400;
export const STUDY = 'example';

export const secretOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);
export const publicOf = (number: number): string => toBase64(ed25519PublicKey(secretOf(number)));
export const verify: Verify = (key, bytes, signature) => ed25519Verify(signature, bytes, key);

/** Root key of a site, and its device with a number. */
export const rootOf = (site: number): number => 100 + site;
export const deviceOf = (site: number, device = 0): number => 1 + 10 * site + device;

export const certificateOf = (site: number, { device = 0, at = NOW - 10 * DAY, study = STUDY } = {}) =>
  issueDeviceCertificate({ study, rootSecret: secretOf(rootOf(site)), key: publicOf(deviceOf(site, device)), at });

export function rosterOf(sites: readonly number[], change: Partial<Roster> = {}): Roster {
  return {
    version: 1,
    previous: NO_HASH,
    study: STUDY,
    sites: sites.map((index) => ({ index, id: `site-${index}`, name: `Hospital ${index}`, rootKey: publicOf(rootOf(index)) })),
    coordinatorKey: publicOf(250),
    policy: { minimum: 3 },
    ...change,
  };
}

/** Key of a person of a site, by a number. */
export const personKeyOf = (site: number, person: number): number => 5 + 10 * site + person;

export const personOf = (site: number, person: number, change: { readonly name?: string; readonly at?: number } = {}): PersonCertificate =>
  issuePersonCertificate({
    ...{ study: STUDY, rootSecret: secretOf(rootOf(site)), key: publicOf(personKeyOf(site, person)), at: change.at ?? NOW - DAY },
    ...{ role: person === 1 ? 'data-manager' : 'data-protection-officer', name: change.name ?? `Person ${person}` },
  });

/** A roster in which the hospitals of these places have declared people who sign. */
export const withSigners = (roster: Roster, people: { readonly [site: number]: readonly PersonCertificate[] }): Roster => ({
  ...roster,
  sites: roster.sites.map((site) => (people[site.index] === undefined ? site : { ...site, signers: people[site.index] })),
});
