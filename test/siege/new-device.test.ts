/** A device that came by the recovery file, and a coordinator that asks it again what its hospital has answered from the one before. */
import { describe, expect, it } from 'vitest';
import { networkPlan, SITE_IDS, smallHospitals } from '../reference/small-hospitals.ts';
import { PLAN } from './lies.ts';
import { besiege, type Cheat, gaveShares, saidIn } from './siege-world.ts';

const inputs = smallHospitals(40);
const small = smallHospitals(40, [...SITE_IDS, 'zenith']);
/** Everybody has signed who is in the sum, and the coordinator says that it was never opened. */
const NEVER_OPENED: Cheat = { toCoordinator: (_site, message) => (message.kind === 'consistency' ? [] : [message]) };
/** Only these rounds. */
const until = (round: number): Cheat => ({
  toSite: (_site, message) => (message.kind === 'open-round' && message.round > round ? [] : [message]),
});

describe('a device that came by the recovery file', () => {
  it('does not sign other contributors for what the device before has signed: it sits out, by name, until the next sum', async () => {
    const first = await besiege({ plan: PLAN, inputs, cheat: NEVER_OPENED });
    await first.settle();
    const north = first.hospitals.get('north')!;
    expect(north.record.answered).toHaveLength(1);
    // Every other hospital goes on with its record; north has lost its device, and what that one knew.
    const records = new Map([...first.hospitals].flatMap(([id, { record }]) => (id === 'north' ? [] : [[id, record] as const])));
    const again = { plan: PLAN, inputs, records, cheat: until(3) };
    // Without a word on how it came the new device answers, so the rule is what stops it.
    const careless = await besiege(again);
    await careless.run(3);
    expect(saidIn(careless.hospitals.get('north')!, 2)).toContain('consistency');

    const second = await besiege({ ...again, recovered: ['north'] });
    await second.run(3);
    const anew = second.hospitals.get('north')!;
    expect(anew.refused).toContain('answered-elsewhere');
    for (const round of [2, 3]) {
      expect(saidIn(anew, round)).not.toContain('consistency');
      expect(gaveShares(anew, round)).toBe(false);
    }
  });

  it('answers in the first round of a study, and then goes on like any other', async () => {
    const siege = await besiege({ plan: PLAN, inputs, recovered: ['north'], cheat: until(3) });
    await siege.settle();
    expect(siege.hospitals.get('north')!.refused).toEqual([]);
    expect(gaveShares(siege.hospitals.get('north')!, 2)).toBe(true);
  });

  it('takes part again from the next sum on, and at once where the contributors are fixed', async () => {
    const plan = networkPlan(2);
    const usual = await besiege({ plan, inputs: small, cheat: until(9) });
    await usual.settle();
    const { timeline } = usual.runner.view();
    const roundOf = (kind: string) => timeline.find((past) => past.kind === kind)?.round ?? 0;
    const exact = roundOf('newton');
    const fixed = await arriving(plan, exact);
    expect(fixed.refused).not.toContain('answered-elsewhere');
    expect(fixed.rounds(exact)).toContain('need-model');
    expect([exact, exact + 1].flatMap(fixed.rounds)).toContain('unmask');
    const update = roundOf('update');
    const open = await arriving(plan, update);
    expect(open.refused).toContain('answered-elsewhere');
    expect(open.rounds(update)).toEqual(['need-model', 'refuse']);
    expect(open.rounds(update + 1)).toContain('unmask');
  });
});

/** The same study, in which another device comes for north just before a round is opened. */
async function arriving(plan: ReturnType<typeof networkPlan>, round: number) {
  const siege = await besiege({ plan, inputs: small, cheat: until(round - 1) });
  await siege.settle();
  expect(siege.hospitals.get('north')!.record.answered.length).toBeGreaterThan(0);
  siege.cheat = until(round + 1);
  const anew = await siege.replaceDevice('north');
  // The others are called to the round now; its call did not reach them before.
  for (const { site, message } of siege.mail.filter(({ message }) => message.kind === 'open-round' && message.round === round))
    if (site !== 'north') siege.hospitals.get(site)!.site.receive(message);
  await siege.run(2);
  return { refused: anew.refused, rounds: (at: number) => saidIn(anew, at) };
}
