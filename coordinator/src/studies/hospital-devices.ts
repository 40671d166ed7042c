/**
 * Hospitals of a study and the devices that speak for them: who joins, which device is certified, replaced or suspended, who is put out.
 *
 * Rule: a request is judged before it is written to the log, since anyone who has the address could make the log grow.
 */
import type { StudyEvent, StudyRunner, StudySite } from '@consilium/shared/federation';
import {
  type Credentials,
  type DeviceCertificate,
  flawInCertificate,
  isSuspensionSigned,
  type Suspension,
} from '@consilium/shared/identity';
import { verifyEd25519 } from '../audit/index.ts';

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly text: string };

export interface Newcomer {
  readonly site: string;
  readonly name: string;
  readonly certificate: DeviceCertificate;
}

/** A hospital as it goes over to the next version of its study. */
export interface Member extends Newcomer {
  /** Of the device of its certificate, where that is suspended. */
  readonly suspension: Suspension | null;
}

/** What a device key is at its site. */
export type Standing = 'current' | 'expired' | 'replaced' | 'suspended' | 'unknown';

export interface HospitalDevices {
  member(site: string): StudySite | null;
  /** Every hospital that has joined and not left, with the certificate of its newest device, be it expired or suspended. */
  members(): readonly Member[];
  /** The site with this root key, and what its root key has issued. */
  ownerOf(rootKey: string): { readonly site: StudySite; readonly credentials: Credentials } | null;
  standing(site: string, deviceKey: string): Standing;
  /** Adds a site. The same device again is answered the same; another root key for the same site is `taken`. */
  join(newcomer: Newcomer): Promise<Outcome>;
  /** Takes a hospital over from the version before, under the rule of the log, which knows no time; whoever connects is judged by the clock. */
  seat(member: Member): Promise<Outcome>;
  /** Another device speaks for the site of its root key. */
  certify(certificate: DeviceCertificate): Promise<Outcome>;
  /** A device no longer speaks for its site. */
  suspend(suspension: Suspension): Promise<Outcome>;
  /** Asks the other hospitals for a list without this one. */
  putOff(site: string): Promise<Outcome>;
  /** Takes a hospital's seat back, before the list of hospitals is made; its tab is told at once. */
  remove(site: string): Promise<Outcome>;
}

