/** A hospital that missed a release is given the model by the others of its frozen cohort, also where one hospital of the study is not in it. */
import { federate, type VirtualSite } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

describe('a hospital that misses a release', () => {
  it('catches up within a frozen cohort that another hospital is not part of', async () => {
    const struck: string[] = [];
    const { view } = await federate({
      ...{ plan: linearPlan(), sites: smallHospitals(), splitCsv: null, backend: 'plain' },
      onSend: (site: VirtualSite, message) => {
        const strike = (name: string, kind: string, round: number): boolean =>
          site.id === name && message.kind === kind && 'round' in message && message.round === round && !struck.includes(name);
        // North is late for the statistics: the cohort of the exact fit is the other three.
        if (strike('north', 'masked-vector', 1)) {
          struck.push('north');
          site.kill();
        }
        // West gives its shares of an iteration, and is gone before the sum is there.
        if (strike('west', 'unmask', 3)) {
          struck.push('west');
          queueMicrotask(() => site.kill());
        }
      },
      onStill: async (_now, sites) => {
        const dead = [...sites.values()].filter((site) => site.site() === null);
        for (const site of dead) await site.open();
        return dead.length > 0;
      },
    });
    expect(struck).toEqual(['north', 'west']);
    expect(view.phase).toBe('finished');
    const [statistics, , third] = view.timeline;
    expect(statistics?.survivors).toEqual(['east', 'south', 'west']);
    expect(third).toMatchObject({ round: 3, outcome: 'released' });
    for (const { kind, outcome, survivors } of view.timeline)
      if (kind === 'newton' && outcome === 'released') expect(survivors).toEqual(['east', 'south', 'west']);
  });
});
