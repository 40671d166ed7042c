/** Counts of test patients are the same for every model, so two evaluations over two cohorts would show one hospital's counts. */
import { federate, type VirtualSite } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';

describe('the evaluations of a study', () => {
  it('share one cohort, and wait for a hospital that leaves between them', async () => {
    let isKilled = false;
    const waits: string[] = [];
    const { view, programme } = await federate({
      plan: networkPlan(1),
      sites: smallHospitals(240),
      splitCsv: null,
      backend: 'plain',
      onSend: (site: VirtualSite, message) => {
        const stage = site.site()?.state().programme?.stage;
        const isSecond = stage?.kind === 'evaluation' && stage.label === 'federated';
        if (isKilled || site.id !== 'east' || !isSecond || message.kind !== 'masked-vector') return;
        isKilled = true;
        site.kill();
      },
      onStill: async (now, sites) => {
        waits.push(now.reason ?? '');
        await sites.get('east')?.open();
        return true;
      },
    });
    expect(isKilled).toBe(true);
    expect(waits).toEqual(['waiting-for-hospitals']);
    expect(view.phase).toBe('finished');
    expect(programme.evaluations.federated?.cohort).toEqual(programme.evaluations.exact?.cohort);
    const released = view.timeline.filter(({ kind, outcome }) => kind === 'evaluation' && outcome === 'released');
    expect(released.map(({ survivors }) => survivors)).toEqual([
      ['north', 'east', 'south', 'west'],
      ['north', 'east', 'south', 'west'],
    ]);
  });
});
