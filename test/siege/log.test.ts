/** What a dishonest hospital, or a damaged disk, does to a study's log: it stays short, replays, and the study goes on. */
import { createStudyRunner, type StudyEvent } from '@consilium/shared/federation';
import { verifyEd25519 } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { SITE_IDS, smallHospitals } from '../reference/small-hospitals.ts';
import { FIVE, PLAN } from './lies.ts';
import { besiege, type Cheat, type Siege } from './siege-world.ts';

const upTo =
  (rounds: number): NonNullable<Cheat['toSite']> =>
  (_to, message) =>
    message.kind === 'open-round' && message.round > rounds ? [] : [message];

async function replayed({ events, blobs }: Siege, appended: StudyEvent[] = []) {
  return createStudyRunner({
    events: structuredClone(events),
    world: {
      append: async (event) => void appended.push(event),
      send: () => undefined,
      setTimer: () => undefined,
      blobs: { get: async (hash) => blobs.get(hash) ?? null, put: async () => '', has: async () => true, remove: async () => undefined },
      verify: verifyEd25519,
      notify: () => undefined,
      fail: () => undefined,
    },
  });
}

describe('refused messages', () => {
  it('leave a line without their content, at most a thousand a hospital, and others are heard all the while', async () => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40), cheat: { toSite: upTo(2) } });
    await siege.settle();
    const west = siege.hospitals.get('west')!;
    const shares = west.said.find(({ kind }) => kind === 'share-keys')!;
    const approve = west.said.find(({ kind }) => kind === 'approve')!;
    if (shares.kind !== 'share-keys' || approve.kind !== 'approve') throw new Error('west has said nothing');
    const before = siege.events.length;
    for (let i = 0; i < 1300; i += 1)
      await siege.runner.dispatch({ type: 'message', site: 'west', message: { ...shares, round: 900 + i } });
    const added = siege.events.slice(before);
    expect(added).toHaveLength(1000);
    for (const event of added) expect(event).toMatchObject({ type: 'turned-away', site: 'west', kind: 'share-keys' });
    expect(Math.max(...added.map((event) => JSON.stringify(event).length))).toBeLessThan(200);

    const signature = `${'A'.repeat(86)}==`;
    expect(await siege.runner.dispatch({ type: 'message', site: 'north', message: { ...approve, signature } })).toMatchObject({
      code: 'bad-signature',
    });
    expect(siege.events.at(-1)).toEqual({ type: 'turned-away', site: 'north', kind: 'approve', round: null, code: 'bad-signature' });
    const appended: StudyEvent[] = [];
    const again = await replayed(siege, appended);
    expect(again.view()).toEqual(siege.runner.view());
    // A restart does not give the hospital another thousand.
    await again.dispatch({ type: 'message', site: 'west', message: { ...shares, round: 5000 } });
    expect(appended).toEqual([]);
    expect(siege.runner.view().progress.done).toBe(2);
  });
});

describe('a masked vector that is gone from the disk', () => {
  it('ends its round by name; the same question is asked again of the same hospitals, and the study finishes', async () => {
    let isLost = false;
    const siege = await besiege({
      ...{ plan: PLAN, inputs: smallHospitals(40) },
      cheat: {
        toCoordinator: (_from, message, { hospitals, blobs }) => {
          if (message.kind !== 'unmask' || message.round !== 2 || isLost) return [message];
          isLost = true;
          const vector = hospitals.get('west')!.said.findLast(({ kind }) => kind === 'masked-vector');
          if (vector?.kind === 'masked-vector') blobs.delete(vector.hash);
          return [message];
        },
      },
    });
    await siege.run();
    expect(isLost).toBe(true);
    const view = siege.runner.view();
    expect(view.phase).toBe('finished');
    expect(view.timeline[1]).toMatchObject({ round: 2, outcome: 'aborted', code: 'blob-missing' });
    expect(view.timeline[2]).toMatchObject({ kind: view.timeline[1]?.kind, outcome: 'released', survivors: [...SITE_IDS] });
    expect((await replayed(siege)).view()).toEqual(view);
    for (const { refused } of siege.hospitals.values()) expect(refused).toEqual(['blob-missing']);
  });
});

describe('contributors that were announced once', () => {
  it('are required again before any are announced, so that no hospital has to refuse', async () => {
    // The first attempt announces all five and ends before R4; in the second, zenith sends no vector.
    const siege = await besiege({
      ...{ plan: PLAN, inputs: smallHospitals(40, FIVE) },
      cheat: {
        toSite: upTo(3),
        toCoordinator: (from, message) => {
          const isLost = message.kind === 'consistency' && message.round === 1;
          const isWithheld = message.kind === 'masked-vector' && message.round === 2 && from === 'zenith';
          return isLost || isWithheld ? [] : [message];
        },
      },
    });
    await siege.run(4);
    const { timeline } = siege.runner.view();
    expect(timeline.slice(0, 2).map(({ code }) => code)).toEqual(['below-threshold', 'cohort-incomplete']);
    expect(siege.mail.some(({ message }) => message.kind === 'survivors' && message.round === 2)).toBe(false);
    for (const { refused } of siege.hospitals.values()) expect(refused).not.toContain('query-conflict');
    expect(timeline[2]).toMatchObject({ outcome: 'released', survivors: FIVE });
  });
});
