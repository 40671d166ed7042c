/** A hospital leaves while a study goes on: the others sign the list without it, or the study says why it cannot go on; and lists nobody should sign. */
import { fromBase64, toBase64 } from '@consilium/shared/crypto';
import { createStudyRunner, type SiteProgress, type StudyView } from '@consilium/shared/federation';
import { type Roster, rosterHash, successionBytes } from '@consilium/shared/identity';
import { approveBytes, leaveBytes } from '@consilium/shared/protocol';
import { verifyEd25519 } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { networkPlan, smallHospitals } from '../reference/small-hospitals.ts';
import { FIVE, PLAN } from './lies.ts';
import { besiege, type Cheat, type Hospital, type Siege, saidIn } from './siege-world.ts';

const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');

/** Nothing after the first sums. */
const SHORT: Cheat = { toSite: (_to, message) => (message.kind === 'open-round' && message.round > 3 ? [] : [message]) };

const signing = (cheat: Cheat = {}): Promise<Siege> => besiege({ plan: PLAN, inputs: smallHospitals(40, FIVE), cheat });

/** The last list that a hospital's page was told of. */
function listAt(hospital: Hospital): Extract<SiteProgress, { type: 'roster' }> {
  const told = hospital.reports.findLast((report) => report.type === 'roster');
  if (told?.type !== 'roster') throw new Error(`${hospital.id} was shown no list`);
  return told;
}

const at = (siege: Siege, id: string): Hospital => {
  const hospital = siege.hospitals.get(id);
  if (hospital === undefined) throw new Error(`no ${id}`);
  return hospital;
};

const others = (siege: Siege, ...gone: string[]): Hospital[] => [...siege.hospitals.values()].filter(({ id }) => !gone.includes(id));

/** What the log gives again, without the runner that wrote it. */
async function replayed({ events, blobs }: Siege): Promise<StudyView> {
  const runner = await createStudyRunner({
    events,
    world: {
      append: async () => undefined,
      send: () => undefined,
      setTimer: () => undefined,
      blobs: {
        get: async (name) => blobs.get(name) ?? null,
        put: async () => '',
        has: async (name) => blobs.has(name),
        remove: async () => undefined,
      },
      verify: verifyEd25519,
      notify: () => undefined,
      fail: () => undefined,
    },
  });
  return runner.view();
}

describe('a hospital that leaves before the first sum', () => {
  it('is told to the others, who sign the list without it; the study goes on with those who remain, to its end', async () => {
    const siege = await signing();
    await siege.leave('zenith');
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: { version: 2, without: ['zenith'], signed: [] } });
    expect(siege.runner.view().sites.find(({ id }) => id === 'zenith')?.status).toBe('left');
    for (const hospital of others(siege, 'zenith')) {
      expect(listAt(hospital)).toMatchObject({ version: 1, successor: { version: 2, left: ['zenith'], putOff: [], isSigned: false } });
      await hospital.site.succeed();
      expect(listAt(hospital).successor?.isSigned).not.toBe(false);
    }
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'finished', successor: null });
    const { version, sites, isConfirmed } = listAt(at(siege, 'north'));
    expect({ version, isConfirmed, names: sites.map(({ name }) => name) }).toEqual({
      ...{ version: 2, isConfirmed: true },
      names: FIVE.filter((name) => name !== 'zenith'),
    });
    for (const { survivors } of siege.runner.view().timeline.slice(1)) expect(survivors).not.toContain('zenith');
    expect(await replayed(siege)).toEqual(siege.runner.view());
    const [last] = at(siege, 'zenith').said.slice(-1);
    expect(last?.kind).toBe('leave');
  });

  it('has signed the list without itself, so that t of the list before are one fewer of the others; who was away signs the plan when back', async () => {
    const siege = await signing(SHORT);
    await siege.leave('zenith');
    await siege.run();
    for (const id of ['north', 'east', 'south']) await at(siege, id).site.succeed();
    await siege.run();
    // In force with 4 of 5 signatures, yet no sum before west has signed the plan under it.
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: null });
    const released = siege.runner.view().progress.done;
    const west = at(siege, 'west');
    expect(listAt(west)).toMatchObject({ version: 2, isConfirmed: true, successor: null });
    expect(west.record.rosterHash).toBe(null);
    await west.site.approve();
    await siege.run();
    expect(siege.runner.view().phase).not.toBe('signing');
    expect(siege.runner.view().progress.done).toBeGreaterThan(released);
  });

  it('counts only by its own signature', async () => {
    const siege = await signing(SHORT);
    const signature = toBase64(at(siege, 'north').sign(leaveBytes({ study: PLAN.study, id: 'zenith' })));
    const message = { protocol: 1, study: PLAN.study, kind: 'leave', signature, successor: null } as const;
    expect(await siege.runner.dispatch({ type: 'message', site: 'zenith', message })).toMatchObject({ ok: false, code: 'bad-signature' });
    await siege.settle();
    expect(siege.runner.view()).toMatchObject({ phase: 'running', successor: null });
  });

  it('and too few that remain: the study says so and asks nobody', async () => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40, FIVE.slice(0, 3)) });
    await siege.leave('south');
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'paused', reason: 'too-few-left', successor: null });
    expect(siege.mail.some(({ message }) => message.kind === 'proposal')).toBe(false);
  });
});

