/**
 * A hospital whose plans two people sign. Its device alone, with one of them, or with one of them twice is not its yes: the honest coordinator opens
 * no round, and where a dishonest one pretends, every hospital refuses by name and advertises no key.
 */
import { ed25519PublicKey, ed25519Sign, sha256, toBase64 } from '@consilium/shared/crypto';
import type { StudyEvent } from '@consilium/shared/federation';
import { issuePersonCertificate, issueSuspension, type PersonCertificate, rosterHash } from '@consilium/shared/identity';
import { approveBytes, type CoordinatorMessage, refusalBytes } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';
import { signNext } from './leaving-world.ts';
import { FIVE, type Heard, PLAN, type Says } from './lies.ts';
import { besiege, type Siege, type SiegeSetting, saidIn } from './siege-world.ts';

const rootOf = (id: string) => sha256(Buffer.from(`siege root ${id}`));
const secretOf = (name: string) => sha256(Buffer.from(`siege person ${name}`));
const certified = (name: string, site = 'north'): PersonCertificate =>
  issuePersonCertificate({
    ...{ study: PLAN.study, rootSecret: rootOf(site), key: toBase64(ed25519PublicKey(secretOf(name))), at: 0 },
    ...{ role: 'clinician', name },
  });
const [ada, ben] = [certified('Ada'), certified('Ben')];
const PROGRAM = '0'.repeat(64);

/** North has declared Ada and Ben; its device and every other hospital have signed. */
const begin = async (setting: Partial<SiegeSetting> = {}): Promise<Siege> => {
  const signers = [ada, ben].map((certificate) => ({ site: 'north', certificate }));
  // One round is enough to see whether it begins.
  const toSite = (_to: string, message: CoordinatorMessage): Heard => (message.kind === 'open-round' && message.round > 1 ? [] : [message]);
  const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40), signers, cheat: { toSite }, ...setting });
  await siege.settle();
  return siege;
};
const listOf = (siege: Siege) => {
  const message = siege.mail.findLast((one) => one.message.kind === 'roster')?.message;
  if (message?.kind !== 'roster') throw new Error('no list was shown');
  return message.roster;
};
/** What a person signs, with whatever a test changes. */
function word(siege: Siege, name: string, change: Partial<Extract<StudyEvent, { type: 'person-approved' }>> = {}) {
  const roster = listOf(siege);
  const of = { planHash: siege.runner.view().planHash, rosterHash: rosterHash(roster), clientHash: PROGRAM, ...change };
  const { planHash, rosterHash: list, clientHash } = of;
  const bytes = approveBytes(
    { roster, site: roster.sites.find(({ id }) => id === 'north')?.index ?? 0 },
    { planHash, rosterHash: list, clientHash },
  );
  const signature = toBase64(ed25519Sign(bytes, secretOf(name)));
  return {
    type: 'person-approved',
    site: 'north',
    key: certified(name).key,
    planHash,
    rosterHash: list,
    clientHash,
    signature,
    ...change,
  } as const;
}
const answer = async (siege: Siege, event: StudyEvent) => {
  const outcome = await siege.runner.dispatch(event);
  await siege.settle();
  return outcome.ok ? 'taken' : outcome.code;
};
const nobodyBegan = (siege: Siege) => {
  expect(siege.runner.view()).toMatchObject({ phase: 'signing', round: null });
  for (const hospital of siege.hospitals.values()) expect(saidIn(hospital, 1)).toEqual([]);
};

