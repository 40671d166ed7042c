/** Next lists of hospitals that nobody should sign, and signatures under a next list that nobody should count. */
import { fromBase64, toBase64 } from '@consilium/shared/crypto';
import { type Roster, rosterHash, successionBytes } from '@consilium/shared/identity';
import { approveBytes } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { at, signing, signNext } from './leaving-world.ts';
import { PLAN } from './lies.ts';
import { type Hospital, listAt, saidIn } from './siege-world.ts';

const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');

describe('a list that nobody should sign', () => {
  const shorter = (roster: Roster): Roster => ({
    ...roster,
    version: 2,
    previous: rosterHash(roster),
    sites: roster.sites.filter(({ id }) => id !== 'zenith'),
  });
  const LISTS: Record<string, readonly [string, (roster: Roster) => Roster]> = {
    'with a newcomer': [
      'roster-mismatch',
      (list) => ({ ...shorter(list), sites: [...list.sites, { index: 9, id: 'nobody', name: 'Nobody', rootKey: OTHER_KEY }] }),
    ],
    'with another key under a name': [
      'roster-mismatch',
      (list) => ({
        ...shorter(list),
        sites: shorter(list).sites.map((site) => (site.id === 'east' ? { ...site, rootKey: OTHER_KEY } : site)),
      }),
    ],
    'of another coordinator': ['roster-mismatch', (list) => ({ ...shorter(list), coordinatorKey: OTHER_KEY })],
    'with a lower minimum': ['roster-mismatch', (list) => ({ ...shorter(list), policy: { minimum: 2 } })],
    'with nobody gone': ['roster-mismatch', (list) => ({ ...shorter(list), sites: list.sites })],
    'that follows another': ['roster-wrong-previous', (list) => ({ ...shorter(list), previous: '11'.repeat(32) })],
    'two versions on': ['roster-gap', (list) => ({ ...shorter(list), version: 3 })],
    'without this hospital': ['not-on-roster', (list) => ({ ...shorter(list), sites: list.sites.filter(({ id }) => id !== 'north') })],
  };

  it('is refused by name and cannot be signed; nothing is kept of it', async () => {
    const siege = await signing({ toSite: (_to, message) => (message.kind === 'open-round' ? [] : [message]) });
    await siege.settle();
    const north = at(siege, 'north');
    const { roster } = north.record;
    if (roster === null) throw new Error('no roster');
    const ask = async (next: Roster) => {
      north.refused.length = 0;
      north.site.receive({ protocol: 1, study: PLAN.study, kind: 'proposal', roster: next, departures: [] });
      await north.site.settled();
    };
    for (const [what, [code, change]] of Object.entries(LISTS)) {
      await ask(change(roster));
      expect([what, ...north.refused]).toEqual([what, code]);
      await expect(signNext(north), what).rejects.toMatchObject({ code: 'no-proposal' });
    }
    expect(north.record.successors).toEqual([]);

    // One successor of a version: stored before it is said, and no other one after it.
    await ask(shorter(roster));
    // The person reads this list; another one comes before the press.
    const read = listAt(north).successor?.rosterHash ?? '';
    await ask({ ...shorter(roster), sites: roster.sites.filter(({ id }) => id !== 'west') });
    await expect(north.site.succeed(read)).rejects.toMatchObject({ code: 'list-changed' });
    expect([north.record.successors, north.said.some(({ kind }) => kind === 'succeed')]).toEqual([[], false]);
    await ask(shorter(roster));
    await signNext(north);
    const stored = north.stored.find(({ record }) => record.successors.length > 0);
    const said = north.said.findIndex(({ kind }) => kind === 'succeed');
    expect(stored?.said).toBeLessThanOrEqual(said);
    await ask({ ...shorter(roster), sites: roster.sites.filter(({ id }) => id !== 'west') });
    expect(north.refused).toEqual(['roster-forked']);
    expect(north.said.filter(({ kind }) => kind === 'succeed')).toHaveLength(1);
    // The very same again is answered again: the first answer may have been lost.
    await ask(shorter(roster));
    expect(north.said.filter(({ kind }) => kind === 'succeed')).toHaveLength(2);
    expect(north.said.at(-1)).toEqual(north.said.filter(({ kind }) => kind === 'succeed')[0]);
  });

  it('does not come into force with the signatures of too few, nor of a hospital twice, nor of a suspended device', async () => {
    const siege = await signing({ toSite: (_to, message) => (message.kind === 'open-round' ? [] : [message]) });
    await siege.settle();
    const north = at(siege, 'north');
    const { roster: current } = north.record;
    if (current === null) throw new Error('no roster');
    const next = shorter(current);
    const by = (id: string) => {
      const site = current.sites.find((entry) => entry.id === id)?.index ?? -1;
      return { site, signature: toBase64(at(siege, id).sign(successionBytes({ current, next, site }))) };
    };
    const offer = async (...ids: string[]): Promise<readonly string[]> => {
      north.refused.length = 0;
      const heading = { protocol: 1, study: PLAN.study, kind: 'roster' } as const;
      north.site.receive({ ...heading, roster: next, signatures: ids.map(by), earlier: [] });
      await north.site.settled();
      return north.refused;
    };
    expect(await offer('east', 'south', 'west')).toEqual(['roster-unsigned']);
    expect(await offer('east', 'south', 'west', 'west')).toEqual(['roster-unsigned']);
    expect(north.record.roster).toEqual(current);
    expect(await offer('east', 'south', 'west', 'zenith')).toEqual([]);
    expect(north.record.roster).toEqual(next);
    // Nothing was signed here under it, so no round opens.
    expect(north.record.rosterHash).toBe(null);
    expect(saidIn(north, 1)).toEqual([]);
  });

  it('a hospital that was away for two versions follows both, and is not led past one of them', async () => {
    const siege = await signing();
    siege.cheat = { toSite: (to, message) => (to === 'north' && message.kind !== 'credentials' ? [] : [message]) };
    await siege.settle();
    const roster = at(siege, 'east').record.roster;
    if (roster === null) throw new Error('no roster');
    const north = at(siege, 'north');
    const one = shorter(roster);
    const two: Roster = { ...one, version: 3, previous: rosterHash(one), sites: one.sites.filter(({ id }) => id !== 'west') };
    const all = (current: Roster, next: Roster) =>
      current.sites.map(({ index: site, id }) => ({
        site,
        signature: toBase64(at(siege, id).sign(successionBytes({ current, next, site }))),
      }));
    const heading = { protocol: 1, study: PLAN.study, kind: 'roster' } as const;
    north.site.receive({ ...heading, roster: two, signatures: all(one, two), earlier: [] });
    await north.site.settled();
    expect(north.refused).toEqual(['roster-gap']);
    north.refused.length = 0;
    const earlier = [
      { roster, signatures: [] },
      { roster: one, signatures: all(roster, one) },
    ];
    north.site.receive({ ...heading, roster: two, signatures: all(one, two), earlier });
    await north.site.settled();
    expect(north.refused).toEqual([]);
    expect(north.record.roster).toEqual(two);
    // With every connection the whole story comes again.
    north.site.receive({ ...heading, roster: two, signatures: all(one, two), earlier });
    await north.site.settled();
    expect([north.refused, north.record.roster]).toEqual([[], two]);
  });
});