describe('a hospital that leaves after its numbers are in a sum', () => {
  it('ends an exact fit: no list is proposed, since the sums without it would show it', async () => {
    const siege = await signing(SHORT);
    await siege.settle();
    await siege.leave('zenith');
    siege.cheat = {};
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'paused', reason: 'hospital-left', successor: null });
    expect(await siege.runner.dispatch({ type: 'resume' })).toMatchObject({ ok: true });
    expect(siege.runner.view()).toMatchObject({ phase: 'paused', reason: 'hospital-left' });
    expect(await siege.runner.dispatch({ type: 'put-off', site: 'north' })).toMatchObject({ ok: false, code: 'cohort-frozen' });
  });

  it('lets a network be trained on, by those who remain and sign', async () => {
    const siege = await besiege({
      plan: networkPlan(3),
      inputs: smallHospitals(40, FIVE),
      cheat: { toSite: (_to, message) => (message.kind === 'open-round' && message.query.kind === 'update' ? [] : [message]) },
    });
    await siege.settle();
    const before = siege.runner.view().progress.done;
    expect(before).toBeGreaterThan(0);
    await siege.leave('zenith');
    siege.cheat = {};
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: { version: 2 } });
    for (const hospital of others(siege, 'zenith')) await hospital.site.succeed();
    await siege.run();
    const { timeline, phase, reason } = siege.runner.view();
    // Trained to the end; what is then asked of the test patients of the first cohort is not.
    expect([phase, reason]).toEqual(['paused', 'hospital-left']);
    const updates = timeline.filter(({ kind, outcome }) => kind === 'update' && outcome === 'released');
    expect(updates.length).toBe(3);
    for (const { survivors } of updates) expect(survivors).not.toContain('zenith');
  });
});

describe('a hospital that nobody answers for', () => {
  it('can be put off by the coordinator, and every page says that only the coordinator says so', async () => {
    const siege = await signing(SHORT);
    expect(await siege.runner.dispatch({ type: 'put-off', site: 'zenith' })).toMatchObject({ ok: true });
    await siege.run();
    for (const hospital of others(siege, 'zenith')) {
      expect(listAt(hospital).successor).toMatchObject({ left: [], putOff: ['zenith'] });
      await hospital.site.succeed();
    }
    await siege.settle();
    expect(siege.runner.view()).toMatchObject({ phase: 'running', successor: null });
  });

  it('is not believed to have left where the coordinator forges its word', async () => {
    const forged = { site: 4, signature: Buffer.alloc(64, 1).toString('base64') };
    const siege = await signing({
      toSite: (_to, message) => [message.kind === 'proposal' ? { ...message, departures: [forged] } : message],
    });
    await siege.runner.dispatch({ type: 'put-off', site: 'zenith' });
    await siege.run();
    for (const hospital of others(siege, 'zenith')) expect(listAt(hospital).successor).toMatchObject({ left: [], putOff: ['zenith'] });
  });
});

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
      await expect(north.site.succeed(), what).rejects.toMatchObject({ code: 'no-proposal' });
    }
    expect(north.record.successors).toEqual([]);

    // One successor of a version: stored before it is said, and no other one after it.
    await ask(shorter(roster));
    await north.site.succeed();
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
});
