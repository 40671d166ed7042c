/**
 * No part of an evaluation may be the sum of fewer sites than the minimum. Oracle: a study in which one hospital alone has both
 * classes among its test patients; its own AUROC must not come out of the "sum".
 */
import { federate, type SiteInput, type VirtualSite } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

/** Leaves a hospital almost no patient without the outcome. */
function mostlyEvents(site: SiteInput): SiteInput {
  const lines = new TextDecoder().decode(site.csv).trimEnd().split('\n');
  const changed = lines.map((line, row) => (row === 0 || row % 40 === 0 ? line : line.replace(/,[01]$/, ',1')));
  return { ...site, csv: new TextEncoder().encode(`${changed.join('\n')}\n`) };
}

describe('an evaluation', () => {
  it('shows pairs and histograms only where enough hospitals share them', async () => {
    const plan = linearPlan();
    const all = await federate({ plan, sites: smallHospitals(240), splitCsv: null, backend: 'plain' });
    expect(all.view.results?.models.federated?.informativeSites).toBe(4);
    expect(all.view.results?.models.federated?.aurocWithin).toBeGreaterThan(0.5);

    const [first, ...others] = smallHospitals(240);
    if (first === undefined) throw new Error('no hospital');
    const lonely = await federate({ plan, sites: [first, ...others.map(mostlyEvents)], splitCsv: null, backend: 'plain' });
    const result = lonely.view.results?.models.federated;
    expect(Object.values(lonely.programme.informative)[0]).toMatchObject({ both: 1, nonEvents: 1, events: 4 });
    expect(result?.informativeSites).toBe(0);
    expect(result?.aurocWithin).toBeNull();
    expect(result?.aurocBinned).toBeNull();
    expect(result?.n).toBeGreaterThan(100);
    const sums = lonely.programme.evaluations.federated?.sums ?? new Float64Array();
    const nonEventBins = sums.subarray(sums.length - 2 * plan.evaluation.bins, sums.length - plan.evaluation.bins);
    expect(nonEventBins.every((value) => value === 0)).toBe(true);
  });

  it('waits for a hospital where the figures of the others would be those of fewer than the minimum', async () => {
    const [first, ...others] = smallHospitals(240);
    if (first === undefined) throw new Error('no hospital');
    let lost: VirtualSite | null = null;
    let waits = 0;
    const { view, programme } = await federate({
      plan: linearPlan(),
      sites: [mostlyEvents(first), ...others],
      splitCsv: null,
      backend: 'plain',
      onSend: (site, message) => {
        const stage = site.site()?.state().programme?.stage.kind;
        if (lost !== null || site.id !== 'east' || stage !== 'evaluation' || message.kind !== 'masked-vector') return;
        lost = site;
        site.kill();
      },
      onStill: async (now) => {
        expect(now.reason).toBe('waiting-for-hospitals');
        waits += 1;
        await lost?.open();
        return true;
      },
    });
    expect(Object.values(programme.informative)[0]).toMatchObject({ both: 3, nonEvents: 3, events: 4 });
    expect(waits).toBe(1);
    expect(view.results?.models.federated?.informativeSites).toBe(3);
  });
});