it('a signature under the next list is checked at the coordinator: both parts of it, by the hospital that says it', async () => {
  const siege = await signing();
  await siege.leave('zenith');
  await siege.run();
  const proposal = siege.mail.find(({ message }) => message.kind === 'proposal')?.message;
  const current = at(siege, 'north').record.roster;
  if (proposal?.kind !== 'proposal' || current === null) throw new Error('no proposal');
  const next = proposal.roster;
  const [north, east] = [at(siege, 'north'), at(siege, 'east')];
  const of = { planHash: siege.runner.view().planHash, rosterHash: rosterHash(next), clientHash: '0'.repeat(64) };
  const index = current.sites.find(({ id }) => id === 'north')?.index ?? -1;
  const succession = (by: Hospital) => toBase64(by.sign(successionBytes({ current, next, site: index })));
  const approval = (by: Hospital) => toBase64(by.sign(approveBytes({ roster: next, site: index }, of)));
  const say = (signature: string, approved: string) =>
    siege.runner.dispatch({
      ...{ type: 'message', site: 'north' },
      message: {
        protocol: 1,
        study: PLAN.study,
        kind: 'succeed',
        rosterHash: of.rosterHash,
        clientHash: of.clientHash,
        signature,
        approval: approved,
      },
    });
  expect(await say(succession(east), approval(north))).toMatchObject({ ok: false, code: 'bad-signature' });
  expect(await say(succession(north), approval(east))).toMatchObject({ ok: false, code: 'bad-signature' });
  expect(siege.runner.view().successor?.signed).toEqual([]);
  expect(await say(succession(north), approval(north))).toMatchObject({ ok: true });
  expect(siege.runner.view().successor?.signed).toEqual(['north']);
  expect(fromBase64(succession(north))).toHaveLength(64);

  // Said again it leaves nothing; said for other programs, it is heard so often and no more.
  const logged = siege.events.length;
  for (let again = 0; again < 5; again++) expect(await say(succession(north), approval(north))).toMatchObject({ ok: true });
  expect(siege.events.length).toBe(logged);
  const accepted = () => siege.events.slice(logged).filter(({ type }) => type === 'message').length;
  for (let other = 1; other < 70; other++) {
    of.clientHash = String(other).padStart(64, '0');
    await say(succession(north), approval(north));
  }
  expect([accepted() < 50, siege.runner.view().successor?.signed]).toEqual([true, ['north']]);
});
