/** A coordinator that asks again over other hospitals: in one version of a plan, across versions, and with three sets of which no two tell. */

import { sha256 } from '@consilium/shared/crypto';
import { type KeyedContributors, keyedContributors, newSiteRecord } from '@consilium/shared/federation';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import type { Plan } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { linearPlan, SITE_IDS, smallHospitals } from '../reference/small-hospitals.ts';
import { besiege, type Cheat, gaveShares, type Hospital, saidIn } from './siege-world.ts';

const FIVE = [...SITE_IDS, 'zenith'];

/** Only the first three rounds are opened. */
const isLater = (message: CoordinatorMessage): boolean => message.kind === 'open-round' && message.round > 3;

/** The study's first rounds. */
async function firstSum(plan: Plan, ids: readonly string[], earlier?: ReadonlyMap<string, KeyedContributors>) {
  const cheat: Cheat = { toSite: (_site, message) => (isLater(message) ? [] : [message]) };
  const siege = await besiege({ plan, inputs: smallHospitals(60, ids), cheat, ...(earlier ? { earlier } : {}) });
  await siege.settle();
  return siege;
}

/** What a browser knows of the version before when it opens the next one: nothing of its places, but whose root keys were summed. */
const knownFrom = (hospitals: ReadonlyMap<string, Hospital>) =>
  new Map([...hospitals].map(([id, { record }]) => [id, keyedContributors(record)]));

const renamed = (plan: Plan): Plan => ({ ...plan, title: `${plan.title}, second version` });

describe('a plan asked again as a new version', () => {
  it.each([
    ['the last', SITE_IDS],
    ['the first, whose place the second then has', FIVE.slice(1)],
  ])('over all hospitals but %s is refused by every hospital before R3, and nobody gives a share', async (_which, ids) => {
    const first = await firstSum(linearPlan(), FIVE);
    expect(first.runner.view().progress.done).toBeGreaterThan(0);
    const second = await firstSum(renamed(linearPlan()), ids, knownFrom(first.hospitals));
    for (const hospital of second.hospitals.values()) {
      expect(hospital.refused).toContain('would-isolate');
      for (const round of [1, 2, 3]) expect(gaveShares(hospital, round)).toBe(false);
      expect(saidIn(hospital, 1)).toEqual(['advertise-keys', 'share-keys', 'masked-vector', 'refuse']);
      // What was known stays known, whatever becomes of the record of the version before.
      expect(keyedContributors(hospital.record).training).toHaveLength(1);
      expect(keyedContributors(hospital.record).training[0]).toHaveLength(5);
    }
    expect(second.runner.view()).toMatchObject({ phase: 'paused', progress: { done: 0 } });
  });

  it('over as many hospitals, one of them another, is refused by those who were there: their places do not hide it', async () => {
    const first = await firstSum(linearPlan(), SITE_IDS);
    const known = knownFrom(first.hospitals);
    const second = await firstSum(renamed(linearPlan()), FIVE.slice(1), known);
    for (const [id, hospital] of second.hospitals) {
      for (const round of [1, 2, 3]) expect(gaveShares(hospital, round)).toBe(false);
      if (known.has(id)) expect(hospital.refused).toContain('would-isolate');
    }
    expect(second.runner.view().progress.done).toBe(0);
  });

  it('over the same hospitals is answered', async () => {
    const first = await firstSum(linearPlan(), SITE_IDS);
    const second = await firstSum(renamed(linearPlan()), SITE_IDS, knownFrom(first.hospitals));
    expect(second.runner.view().progress.done).toBeGreaterThan(0);
    for (const hospital of second.hospitals.values()) expect(hospital.refused).toEqual([]);
  });

  it('is refused for three sets of which no two isolate, by hospitals that were in one of them only', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => `h${i}`);
    const known = [
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2],
    ];
    const records = (training: readonly (readonly number[])[]) =>
      new Map(
        ids.map((id) => [id, { ...newSiteRecord('small', sha256(Buffer.from(id))), contributors: { training, validation: [], test: [] } }]),
      );
    const all = smallHospitals(40, ids);
    // The third sum is over 3, 4, 5 and 6: the others stay away.
    const ask = async (training: readonly (readonly number[])[]) => {
      const absent = new Set(ids.slice(0, 3));
      const siege = await besiege({
        ...{ plan: linearPlan(), inputs: all, records: records(training) },
        cheat: { toSite: (site, message) => (isLater(message) || (absent.has(site) && message.kind === 'open-round') ? [] : [message]) },
      });
      await siege.run(2);
      return siege;
    };
    for (const two of [known.slice(0, 1), known.slice(1), []]) expect((await ask(two)).runner.view().progress.done).toBeGreaterThan(0);
    const siege = await ask(known);
    expect(siege.runner.view().progress.done).toBe(0);
    for (const id of ids.slice(3)) expect(siege.hospitals.get(id)?.refused).toContain('would-isolate');
  });
});

describe('what a site knows of sums', () => {
  it('is on disk before R3 is signed, also when the round is said to have ended without a sum', async () => {
    const siege = await besiege({
      ...{ plan: linearPlan(), inputs: smallHospitals(60) },
      cheat: { toCoordinator: (_site, message) => (message.kind === 'consistency' ? [] : [message]) },
    });
    await siege.run(1);
    for (const hospital of siege.hospitals.values()) {
      const said = hospital.said.findIndex(({ kind }) => kind === 'consistency');
      const stored = hospital.stored.find(({ record }) => record.contributors.training.length === 1);
      expect(said).toBeGreaterThan(0);
      expect(stored?.said).toBeLessThanOrEqual(said);
      expect(hospital.record.contributors.training).toEqual([[0, 1, 2, 3]]);
    }
    expect(siege.runner.view().progress.done).toBe(0);
  });
});
