/** The people who sign for hospitals: certified or taken back by the hospital's root key, and what each says to plan and list. */
import type { StudyEvent, StudyPhase, StudyRunner, StudySite } from '@consilium/shared/federation';
import { flawInCertificate, type PersonCertificate, type Roster, type Suspension } from '@consilium/shared/identity';
import { verifyEd25519 } from '../audit/index.ts';
import type { Outcome } from './hospital-devices.ts';

/** What a hospital's tab and its people are told of them. */
export interface PeopleView {
  readonly site: string;
  readonly name: string;
  readonly phase: StudyPhase;
  readonly planHash: string;
  /** The list in force; null before there is one. */
  readonly roster: Roster | null;
  /** The program that the hospital's device has signed for; null before it has. */
  readonly program: string | null;
  readonly people: readonly { readonly certificate: PersonCertificate; readonly hasSigned: boolean; readonly refusal: string | null }[];
}

/** A word of a person under plan and list. */
export type PersonWord =
  | Omit<Extract<StudyEvent, { type: 'person-approved' }>, 'site'>
  | Omit<Extract<StudyEvent, { type: 'person-refused' }>, 'site'>;

export interface HospitalSigners {
  certifySigner(certificate: PersonCertificate): Promise<Outcome>;
  withdrawSigner(suspension: Suspension): Promise<Outcome>;
  /** Yes or no. */
  takeWord(word: PersonWord): Promise<Outcome>;
  /** The people beside whom this key stands: the hospital's root key, or one of theirs. */
  peopleAround(key: string): PeopleView | null;
  isWithdrawn(key: string): boolean;
}

const TEXTS: Readonly<Record<string, string>> = {
  'root-unknown': 'No hospital of this study has this key.',
  'clock-wrong': 'The clocks of this computer and of the coordinator differ by more than a day.',
  'bad-signature': 'A signature does not fit.',
  'list-made': 'The list of hospitals is made. The people who sign change with the next version of the study only.',
  'person-unknown': 'No hospital of this study has certified this person.',
  'person-expired': 'The certificate of this person has ended.',
  'person-twice': 'This key is in the study already.',
  'person-same-name': 'The other person of this hospital has the same name.',
  'people-complete': 'Two people sign for this hospital already.',
  'too-many-people': 'This hospital has certified too many people in this study.',
  'person-withdrawn': 'This hospital has taken this person back.',
  'person-not-listed': 'This person is not on the list of hospitals.',
  'program-differs': 'The browser of the hospital has signed for another program.',
  'already-signed': 'This hospital has signed already.',
};
const refused = (code: string): Outcome => ({ ok: false, code, text: TEXTS[code] ?? code });

export function hospitalSigners(parts: {
  /** The short name of the study, which certificates name. */
  readonly study: string;
  readonly runner: StudyRunner;
  readonly now: () => number;
  dispatch(event: StudyEvent): Promise<Outcome>;
}): HospitalSigners {
  const { study, runner, now, dispatch } = parts;
  const sites = (): StudySite[] => runner.view().sites.flatMap(({ id }) => runner.site(id) ?? []);
  const told = (outcome: Outcome): Outcome => (outcome.ok ? outcome : refused(outcome.code));

  const flawNow = (certificate: PersonCertificate) =>
    flawInCertificate({ certificate, study, at: Math.floor(now() / 1000), verify: verifyEd25519 });

  const ofPerson = (key: string): StudySite | undefined =>
    sites().find(({ signers }) => signers.some(({ certificate }) => certificate.key === key));

  return {
    async certifySigner(certificate) {
      const site = sites().find(({ rootKey }) => rootKey === certificate.rootKey);
      if (site === undefined) return refused('root-unknown');
      const flaw = flawNow(certificate);
      if (flaw !== null) return refused(flaw === 'expired' || flaw === 'not-yet-valid' ? 'clock-wrong' : 'bad-signature');
      return told(await dispatch({ type: 'person-certified', site: site.id, certificate }));
    },
    async withdrawSigner(suspension) {
      const site = ofPerson(suspension.key);
      if (site === undefined || site.rootKey !== suspension.rootKey) return refused('person-unknown');
      return told(await dispatch({ type: 'person-withdrawn', site: site.id, suspension }));
    },
    async takeWord(word) {
      const site = ofPerson(word.key);
      const signer = site?.signers.find(({ certificate }) => certificate.key === word.key);
      if (site === undefined || signer === undefined) return refused('person-unknown');
      if (flawNow(signer.certificate) !== null) return refused('person-expired');
      return told(await dispatch({ ...word, site: site.id }));
    },
    peopleAround(key) {
      const site = sites().find(({ rootKey }) => rootKey === key) ?? ofPerson(key);
      if (site === undefined) return null;
      const { phase, planHash, sites: shown } = runner.view();
      const seen = shown.find(({ id }) => id === site.id)?.people ?? [];
      const people = site.signers.map(({ certificate, refusal }, at) => ({
        certificate,
        refusal,
        hasSigned: seen[at]?.hasSigned === true,
      }));
      const { id, name } = site;
      return { site: id, name, phase, planHash, roster: runner.roster(), program: runner.approvalOf(id)?.clientHash ?? null, people };
    },
    isWithdrawn: (key) => sites().some(({ id }) => runner.credentialsOf(id).suspensions.some((one) => one.key === key)),
  };
}
