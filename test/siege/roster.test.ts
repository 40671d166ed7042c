/** A coordinator that shows another list of hospitals than the one that was signed. */
import type { Roster } from '@consilium/shared/identity';
import { describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';
import { PLAN } from './lies.ts';
import { besiege, saidIn } from './siege-world.ts';

const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');

/** Each makes another list of the one that was signed. */
const FORKS: Record<string, (roster: Roster) => Roster> = {
  'a hospital more': (roster) => ({
    ...roster,
    sites: [...roster.sites, { index: 9, id: 'nobody', name: 'Nobody', rootKey: OTHER_KEY }],
  }),
  'a hospital less': (roster) => ({ ...roster, sites: roster.sites.slice(0, -1) }),
  "another key under a hospital's name": (roster) => ({
    ...roster,
    sites: roster.sites.map((site) => (site.id === 'east' ? { ...site, rootKey: OTHER_KEY } : site)),
  }),
  'a lower minimum': (roster) => ({ ...roster, policy: { minimum: roster.policy.minimum - 1 } }),
  'another coordinator': (roster) => ({ ...roster, coordinatorKey: OTHER_KEY }),
  'a version that nobody signed': (roster) => ({ ...roster, version: 2, previous: '11'.repeat(32) }),
  'the same list under another number': (roster) => ({ ...roster, version: 7 }),
};

/** What else than a fork it is. */
const EXPECTED: Record<string, string> = {
  'a version that nobody signed': 'roster-wrong-previous',
  'the same list under another number': 'roster-gap',
};

describe('the list of hospitals', () => {
  it('another list of hospitals than the signed one is refused, whatever differs', async () => {
    const siege = await besiege({
      plan: PLAN,
      inputs: smallHospitals(40),
      cheat: { toSite: (_to, message) => (message.kind === 'open-round' && message.round > 2 ? [] : [message]) },
    });
    await siege.settle();
    const north = siege.hospitals.get('north')!;
    const signed = siege.mail.find(({ message }) => message.kind === 'roster')!.message;
    if (signed.kind !== 'roster') throw new Error('no roster');
    const before = north.record.rosterHash;
    for (const [what, fork] of Object.entries(FORKS)) {
      north.refused.length = 0;
      north.site.receive({ ...signed, roster: fork(signed.roster) });
      await north.site.settled();
      expect([what, ...north.refused]).toEqual([what, EXPECTED[what] ?? 'roster-forked']);
    }
    expect(north.record.rosterHash).toBe(before);
    north.refused.length = 0;
    north.site.receive(signed);
    await north.site.settled();
    expect(north.refused).toEqual([]);
  });

  it('without this hospital, or with another key for it, is refused before anything is signed', async () => {
    for (const fork of [
      (roster: Roster): Roster => ({ ...roster, sites: roster.sites.filter(({ id }) => id !== 'north') }),
      (roster: Roster): Roster => ({
        ...roster,
        sites: roster.sites.map((site) => (site.id === 'north' ? { ...site, rootKey: OTHER_KEY } : site)),
      }),
    ]) {
      const siege = await besiege({
        ...{ plan: PLAN, inputs: smallHospitals(40) },
        cheat: {
          toSite: (to, message) =>
            message.kind === 'roster' && to === 'north' ? [{ ...message, roster: fork(message.roster) }] : [message],
        },
      }).catch((error: unknown) => error as Error);
      // Nothing was accepted, so there is nothing to sign.
      expect(siege).toBeInstanceOf(Error);
    }
  });

  it('shown differently to one hospital: its signature does not fit, and no round begins', async () => {
    const siege = await besiege({
      ...{ plan: PLAN, inputs: smallHospitals(40) },
      cheat: {
        toSite: (to, message) =>
          message.kind === 'roster' && to === 'north' ? [{ ...message, roster: FORKS['a hospital more']!(message.roster) }] : [message],
      },
    });
    await siege.settle();
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', round: null });
    for (const hospital of siege.hospitals.values()) expect(saidIn(hospital, 1)).toEqual([]);
  });
});
