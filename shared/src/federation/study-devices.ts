/**
 * Devices of a study at its coordinator: a renewed or replaced device takes the place of the one before; a suspended one loses it at once.
 *
 * Rule: what counts is the root key's signature. Times are left to whoever takes the request and to the sites, since a replay of the log
 * must judge as the first time.
 */
import { fromBase64 } from '../crypto/index.ts';
import { certificateBytes, type DeviceCertificate, isSuspensionSigned, type Verify } from '../identity/index.ts';
import { approveBytes, roundStep } from '../protocol/index.ts';
import type { StudyEvent } from './contracts.ts';
import { andThen, announcePhase, credentialsMessage, refuse, type StudyStep, stay, toAll } from './study-effects.ts';
import { applyRound, openNext } from './study-rounds.ts';
import { indexOf, replaceSite, type StudyState, siteById } from './study-state.ts';
import { settledApprovals } from './whole-approval.ts';

/** Whether two papers are of one key under one root key. */
const isSameKey = (a: KeyOfRoot, b: KeyOfRoot): boolean => a.key === b.key && a.rootKey === b.rootKey;
type KeyOfRoot = Pick<DeviceCertificate, 'key' | 'rootKey'>;

/** Whether a key is, or was at any time, that of another hospital's device. */
export const isOthersDevice = ({ certificates }: StudyState, { key, rootKey }: KeyOfRoot): boolean =>
  certificates.some((one) => one.key === key && one.rootKey !== rootKey);

/** Whether a certificate is of this study, signed by the root key it names, and of no key that it has suspended. */
export function isGenuine(state: StudyState, certificate: DeviceCertificate, verify: Verify): boolean {
  const { study, rootKey, signature } = certificate;
  if (study !== state.plan.study || state.suspensions.some((one) => isSameKey(one, certificate))) return false;
  return verify(fromBase64(rootKey), certificateBytes(certificate), fromBase64(signature));
}

/** Another device speaks for the site: its rows are not ready there, and what the device before was doing is over. */
export function certify(state: StudyState, event: Extract<StudyEvent, { type: 'certified' }>, verify: Verify): StudyStep {
  const { site: id, certificate } = event;
  const site = siteById(state, id);
  if (site === undefined || site.rootKey !== certificate.rootKey) return refuse(state, id, 'not-on-roster');
  if (isOthersDevice(state, certificate)) return refuse(state, id, 'taken');
  if (!isGenuine(state, certificate, verify)) return refuse(state, id, 'bad-signature');
  const last = state.certificates.findLast((one) => one.rootKey === site.rootKey);
  if (site.deviceKey === certificate.key) return stay(state);
  // Every site takes the newest certificate; two of one second would be taken by chance.
  if (last !== undefined && last.issuedAt >= certificate.issuedAt) return refuse(state, id, 'certificate-older');
  const next = { ...replaceSite(state, id, { deviceKey: certificate.key }), certificates: [...state.certificates, certificate] };
  return takenOver(next, id, verify);
}

/** A device no longer speaks for the site, whoever holds it; everybody is told at once. */
export function suspend(state: StudyState, event: Extract<StudyEvent, { type: 'suspended' }>, verify: Verify): StudyStep {
  const { site: id, suspension } = event;
  const site = siteById(state, id);
  const isOwn = state.certificates.some((one) => isSameKey(one, suspension));
  if (site === undefined || site.rootKey !== suspension.rootKey || !isOwn) return refuse(state, id, 'not-on-roster');
  if (suspension.study !== state.plan.study || !isSuspensionSigned(suspension, verify)) return refuse(state, id, 'bad-signature');
  if (state.suspensions.some((one) => isSameKey(one, suspension))) return stay(state);
  const next = withoutItsYes({ ...state, suspensions: [...state.suspensions, suspension] }, id, suspension.key, verify);
  if (site.deviceKey !== suspension.key)
    return { state: next, effects: [...toAll(next, credentialsMessage(next)), ...announcePhase(next)] };
  return takenOver(replaceSite(next, id, { deviceKey: null }), id, verify);
}

/**
 * While the yeses to a list are gathered, that of a suspended device no longer counts: nobody knows who gave it. Rounds that have begun stand on what
 * was signed before; otherwise one hospital could end a study by a suspension.
 */
function withoutItsYes(state: StudyState, id: string, key: string, verify: Verify): StudyState {
  const { proposal } = state;
  const roster = proposal?.roster ?? state.roster;
  const { [id]: given, ...approvals } = proposal?.approvals ?? state.approvals;
  const site = roster?.sites.find((entry) => entry.id === id)?.index;
  if (state.phase !== 'signing' || roster === null || given === undefined || site === undefined) return state;
  if (!verify(fromBase64(key), approveBytes({ roster, site }, given), fromBase64(given.signature))) return state;
  if (proposal === null) return settledApprovals({ ...state, approvals });
  return { ...state, proposal: { ...proposal, approvals, signatures: proposal.signatures.filter((one) => one.site !== site) } };
}

/** Takes a seat back while the list of hospitals is open. Afterwards only a new list, signed by the hospitals, leaves one out. */
export function remove(state: StudyState, id: string): StudyStep {
  const site = siteById(state, id);
  if (site === undefined) return refuse(state, id, 'site-unknown');
  if (state.phase !== 'gathering') return refuse(state, id, 'wrong-phase');
  const ofOthers = <One extends { readonly rootKey: string }>(list: readonly One[]) =>
    list.filter(({ rootKey }) => rootKey !== site.rootKey);
  const { certificates, suspensions } = state;
  const next = {
    ...state,
    sites: state.sites.filter((other) => other.id !== id),
    certificates: ofOthers(certificates),
    suspensions: ofOthers(suspensions),
  };
  return { state: next, effects: announcePhase(next) };
}

function takenOver(state: StudyState, id: string, verify: Verify): StudyStep {
  const next = replaceSite(state, id, { isConnected: false, load: null, bands: null });
  const told: StudyStep = { state: next, effects: [...toAll(next, credentialsMessage(next)), ...announcePhase(next)] };
  const index = indexOf(next, id);
  const { round } = next;
  if (index === null) return told;
  if (round === null) return andThen(told, openNext);
  return andThen(told, (at) => applyRound(at, roundStep(round, { type: 'gone', site: index }, verify)));
}
