/** What the page of a person who signs makes of what the coordinator says of it. Pure; the coordinator is believed in nothing that is signed. */
import { flawInCertificate, type Roster, rosterHash, type Verify } from '@consilium/shared/identity';
import type { KeptPerson } from './local-store.ts';
import type { PeopleAround } from './people-api.ts';
import type { PersonStep, PersonView } from './person-view.ts';

export type PersonVerdict =
  /** Nothing is signed here any more, by this code. */
  | { readonly kind: 'ended'; readonly code: string }
  /** The hospital has taken this key, until a moment in seconds since 1970; the list of hospitals is not made yet. */
  | { readonly kind: 'taken'; readonly until: number }
  | { readonly kind: 'listed'; readonly until: number; readonly roster: Roster; readonly index: number };

/**
 * @param input.own - Public key of this browser, base64.
 * @param input.study - The plan's short name.
 * @param input.planHash - Of the plan that was read here.
 * @param input.at - Now, seconds since 1970.
 */
export function judgePerson(input: {
  readonly around: PeopleAround;
  readonly own: string;
  readonly person: Pick<KeptPerson, 'name' | 'role'>;
  readonly study: string;
  readonly planHash: string;
  readonly at: number;
  readonly verify: Verify;
}): PersonVerdict {
  const { around, own, person, study, planHash, at, verify } = input;
  const me = around.people.find(({ certificate }) => certificate.key === own);
  const ended = (code: string): PersonVerdict => ({ kind: 'ended', code });
  if (me === undefined || me.certificate.name !== person.name || me.certificate.role !== person.role) return ended('person-altered');
  const { certificate } = me;
  const flaw = flawInCertificate({ certificate, study, at, verify });
  if (flaw === 'not-yet-valid') return ended('clock-wrong');
  // What was signed in time stays signed.
  if (flaw === 'expired' && !me.hasSigned) return ended('person-expired');
  if (flaw !== null && flaw !== 'expired') return ended('person-altered');
  if (around.planHash !== planHash) return ended('wrong-plan');
  const { roster } = around;
  const until = certificate.expiresAt;
  if (roster === null) return { kind: 'taken', until };
  const entry = roster.sites.find(({ id }) => id === around.site);
  const isListed = entry?.signers?.some(({ key, signature }) => key === own && signature === certificate.signature) === true;
  return entry !== undefined && isListed ? { kind: 'listed', until, roster, index: entry.index } : ended('person-not-listed');
}

/** What there is to do under a list; a form that is being filled in stays. @param roster - The list in force. */
export function stepUnder({ step, person, people, phase }: PersonView, roster: Roster, own: string): PersonStep {
  const me = people.find(({ key }) => key === own);
  if (phase === 'stopped') return { step: 'ended', trouble: { code: 'study-stopped', text: '' } };
  if (me?.hasSigned === true) return { step: 'signed' };
  if (person?.comparedList !== rosterHash(roster)) return step.step === 'words' ? step : { step: 'words', check: null };
  if (step.step === 'sign' && !step.busy) return step;
  return me?.refusal == null ? { step: 'sign', busy: false } : { step: 'refused', reason: me.refusal };
}
