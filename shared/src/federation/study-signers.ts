/**
 * The people who sign a hospital's plans, at the coordinator: who was certified or taken back, who has signed, who has said no.
 *
 * Rules: people change only before the list of hospitals is made. A hospital that has declared people has signed once its device and both of them
 * have, over one plan, one list and one program; until then nothing of it is counted, and no round opens.
 */
import { fromBase64 } from '../crypto/index.ts';
import {
  flawInNewSigner,
  isGenuineSigner,
  isSuspensionSigned,
  type Roster,
  rosterHash,
  SIGNERS,
  type Suspension,
  type Verify,
} from '../identity/index.ts';
import { approveBytes, refusalBytes } from '../protocol/index.ts';
import type { StudyEvent } from './contracts.ts';
import { announcePhase, type RefusedBecause, refuse, type StudyStep, stay } from './study-effects.ts';
import { indexOf, replaceSite, type StudySigner, type StudyState, siteById } from './study-state.ts';

/** Words a person may say in one study: enough to change its mind, too few to fill a log. */
const MOST_WORDS = 50;
/** People a hospital may certify in one study, those it has taken back among them. */
const MOST_PEOPLE = 8;

type Of<Type extends StudyEvent['type']> = Extract<StudyEvent, { type: Type }>;

/** Another person signs for the site from now on. */
export function certifySigner(state: StudyState, { site: id, certificate }: Of<'person-certified'>, verify: Verify): StudyStep {
  const site = siteById(state, id);
  if (site === undefined || site.rootKey !== certificate.rootKey) return refuse(state, id, 'not-on-roster');
  const known = site.signers.map((signer) => signer.certificate);
  if (known.some((one) => one.key === certificate.key && one.signature === certificate.signature)) return stay(state);
  if (state.phase !== 'gathering') return refuse(state, id, 'list-made');
  const taken = state.suspensions.filter(({ rootKey }) => rootKey === site.rootKey);
  if (taken.some(({ key }) => key === certificate.key)) return refuse(state, id, 'person-withdrawn');
  const isDevice = ({ key }: Suspension) => state.certificates.some((one) => one.key === key && one.rootKey === site.rootKey);
  if (known.length + taken.filter((one) => !isDevice(one)).length >= MOST_PEOPLE) return refuse(state, id, 'too-many-people');
  const flaw = isKeyTaken(state, certificate.key) ? 'person-twice' : flawInNewSigner(known, certificate);
  if (flaw !== null) return refuse(state, id, flaw);
  if (!isGenuineSigner(certificate, { study: state.plan.study, rootKey: site.rootKey }, verify)) return refuse(state, id, 'bad-signature');
  return told(replaceSite(state, id, { signers: [...site.signers, { certificate, given: null, refusal: null, words: 0 }] }));
}

/** Whether a key is that of another person, a device or a hospital of the study. */
const isKeyTaken = ({ sites, certificates }: StudyState, key: string): boolean =>
  sites.some(({ rootKey, signers }) => rootKey === key || signers.some(({ certificate }) => certificate.key === key)) ||
  certificates.some((one) => one.key === key);

/** The hospital takes a person back, by its root key. The key never signs for it again. */
export function withdrawSigner(state: StudyState, { site: id, suspension }: Of<'person-withdrawn'>, verify: Verify): StudyStep {
  const site = siteById(state, id);
  const isOwn = site?.signers.some(({ certificate }) => certificate.key === suspension.key) === true;
  if (site === undefined || site.rootKey !== suspension.rootKey || !isOwn) return refuse(state, id, 'not-on-roster');
  if (state.phase !== 'gathering') return refuse(state, id, 'list-made');
  const isSigned = suspension.by === 'root' && suspension.study === state.plan.study && isSuspensionSigned(suspension, verify);
  if (!isSigned) return refuse(state, id, 'bad-signature');
  const signers = site.signers.filter(({ certificate }) => certificate.key !== suspension.key);
  return told({ ...replaceSite(state, id, { signers }), suspensions: [...state.suspensions, suspension] });
}

/** The word of a person: yes with a signature, or no with a reason. Both name plan and list in force. */
type Word = Of<'person-approved'> | Of<'person-refused'>;

/** A person's signature under plan, roster and program. The same word again changes nothing. */
export function takeSignature(state: StudyState, event: Of<'person-approved'>, verify: Verify): StudyStep {
  const { site: id, key, planHash, rosterHash: list, clientHash, signature } = event;
  const place = placeOf(state, event);
  if (typeof place === 'string') return refuse(state, id, place);
  const bytes = approveBytes(place, { planHash, rosterHash: list, clientHash });
  if (!verify(fromBase64(key), bytes, fromBase64(signature))) return refuse(state, id, 'bad-signature');
  const ofDevice = state.approvals[id];
  if (ofDevice !== undefined && ofDevice.clientHash !== clientHash) return refuse(state, id, 'program-differs');
  if (personOf(state, event)?.given?.signature === signature) return stay(state);
  return { state: withWord(state, id, key, { given: { planHash, rosterHash: list, clientHash, signature }, refusal: null }), effects: [] };
}

/** A person says no; once the hospital's yes is whole, that is too late. */
export function takeRefusal(state: StudyState, event: Of<'person-refused'>, verify: Verify): StudyStep {
  const { site: id, key, planHash, reason, signature } = event;
  const place = placeOf(state, event);
  if (typeof place === 'string') return refuse(state, id, place);
  if (!verify(fromBase64(key), refusalBytes(place, { planHash, reason }), fromBase64(signature))) return refuse(state, id, 'bad-signature');
  if (siteById(state, id)?.hasApproved === true) return refuse(state, id, 'already-signed');
  if (personOf(state, event)?.refusal === reason) return stay(state);
  return told(withWord(state, id, key, { given: null, refusal: reason }));
}

/** Under which list and for which place a person's word is, or why it is not heard. */
function placeOf(state: StudyState, word: Word): { readonly roster: Roster; readonly site: number } | RefusedBecause {
  const { roster } = state;
  const site = indexOf(state, word.site);
  if (roster === null || site === null) return 'not-on-roster';
  if (word.planHash !== state.planHash) return 'wrong-plan';
  if (word.rosterHash !== rosterHash(roster)) return 'roster-mismatch';
  const entry = roster.sites.find(({ id }) => id === word.site);
  if (entry?.signers?.some(({ key }) => key === word.key) !== true) return 'person-not-listed';
  return (personOf(state, word)?.words ?? 0) < MOST_WORDS ? { roster, site } : 'too-many-words';
}

const personOf = (state: StudyState, { site, key }: Pick<Word, 'site' | 'key'>): StudySigner | undefined =>
  siteById(state, site)?.signers.find(({ certificate }) => certificate.key === key);

/** Whether a hospital has certified one person and not yet the other: nobody makes a list then. */
export const lacksSigner = ({ signers }: { readonly signers: readonly StudySigner[] }): boolean =>
  signers.length > 0 && signers.length < SIGNERS;

const told = (state: StudyState): StudyStep => ({ state, effects: announcePhase(state) });

const withWord = (state: StudyState, id: string, key: string, word: Pick<StudySigner, 'given' | 'refusal'>): StudyState =>
  replaceSite(state, id, {
    signers: (siteById(state, id)?.signers ?? []).map((signer) =>
      signer.certificate.key === key ? { ...signer, ...word, words: signer.words + 1 } : signer,
    ),
  });