describe('a hospital whose plans two people sign', () => {
  it('has not signed with its device alone, nor with one person, nor with one twice; with both the rounds begin', async () => {
    const siege = await begin();
    expect(listOf(siege).sites.find(({ id }) => id === 'north')?.signers).toEqual([ada, ben]);
    nobodyBegan(siege);
    expect(await answer(siege, word(siege, 'Ada'))).toBe('taken');
    expect(await answer(siege, word(siege, 'Ada'))).toBe('taken');
    nobodyBegan(siege);
    const north = siege.runner.view().sites.find(({ id }) => id === 'north');
    expect(north).toMatchObject({
      approved: false,
      people: [
        { name: 'Ada', hasSigned: true },
        { name: 'Ben', hasSigned: false },
      ],
    });
    const told = siege.mail.findLast(({ message }) => message.kind === 'study-phase')?.message as Says<'study-phase'>;
    expect([told.people, told.signed.includes('north')]).toEqual([[{ site: 'north', signed: 1 }], false]);
    expect(await answer(siege, word(siege, 'Ben'))).toBe('taken');
    expect(siege.runner.view().phase).toBe('running');
    for (const hospital of siege.hospitals.values()) {
      expect(hospital.refused).toEqual([]);
      expect(saidIn(hospital, 1)).toContain('advertise-keys');
    }
  });

  it('keeps the yes that rounds began with, whatever its device or another build of it signs afterwards', async () => {
    const siege = await begin();
    for (const name of ['Ada', 'Ben']) expect(await answer(siege, word(siege, name))).toBe('taken');
    const roster = listOf(siege);
    const site = roster.sites.find(({ id }) => id === 'north')?.index ?? 0;
    const given = { planHash: siege.runner.view().planHash, rosterHash: rosterHash(roster), clientHash: 'ab'.repeat(32) };
    const signature = toBase64(siege.hospitals.get('north')!.sign(approveBytes({ roster, site }, given)));
    const message = { protocol: 1, study: PLAN.study, kind: 'approve', ...given, signature } as const;
    expect(await answer(siege, { type: 'message', site: 'north', message })).toBe('taken');
    expect(siege.runner.approvalOf('north')?.clientHash).toBe(PROGRAM);
    expect(siege.runner.view().sites.find(({ id }) => id === 'north')?.approved).toBe(true);
  });

  it('may have its people sign before its device does', async () => {
    const siege = await begin({ confirmation: 'person' });
    for (const name of ['Ada', 'Ben']) expect(await answer(siege, word(siege, name))).toBe('taken');
    expect(siege.runner.view().sites.find(({ id }) => id === 'north')?.approved).toBe(false);
    nobodyBegan(siege);
  });

  it('is not signed for by words that do not fit: each is refused by name and changes nothing', async () => {
    const siege = await begin();
    expect(await answer(siege, word(siege, 'Cleo'))).toBe('person-not-listed');
    expect(await answer(siege, { ...word(siege, 'Ada'), key: ben.key })).toBe('bad-signature');
    expect(await answer(siege, word(siege, 'Ada', { planHash: 'ab'.repeat(32) }))).toBe('wrong-plan');
    expect(await answer(siege, word(siege, 'Ada', { rosterHash: 'ab'.repeat(32) }))).toBe('roster-mismatch');
    expect(await answer(siege, word(siege, 'Ada', { clientHash: 'ab'.repeat(32) }))).toBe('program-differs');
    expect(await answer(siege, { ...word(siege, 'Ada'), site: 'south' })).toBe('person-not-listed');
    expect(siege.runner.view().sites.flatMap(({ people }) => people.filter(({ hasSigned }) => hasSigned))).toEqual([]);
  });

  it('waits when one of them says no, and tells why; a later yes takes the place of it, a no after both is too late', async () => {
    const siege = await begin();
    const roster = listOf(siege);
    const { planHash } = siege.runner.view();
    const site = roster.sites.find(({ id }) => id === 'north')?.index ?? 0;
    const no = (name: string, reason: string): StudyEvent => ({
      ...{ type: 'person-refused', site: 'north', key: certified(name).key, planHash, rosterHash: rosterHash(roster), reason },
      signature: toBase64(ed25519Sign(refusalBytes({ roster, site }, { planHash, reason }), secretOf(name))),
    });
    expect(await answer(siege, word(siege, 'Ada'))).toBe('taken');
    expect(await answer(siege, { ...no('Ben', 'The purpose is too wide.'), reason: 'Another reason' } as StudyEvent)).toBe('bad-signature');
    expect(await answer(siege, no('Ben', 'The purpose is too wide.'))).toBe('taken');
    nobodyBegan(siege);
    expect(siege.runner.view().sites.find(({ id }) => id === 'north')?.people[1]).toMatchObject({
      hasSigned: false,
      refusal: 'The purpose is too wide.',
    });
    expect(await answer(siege, word(siege, 'Ben'))).toBe('taken');
    expect(siege.runner.view().phase).toBe('running');
    expect(await answer(siege, no('Ada', 'Too late'))).toBe('already-signed');
  });
});