/** Devices a site may certify in one study: enough for years of ninety days, too few to fill a log. */
const MOST_DEVICES = 8;
const NO_OWNER: Outcome = { ok: false, code: 'root-unknown', text: 'No hospital of this study has this key.' };
const UNSIGNED: Outcome = { ok: false, code: 'bad-signature', text: 'The signature of the hospital’s root key does not fit.' };
const WRONG_CLOCK: Outcome = {
  ok: false,
  code: 'clock-wrong',
  text: 'The clocks of this computer and of the coordinator differ by more than a day.',
};
const TOO_MANY_DEVICES: Outcome = {
  ok: false,
  code: 'too-many-devices',
  text: 'This hospital has certified too many devices in this study.',
};
const LISTED: Outcome = {
  ok: false,
  code: 'hospital-listed',
  text: 'The list of hospitals is made. The other hospitals can sign one without this hospital; or the study can be stopped.',
};
export function hospitalDevices(parts: {
  /** The short name of the study, which certificates name. */
  readonly study: string;
  readonly runner: StudyRunner;
  readonly now: () => number;
  dispatch(event: StudyEvent): Promise<Outcome>;
  /** The tab that leads is told and let go. */
  dismiss(site: string, code: string, text: string): void;
}): HospitalDevices {
  const { study, runner, dispatch, dismiss } = parts;

  function ownerOf(rootKey: string): { site: StudySite; credentials: Credentials } | null {
    const found = runner.view().sites.find((known) => runner.site(known.id)?.rootKey === rootKey);
    const site = found === undefined ? null : runner.site(found.id);
    return site === null ? null : { site, credentials: runner.credentialsOf(site.id) };
  }

  /** Why a certificate is not taken today. */
  const flawNow = (certificate: DeviceCertificate): Outcome | null => {
    const at = Math.floor(parts.now() / 1000);
    const flaw = flawInCertificate({ certificate, study, at, verify: verifyEd25519 });
    if (flaw === null) return null;
    return flaw === 'expired' || flaw === 'not-yet-valid' ? WRONG_CLOCK : UNSIGNED;
  };

  return {
    member: (site) => runner.site(site),
    members: () =>
      runner.view().sites.flatMap(({ id: site, name }) => {
        const { certificates, suspensions } = runner.credentialsOf(site);
        const certificate = certificates.at(-1);
        if (certificate === undefined || runner.site(site)?.departure !== null) return [];
        return [{ site, name, certificate, suspension: suspensions.find(({ key }) => key === certificate.key) ?? null }];
      }),
    ownerOf,
    standing(site, key) {
      const { certificates, suspensions } = runner.credentialsOf(site);
      const certificate = certificates.findLast((one) => one.key === key);
      if (certificate === undefined) return 'unknown';
      if (suspensions.some((one) => one.key === key)) return 'suspended';
      if (runner.site(site)?.deviceKey !== key) return 'replaced';
      return certificate.expiresAt * 1000 < parts.now() ? 'expired' : 'current';
    },
    async join(newcomer) {
      const { certificate, site } = newcomer;
      const known = runner.site(site);
      // Refusals are not written to the log: anyone who has the address could make it grow.
      if (known !== null) {
        const isSame = known.rootKey === certificate.rootKey && known.deviceKey === certificate.key;
        return isSame ? { ok: true } : { ok: false, code: 'taken', text: 'This hospital has already joined with another key.' };
      }
      const flaw = flawNow(certificate);
      if (flaw !== null) return flaw;
      if (ownerOf(certificate.rootKey) !== null) return { ok: false, code: 'taken', text: 'This key is that of another hospital.' };
      return dispatch({ type: 'joined', ...newcomer });
    },
    async seat({ site, name, certificate, suspension }) {
      const outcome = await dispatch({ type: 'joined', site, name, certificate });
      return outcome.ok && suspension !== null ? dispatch({ type: 'suspended', site, suspension }) : outcome;
    },
    async certify(certificate) {
      const owner = ownerOf(certificate.rootKey);
      if (owner === null) return NO_OWNER;
      if (owner.site.deviceKey === certificate.key) return { ok: true };
      const flaw = flawNow(certificate);
      if (flaw !== null) return flaw;
      if (owner.credentials.certificates.length >= MOST_DEVICES) return TOO_MANY_DEVICES;
      const outcome = await dispatch({ type: 'certified', site: owner.site.id, certificate });
      if (outcome.ok) dismiss(owner.site.id, 'device-replaced', 'Another device speaks for this hospital now.');
      return outcome;
    },
    async remove(site) {
      const outcome = await dispatch({ type: 'removed', site });
      if (outcome.ok) dismiss(site, 'seat-removed', 'The coordinator has taken this hospital out of the study.');
      return outcome.ok || outcome.code !== 'wrong-phase' ? outcome : LISTED;
    },
    putOff: (site) => dispatch({ type: 'put-off', site }),
    async suspend(suspension) {
      const owner = ownerOf(suspension.rootKey);
      if (owner === null || !owner.credentials.certificates.some((one) => one.key === suspension.key)) return NO_OWNER;
      if (suspension.study !== study || !isSuspensionSigned(suspension, verifyEd25519)) return UNSIGNED;
      const wasLeading = owner.site.deviceKey === suspension.key;
      const outcome = await dispatch({ type: 'suspended', site: owner.site.id, suspension });
      if (outcome.ok && wasLeading) dismiss(owner.site.id, 'device-suspended', 'This hospital has suspended the key of this device.');
      return outcome;
    },
  };
}
