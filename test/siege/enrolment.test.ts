/**
 * Whom a hospital believes: nothing is answered under a list that nobody compared, before every signature was seen, from or to a device that
 * its hospital has not certified. The coordinator lies about each in turn; the reason is named and no key is advertised.
 */
import { sha256, toBase64 } from '@consilium/shared/crypto';
import { issueDeviceCertificate, issueSuspension } from '@consilium/shared/identity';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';
import { signingKey } from '../shared/protocol/signatures.ts';
import { type Heard, PLAN, type Says } from './lies.ts';
import { besiege, type Cheat, type Siege, type SiegeSetting, saidIn } from './siege-world.ts';

const YEAR = 365 * 86_400;
const rootOf = (id: string) => sha256(Buffer.from(`siege root ${id}`));
const strangerKey = toBase64(signingKey(sha256(Buffer.from('stranger'))).publicKey);

/** Only the first round is opened. */
const once = (cheat: (to: string, message: CoordinatorMessage) => Heard): Cheat => ({
  toSite: (to, message) => (message.kind === 'open-round' && message.round > 1 ? [] : cheat(to, message)),
});
const begin = (cheat: Cheat, setting: Partial<SiegeSetting> = {}) =>
  besiege({ plan: PLAN, inputs: smallHospitals(40), cheat, ...setting }).then(async (siege) => {
    await siege.settle();
    return siege;
  });
const heard = <Kind extends CoordinatorMessage['kind']>(siege: Siege, kind: Kind): Says<Kind> =>
  siege.mail.find(({ message }) => message.kind === kind)?.message as Says<Kind>;

/** Refused by everybody, with this reason first and nothing said in the round but that. */
function expectRefused(siege: Siege, code: string, ids = [...siege.hospitals.keys()]): void {
  for (const id of ids) {
    const hospital = siege.hospitals.get(id)!;
    expect([id, hospital.refused[0], saidIn(hospital, 1)]).toEqual([id, code, ['refuse']]);
    expect(hospital.said.findLast(({ kind }) => kind === 'refuse')).toMatchObject({ code });
  }
}

describe('a list of hospitals', () => {
  it('counts for nothing before a person compared its words: no signature, no round; wrong words change nothing, the right ones all', async () => {
    const opened = heard(await begin(once((_to, message) => [message])), 'open-round');
    const siege = await begin({}, { confirmation: 'person' });
    const [north, ...others] = [...siege.hospitals.values()];
    const shown = ({ reports }: (typeof others)[number]) => reports.findLast(({ type }) => type === 'roster');
    const list = shown(north!);
    if (list?.type !== 'roster') throw new Error('no list was shown');
    expect(list.isConfirmed).toBe(false);
    expect(list.words.filter((word) => word === '')).toHaveLength(3);

    await expect(north!.site.approve(list.rosterHash)).rejects.toMatchObject({ code: 'roster-unconfirmed' });
    north!.site.receive(opened);
    await north!.site.settled();
    expectRefused(siege, 'roster-unconfirmed', ['north']);

    const told = others.map(shown).flatMap((one) => (one?.type === 'roster' ? [one.words] : []));
    const right = list.hidden.map((place) => told.map((words) => words[place]).find((word) => word !== '') ?? '');
    expect(right).not.toContain('');
    expect(await north!.site.confirm(['zebra', 'zebra', 'zebra'])).toEqual({ outcome: 'differ' });
    expect(await north!.site.confirm([...right].reverse())).toEqual({ outcome: 'differ' });
    expect(await north!.site.confirm(['zebraa', ...right.slice(1)])).toEqual({ outcome: 'unknown', positions: [list.hidden[0]] });
    await expect(north!.site.approve(list.rosterHash)).rejects.toMatchObject({ code: 'roster-unconfirmed' });
    expect(north!.record.roster).toBeNull();

    expect(await north!.site.confirm(right)).toEqual({ outcome: 'same' });
    await north!.site.approve(list.rosterHash);
    expect(north!.record.roster).toMatchObject({ version: 1 });
    expect(north!.said.at(-1)?.kind).toBe('approve');
  });

  it('that a coordinator shows in another form to one hospital has other words', async () => {
    const invent = (message: CoordinatorMessage): Heard => {
      if (message.kind !== 'roster') return [message];
      const sites = message.roster.sites.map((site) => (site.id === 'east' ? { ...site, rootKey: strangerKey } : site));
      return [{ ...message, roster: { ...message.roster, sites } }];
    };
    const siege = await begin({ toSite: (to, message) => (to === 'north' ? invent(message) : [message]) }, { confirmation: 'person' });
    const words = (id: string) => {
      const list = siege.hospitals.get(id)?.reports.findLast(({ type }) => type === 'roster');
      return list?.type === 'roster' ? list : null;
    };
    const hidden = words('north')?.hidden ?? [];
    const read = hidden.map((place) => [words('south'), words('west')].map((one) => one?.words[place]).find((word) => word !== '') ?? '');
    expect(await siege.hospitals.get('north')?.site.confirm(read)).toEqual({ outcome: 'differ' });
  });
});

