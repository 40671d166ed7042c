/**
 * A coordinator that cheats, against real hospitals: one attack a row. In each the hospital names its reason and gives no share, the honest
 * rest of the coordinator stays up with the state its log says, and the study goes on once the cheating ends.
 */
import { createStudyRunner } from '@consilium/shared/federation';
import { planHash } from '@consilium/shared/study';
import { verifyEd25519 } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { SITE_IDS, smallHospitals } from '../reference/small-hospitals.ts';
import { ATTACKS } from './attacks.ts';
import { advertsSaid, FIVE, type Heard, PLAN, type Says, without } from './lies.ts';
import { besiege, type Cheat, gaveShares, type Siege, saidIn } from './siege-world.ts';

const ORDER = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'];

/** Opens at most so many rounds, so that a story ends. */
function atMost(rounds: number, cheat: Cheat): Cheat {
  return {
    ...cheat,
    toSite: (to, message, siege): Heard =>
      message.kind === 'open-round' && message.round > rounds ? [] : (cheat.toSite?.(to, message, siege) ?? [message]),
  };
}

async function isAsItsLogSays({ runner, events, blobs }: Siege): Promise<void> {
  const replayed = await createStudyRunner({
    events: structuredClone(events),
    world: {
      append: async () => undefined,
      send: () => undefined,
      setTimer: () => undefined,
      blobs: { get: async (hash) => blobs.get(hash) ?? null, put: async () => '', has: async () => true, remove: async () => undefined },
      verify: verifyEd25519,
      notify: () => undefined,
      fail: () => undefined,
    },
  });
  const view = runner.view();
  expect(replayed.view().timeline).toEqual(view.timeline);
  expect(replayed.view().phase).toBe(view.phase);
}

describe('a coordinator that cheats', () => {
  it.each(ATTACKS)('$name: $code', async ({ code, victims, after, cheat, isFinal = false }) => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40, FIVE), cheat: atMost(1, cheat) });
    await siege.settle();
    for (const id of victims) {
      const victim = siege.hospitals.get(id)!;
      expect(victim.refused[0]).toBe(code);
      const said = saidIn(victim, 1);
      if (after === 'need-model') expect(said).toEqual(['need-model']);
      else expect(said).toEqual([...ORDER.slice(0, ORDER.indexOf(after) + 1), 'refuse']);
      expect(gaveShares(victim, 1)).toBe(after === 'unmask');
      expect(victim.record.model).toBeNull(); // nothing was learnt from a lie
    }
    await isAsItsLogSays(siege);

    // The cheating ends: the next round is answered by everybody, also by those that were lied to.
    siege.cheat = atMost(3, {});
    await siege.run(3);
    if (siege.runner.view().phase === 'paused') await siege.runner.dispatch({ type: 'resume' });
    await siege.run(3);
    const { timeline } = siege.runner.view();
    expect(timeline.some(({ outcome, survivors }) => outcome === 'released' && survivors.length >= 4)).toBe(!isFinal);
    await isAsItsLogSays(siege);
  });
});

describe('lies over time', () => {
  it('replay of an older round: refused as stale-round, nothing is signed, and no older model comes back', async () => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40), cheat: atMost(3, {}) });
    await siege.settle();
    const north = siege.hospitals.get('north')!;
    const [before, { programme }] = [north.said.length, north.site.state()];
    const old = siege.mail.flatMap(({ site, message }) =>
      site === 'north' && 'round' in message && (message.round ?? 9) <= 3 ? [message] : [],
    );
    // Everything once more, and behind every opened round the model it was about with the words that did vouch for it then.
    for (const message of old) {
      north.site.receive(message);
      if (message.kind !== 'open-round') continue;
      const adverts = advertsSaid(siege, message.round);
      north.site.receive({ protocol: 1, study: PLAN.study, round: message.round, kind: 'catch-up', state: message.modelHash, adverts });
    }
    await north.site.settled();
    expect(new Set(north.refused)).toEqual(new Set(['stale-round']));
    expect(new Set(north.said.slice(before).map(({ kind }) => kind))).toEqual(new Set(['refuse']));
    expect(north.site.state().programme).toEqual(programme);

    const last = siege.mail.findLast(({ site, message }) => site === 'north' && message.kind === 'open-round')!
      .message as Says<'open-round'>;
    for (const round of [1, 2, 3]) north.site.receive({ ...last, round });
    await north.site.settled();
    expect(north.said.slice(before).every(({ kind }) => kind === 'refuse')).toBe(true);
  });

  it('same query asked over two cohorts, as new after a claimed abort: query-conflict', async () => {
    // The coordinator announces all five, hears R3, claims the round is over, and asks again without zenith.
    let isSecond = false;
    const siege = await besiege({
      plan: PLAN,
      inputs: smallHospitals(40, FIVE),
      cheat: {
        toCoordinator: (_from, message) => (message.kind === 'consistency' && !isSecond ? [] : [message]),
        toSite: (_to, message) =>
          message.kind === 'survivors' && isSecond ? [{ ...message, survivors: without(message.survivors, 4) }] : [message],
      },
    });
    await siege.settle();
    isSecond = true;
    await siege.run(4);
    for (const id of SITE_IDS) {
      const hospital = siege.hospitals.get(id)!;
      expect(hospital.refused).toContain('query-conflict');
      for (const round of [1, 2, 3]) expect(gaveShares(hospital, round)).toBe(false);
    }
    expect(siege.runner.view().progress.done).toBe(0);
  });

  it('plan changed after signing: the welcome of another plan is refused, and the signed one goes on', async () => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40), cheat: atMost(2, {}) });
    await siege.settle();
    const north = siege.hospitals.get('north')!;
    const changed = { ...PLAN, title: 'Another question' };
    north.site.receive({
      protocol: 1,
      study: PLAN.study,
      kind: 'welcome',
      plan: changed,
      planHash: planHash(changed),
      site: 'north',
      name: 'north',
      phase: 'running',
    });
    await north.site.settled();
    expect(north.refused).toEqual(['wrong-plan']);
    expect(north.record.planHash).toBe(planHash(PLAN));
  });

  it('envelopes never repeat a nonce, over hospitals and rounds', async () => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40), cheat: atMost(3, {}) });
    await siege.settle();
    const nonces = [...siege.hospitals.values()].flatMap(({ said }) =>
      said.flatMap((message) => (message.kind === 'share-keys' ? message.shares.map(({ sealed }) => sealed.slice(0, 32)) : [])),
    );
    expect(nonces.length).toBe(3 * 4 * 3);
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});