describe('a list without a hospital that left', () => {
  it('needs both people anew: what they signed was the list before', async () => {
    const toSite = (_to: string, message: CoordinatorMessage): Heard => (message.kind === 'open-round' ? [] : [message]);
    const siege = await begin({ inputs: smallHospitals(40, FIVE), cheat: { toSite } });
    for (const name of ['Ada', 'Ben']) expect(await answer(siege, word(siege, name))).toBe('taken');
    expect(siege.runner.view().phase).toBe('running');
    await siege.leave('zenith');
    await siege.run();
    for (const hospital of siege.hospitals.values()) if (hospital.id !== 'zenith') await signNext(hospital);
    await siege.settle();
    const north = () => siege.runner.view().sites.find(({ id }) => id === 'north');
    expect(listOf(siege)).toMatchObject({ version: 2, sites: expect.arrayContaining([expect.objectContaining({ signers: [ada, ben] })]) });
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: null });
    expect(north()).toMatchObject({ approved: false, people: [{ hasSigned: false }, { hasSigned: false }] });
    for (const name of ['Ada', 'Ben']) expect(await answer(siege, word(siege, name))).toBe('taken');
    expect(north()?.approved).toBe(true);
    expect(siege.runner.view().phase).toBe('running');
    for (const hospital of siege.hospitals.values()) expect(hospital.refused).toEqual([]);
  });
});

describe('a coordinator that pretends that both have signed', () => {
  const lies: Record<string, (message: Says<'approvals'>, people: { key: string; signature: string }[]) => Heard> = {
    'shows none of them': (message) => [{ ...message, approvals: message.approvals.map(({ people: _, ...one }) => one) }],
    'shows one of them': (message, people) => [edited(message, people.slice(0, 1))],
    'shows one of them twice': (message, people) => [edited(message, [people[0]!, people[0]!])],
    'shows one signature under both names': (message, people) => [
      edited(
        message,
        people.map(({ key }) => ({ key, signature: people[0]!.signature })),
      ),
    ],
    'swaps their signatures': (message, [a, b]) => [
      edited(message, [
        { key: a!.key, signature: b!.signature },
        { key: b!.key, signature: a!.signature },
      ]),
    ],
    'shows a stranger in place of one': (message, people) => [
      edited(message, [people[0]!, { key: certified('Cleo').key, signature: people[1]!.signature }]),
    ],
  };
  const edited = (message: Says<'approvals'>, people: { key: string; signature: string }[]): Says<'approvals'> => ({
    ...message,
    approvals: message.approvals.map((one) => (one.people === undefined ? one : { ...one, people })),
  });

  it.each(Object.keys(lies))('and %s is refused by every hospital: people-unsigned, no key is advertised', async (what) => {
    const toSite = (_to: string, message: CoordinatorMessage): Heard => {
      if (message.kind === 'open-round' && message.round > 1) return [];
      if (message.kind !== 'approvals') return [message];
      const people = message.approvals.flatMap((one) => one.people ?? []);
      expect(people).toHaveLength(2);
      return lies[what]!(message, people);
    };
    const siege = await begin({ cheat: { toSite } });
    for (const name of ['Ada', 'Ben']) await answer(siege, word(siege, name));
    for (const hospital of siege.hospitals.values()) {
      expect([hospital.id, hospital.refused[0], saidIn(hospital, 1)]).toEqual([hospital.id, 'people-unsigned', ['refuse']]);
    }
  });

  it('by a list without them, or with others, is refused by the hospital that declared them: people-mismatch, and it signs nothing', async () => {
    for (const signers of [undefined, [ada, certified('Cleo')]]) {
      const toSite = (to: string, message: CoordinatorMessage): Heard => {
        if (message.kind !== 'roster' || to !== 'north') return [message];
        const sites = message.roster.sites.map(({ signers: _, ...site }) =>
          site.id === 'north' && signers !== undefined ? { ...site, signers } : site,
        );
        return [{ ...message, roster: { ...message.roster, sites } }];
      };
      const siege = await begin({ confirmation: 'person' });
      const north = siege.hospitals.get('north')!;
      await north.site.declareSigners([ben.key, ada.key]);
      north.refused.length = 0;
      const shown = siege.mail.find(({ site, message }) => site === 'north' && message.kind === 'roster')!.message;
      for (const each of toSite('north', shown)) north.site.receive(structuredClone(each));
      await north.site.settled();
      expect(north.refused).toEqual(['people-mismatch']);
      north.refused.length = 0;
      north.site.receive(structuredClone(shown));
      await north.site.settled();
      expect(north.refused).toEqual([]);
    }
  });
});