describe('no round is opened', () => {
  const change: Record<string, (message: Says<'approvals'>) => Heard> = {
    'no signatures are shown': () => [],
    'one is missing': (message) => [{ ...message, approvals: message.approvals.slice(1) }],
    'one is signed by another hospital': (message) => [
      { ...message, approvals: message.approvals.map((one, at, all) => (at === 0 ? { ...all[1]!, site: one.site } : one)) },
    ],
    'one is over another plan': (message) => [
      { ...message, approvals: message.approvals.map((one, at) => (at === 0 ? { ...one, planHash: 'ab'.repeat(32) } : one)) },
    ],
    'one is over another list': (message) => [
      { ...message, approvals: message.approvals.map((one, at) => (at === 0 ? { ...one, rosterHash: 'ab'.repeat(32) } : one)) },
    ],
    'one names another program than was signed': (message) => [
      { ...message, approvals: message.approvals.map((one, at) => (at === 0 ? { ...one, clientHash: 'ab'.repeat(32) } : one)) },
    ],
  };
  it.each(Object.keys(change))('where %s', async (what) => {
    const cheat = once((_to, message) => (message.kind === 'approvals' ? change[what]!(message) : [message]));
    expectRefused(await begin(cheat), 'plan-unsigned');
  });

  it('by the clock of a computer that is wrong by a year, and the reason is the time', async () => {
    for (const at of [YEAR, -YEAR])
      expectRefused(
        await begin(
          once((_to, message) => [message]),
          { clock: () => at },
        ),
        'clock-wrong',
      );
  });
});

describe('a device', () => {
  const altered = (edit: (message: Says<'credentials'>) => Says<'credentials'>) =>
    once((_to, message) => (message.kind === 'credentials' ? [edit(message)] : [message]));

  it('in whose place its hospital has certified another one says nothing', async () => {
    const newer = issueDeviceCertificate({ study: PLAN.study, rootSecret: rootOf('north'), key: strangerKey, at: 1 });
    const siege = await begin(
      altered((message) => ({ ...message, certificates: [...message.certificates, newer] })),
      { clock: () => 1 },
    );
    expectRefused(siege, 'device-not-certified', ['north']);
  });

  it('that was suspended stays so for a hospital that saw it, whether it is shown again or not', async () => {
    const siege = await begin({ toSite: (_to, message) => (message.kind === 'open-round' ? [] : [message]) });
    const east = siege.hospitals.get('east')!;
    const shown = siege.mail.findLast(({ message }) => message.kind === 'credentials')!.message as Says<'credentials'>;
    const suspension = issueSuspension({ study: PLAN.study, rootSecret: rootOf('east'), key: east.publicKey });
    const north = siege.hospitals.get('north')!;
    for (const suspensions of [[suspension], []]) north.site.receive({ ...shown, suspensions });
    await north.site.settled();
    expect(north.record.suspended).toEqual([`${east.certificate.rootKey} ${east.publicKey}`]);

    // A forged one, by another hospital's root key, suspends nobody.
    const forged = {
      ...issueSuspension({ study: PLAN.study, rootSecret: rootOf('west'), key: east.publicKey }),
      rootKey: east.certificate.rootKey,
    };
    const south = siege.hospitals.get('south')!;
    south.site.receive({ ...shown, suspensions: [forged] });
    await south.site.settled();
    expect(south.record.suspended).toEqual([]);

    // The suspended hospital itself refuses too.
    east.site.receive({ ...shown, suspensions: [suspension] });
    east.site.receive(heard(siege, 'open-round'));
    await east.site.settled();
    expectRefused(siege, 'device-not-certified', ['east']);
  });
});
