/**
 * Whole studies with tabs that die. The oracle is the sum itself: a network's model after a round with a dropout must be the model of
 * the sites that were counted, and an exact fit must have the coefficients of the fit that nobody left.
 */

import type { Plan } from '@consilium/shared/study';
import { federate, type VirtualSite } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { linearPlan, networkPlan, SITE_IDS, smallHospitals } from '../../reference/small-hospitals.ts';

const base = { sites: smallHospitals(240), splitCsv: null, backend: 'plain' } as const;

/** Kills a site when it is about to send a message of this kind in the given round of a query kind; counts the rounds as they come. */
function killAt(site: string, message: string, round: number) {
  let isDone = false;
  return (sender: VirtualSite, sent: { kind: string; round?: number }) => {
    if (isDone || sender.id !== site || sent.kind !== message || sent.round !== round) return;
    isDone = true;
    sender.kill();
  };
}

/** Rounds before the updates depend on how often the exact fit iterates; a run without faults tells. */
async function firstUpdateRound(plan: Plan): Promise<number> {
  const { view } = await federate({ ...base, plan });
  return view.timeline.find(({ kind }) => kind === 'update')?.round ?? Number.NaN;
}

const revive = async (sites: ReadonlyMap<string, VirtualSite>): Promise<boolean> => {
  const dead = [...sites.values()].filter((site) => site.site() === null);
  for (const site of dead) await site.open();
  return dead.length > 0;
};

describe('a study with dropouts', () => {
  it.each([
    ['share-keys', ['north', 'south', 'west']],
    ['masked-vector', ['north', 'south', 'west']],
    ['consistency', ['north', 'east', 'south', 'west']],
    ['unmask', ['north', 'east', 'south', 'west']],
  ])('closes an update round with the right sites when one leaves before its %s', async (kind, survivors) => {
    const plan = networkPlan(2);
    const round = await firstUpdateRound(plan);
    const { view, results } = await federate({ ...base, plan, onSend: killAt('east', kind, round) });
    expect(view.phase).toBe('finished');
    expect(view.timeline.find((item) => item.round === round)).toMatchObject({ outcome: 'released', survivors });
    expect([...results.keys()].sort()).toEqual(['north', 'south', 'west']);
  });

  it('aborts and pauses when two of four leave, and goes on when they are back', async () => {
    const plan = networkPlan(2);
    const round = await firstUpdateRound(plan);
    const phases: string[] = [];
    const killers = [killAt('east', 'masked-vector', round), killAt('south', 'masked-vector', round)];
    const { view } = await federate({
      ...base,
      plan,
      onSend: (site, message) => {
        for (const kill of killers) kill(site, message);
      },
      onChange: (now) => phases.push(`${now.phase} ${now.reason ?? ''}`.trim()),
      onStill: async (now, sites) => {
        expect(now.phase).toBe('paused');
        expect(now.reason).toBe('waiting-for-hospitals');
        return revive(sites);
      },
    });
    expect(view.timeline.find((item) => item.round === round)).toMatchObject({ outcome: 'aborted', survivors: [] });
    expect(phases).toContain('paused waiting-for-hospitals');
    expect(view.phase).toBe('finished');
  });

  it.each(['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'])(
    'pauses an exact fit when a site leaves before its %s, and reaches the same coefficients when it is back',
    async (kind) => {
      const plan = linearPlan();
      const whole = await federate({ ...base, plan });
      const { view } = await federate({
        ...base,
        plan,
        onSend: killAt('west', kind, 3),
        onStill: async (_now, sites) => revive(sites),
      });
      expect(view.phase).toBe('finished');
      const fit = view.timeline.filter((item) => item.kind === 'newton' && item.outcome === 'released');
      for (const round of fit) expect(round.survivors).toEqual([...SITE_IDS]);
      for (const [i, { value }] of (view.results?.coefficients ?? []).entries()) {
        expect(Math.abs(value - (whole.view.results?.coefficients[i]?.value ?? Number.NaN))).toBeLessThan(1e-12);
      }
    },
  );

  it('never counts a site twice in a round', async () => {
    const { view } = await federate({ ...base, plan: networkPlan(2) });
    for (const { survivors } of view.timeline) expect(new Set(survivors).size).toBe(survivors.length);
  });
});
