/** A hospital that was away while models were evaluated still gets the results, because the closing round vouches for the final state. */
import { federate, type VirtualSite } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

describe('the closing round', () => {
  it('gives the results to a hospital that missed the evaluation', async () => {
    let away: VirtualSite | null = null;
    let evaluation = Number.POSITIVE_INFINITY;
    const { view, results } = await federate({
      plan: linearPlan(),
      sites: smallHospitals(240),
      splitCsv: null,
      backend: 'plain',
      onChange: (now) => {
        if (now.round?.kind === 'evaluation') evaluation = Math.min(evaluation, now.round.number);
      },
      onSend: (site, message) => {
        if (!('round' in message)) return;
        if (site.id === 'west' && message.round === evaluation && away === null) {
          away = site;
          site.kill();
        } else if (away !== null && message.round > evaluation) {
          const back = away;
          away = null;
          evaluation = Number.POSITIVE_INFINITY;
          void back.open();
        }
      },
    });
    expect(view.phase).toBe('finished');
    const evaluated = view.timeline.find(({ kind }) => kind === 'evaluation');
    expect(evaluated?.survivors).toEqual(['north', 'east', 'south']);
    expect(view.timeline.at(-1)).toMatchObject({ kind: 'closing', survivors: ['north', 'east', 'south', 'west'] });
    expect(results.get('west')?.pooled).toEqual(results.get('north')?.pooled);
  });
});
