/** What the page of a person who signs believes, and which step it is at. */

import { emptyPerson, judgePerson, type PersonView, type ShownPerson, stepUnder } from '@consilium/client/session';
import { ed25519PublicKey, ed25519Sign, ed25519Verify, toBase64 } from '@consilium/shared/crypto';
import {
  CERTIFICATE_SECONDS,
  certificateBytes,
  issuePersonCertificate,
  NO_HASH,
  type Roster,
  rosterHash,
} from '@consilium/shared/identity';
import { describe, expect, it } from 'vitest';

const NOW = 1_800_000_000;
const secret = (fill: number) => new Uint8Array(32).fill(fill);
const keyOf = (fill: number) => toBase64(ed25519PublicKey(secret(fill)));
const certified = (fill: number, name: string, at = NOW - 60) =>
  issuePersonCertificate({ study: 'example', rootSecret: secret(1), key: keyOf(fill), at, role: 'clinician', name });
const [ada, ben] = [certified(11, 'Ada'), certified(12, 'Ben')];
const roster: Roster = {
  ...{ version: 1, previous: NO_HASH, study: 'example-2', coordinatorKey: keyOf(9), policy: { minimum: 3 } },
  sites: [
    { index: 0, id: 'harbour', name: 'Harbour', rootKey: keyOf(1), signers: [ada, ben] },
    { index: 1, id: 'lakeside', name: 'Lakeside', rootKey: keyOf(2) },
  ],
};
type Around = Parameters<typeof judgePerson>[0]['around'];
const around = (change: Partial<Around> = {}): Around => ({
  ...{ site: 'harbour', name: 'Harbour', phase: 'signing', planHash: 'a'.repeat(64), roster, program: null },
  people: [ada, ben].map((certificate) => ({ certificate, hasSigned: false, refusal: null })),
  ...change,
});
const judge = (change: Partial<Around> = {}, at = NOW) =>
  judgePerson({
    ...{ around: around(change), own: ada.key, person: { name: 'Ada', role: 'clinician' }, study: 'example', planHash: 'a'.repeat(64), at },
    verify: (key, bytes, signature) => ed25519Verify(signature, bytes, key),
  });
const withFirst = (certificate: typeof ada, hasSigned = false): Partial<Around> => ({
  people: [{ certificate, hasSigned, refusal: null }],
});
const codeOf = (verdict: ReturnType<typeof judge>) => (verdict.kind === 'ended' ? verdict.code : verdict.kind);

describe('a person who signs', () => {
  it('is taken, then listed, by a certificate over its own key, name and role that holds today', () => {
    expect(judge({ roster: null, phase: 'gathering' })).toEqual({ kind: 'taken', until: ada.expiresAt });
    expect(judge()).toEqual({ kind: 'listed', until: ada.expiresAt, roster, index: 0 });
  });

  it('believes nothing else: another name, role or key, a signature that does not fit, another study or plan, a list without it', () => {
    const resigned = { ...ada, name: 'Eve' };
    const eve = { ...resigned, signature: toBase64(ed25519Sign(certificateBytes(resigned), secret(1))) };
    expect(codeOf(judge(withFirst(eve)))).toBe('person-altered');
    expect(codeOf(judge(withFirst(ben)))).toBe('person-altered');
    expect(codeOf(judge(withFirst({ ...ada, signature: ben.signature })))).toBe('person-altered');
    expect(codeOf(judge(withFirst({ ...ada, study: 'another' })))).toBe('person-altered');
    expect(codeOf(judge({ planHash: 'b'.repeat(64) }))).toBe('wrong-plan');
    const named = (signers: readonly (typeof ada)[] | undefined): Roster => ({
      ...roster,
      sites: roster.sites.map(({ signers: _, ...site }) => (site.id === 'harbour' && signers !== undefined ? { ...site, signers } : site)),
    });
    for (const signers of [undefined, [ben, certified(13, 'Cleo')], [certified(11, 'Ada', NOW - 5), ben]])
      expect(codeOf(judge({ roster: named(signers) }))).toBe('person-not-listed');
    // The list of another hospital's people is not this hospital's.
    expect(codeOf(judge({ site: 'lakeside' }))).toBe('person-not-listed');
  });

  it('signs nothing with a certificate that has ended; what it signed in time stays signed', () => {
    const late = NOW + CERTIFICATE_SECONDS + 60;
    expect(codeOf(judge({}, late))).toBe('person-expired');
    expect(codeOf(judge(withFirst(ada, true), late))).toBe('listed');
    expect(codeOf(judge({}, NOW - 2 * 86_400))).toBe('clock-wrong');
  });
});

describe('what there is to do under a list', () => {
  const shown = (hasSigned: boolean, refusal: string | null = null): ShownPerson => ({
    ...{ key: ada.key, name: 'Ada', role: 'clinician', expiresAt: ada.expiresAt },
    ...{ hasSigned, refusal },
  });
  const kept = (comparedList: string | null): PersonView['person'] => ({
    ...{ study: 'example-2', name: 'Ada', role: 'clinician', key: 'k', code: 'c', hospital: 'Harbour' },
    comparedList,
  });
  const step = (view: Partial<PersonView>) =>
    stepUnder({ ...emptyPerson, phase: 'signing', people: [shown(false)], person: kept(rosterHash(roster)), ...view }, roster, ada.key);

  it('is to compare its words first, whatever was compared before', () => {
    for (const compared of [null, 'b'.repeat(64)]) expect(step({ person: kept(compared) })).toEqual({ step: 'words', check: null });
    expect(step({ person: kept(null), step: { step: 'words', check: { outcome: 'differ' } } })).toMatchObject({
      check: { outcome: 'differ' },
    });
  });

  it('is then to sign, or nothing more once it has; a refusal stands until it is read again', () => {
    expect(step({})).toEqual({ step: 'sign', busy: false });
    expect(step({ people: [shown(true)] })).toEqual({ step: 'signed' });
    expect(step({ people: [shown(false, 'No.')] })).toEqual({ step: 'refused', reason: 'No.' });
    expect(step({ people: [shown(false, 'No.')], step: { step: 'sign', busy: false } })).toEqual({ step: 'sign', busy: false });
    expect(step({ people: [shown(false, 'No.')], step: { step: 'sign', busy: true } })).toEqual({ step: 'refused', reason: 'No.' });
    expect(step({ phase: 'stopped' })).toMatchObject({ step: 'ended', trouble: { code: 'study-stopped' } });
  });
});