describe('before the list is made', () => {
  const code = async (siege: Siege, event: StudyEvent) => answer(siege, event);

  it('one person alone keeps it from being made; the other, or taking the one back, lets it', async () => {
    const siege = await begin({ signers: [{ site: 'north', certificate: ada }], confirmation: 'person' });
    expect(siege.runner.view().phase).toBe('gathering');
    expect(await code(siege, { type: 'start' })).toBe('signers-incomplete');
    const suspension = issueSuspension({ study: PLAN.study, rootSecret: rootOf('north'), key: ada.key });
    const foreign = issueSuspension({ study: PLAN.study, rootSecret: rootOf('south'), key: ada.key });
    expect(await code(siege, { type: 'person-withdrawn', site: 'south', suspension: foreign })).toBe('not-on-roster');
    expect(
      await code(siege, { type: 'person-withdrawn', site: 'north', suspension: { ...suspension, signature: foreign.signature } }),
    ).toBe('bad-signature');
    expect(await code(siege, { type: 'person-withdrawn', site: 'north', suspension })).toBe('taken');
    // Taken back is taken back: neither again by the same certificate nor by another of the same key.
    for (const name of ['Ada', 'Ada Two'])
      expect(
        await code(siege, {
          ...{ type: 'person-certified', site: 'north' },
          certificate: issuePersonCertificate({
            ...{ study: PLAN.study, rootSecret: rootOf('north'), key: ada.key, at: 1 },
            ...{ role: 'clinician', name },
          }),
        }),
      ).toBe('person-withdrawn');
    expect(await code(siege, { type: 'start' })).toBe('taken');
    expect(listOf(siege).sites.every(({ signers }) => signers === undefined)).toBe(true);
  });

  it('nobody is taken twice, for another hospital, or as a third; afterwards nobody at all', async () => {
    const siege = await begin({ signers: [{ site: 'north', certificate: ada }], confirmation: 'person' });
    const add = (certificate: PersonCertificate, site = 'north') => code(siege, { type: 'person-certified', site, certificate });
    const keyed = (key: string, name: string, site = 'north') =>
      issuePersonCertificate({ study: PLAN.study, rootSecret: rootOf(site), key, at: 0, role: 'clinician', name });
    expect(await add(ada)).toBe('taken'); // the same request again
    expect(await add(keyed(ada.key, 'Adam'))).toBe('person-twice');
    expect(await add(keyed(ada.key, 'Adam', 'south'), 'south')).toBe('person-twice');
    expect(await add(keyed(siege.hospitals.get('east')!.publicKey, 'East'))).toBe('person-twice');
    expect(await add(keyed(ben.key, ' ADA '))).toBe('person-same-name');
    expect(await add(certified('Ben', 'south'))).toBe('not-on-roster');
    expect(await add({ ...ben, name: 'Forged' })).toBe('bad-signature');
    expect(await add(ben)).toBe('taken');
    expect(await add(certified('Cleo'))).toBe('people-complete');
    expect(await code(siege, { type: 'start' })).toBe('taken');
    expect(await add(certified('Cleo'))).toBe('list-made');
    const suspension = issueSuspension({ study: PLAN.study, rootSecret: rootOf('north'), key: ada.key });
    expect(await code(siege, { type: 'person-withdrawn', site: 'north', suspension })).toBe('list-made');
  });
});
