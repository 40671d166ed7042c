/** A hospital that was away while models were evaluated still gets the results, because the closing round vouches for the final state. */
import type { Advert } from '@consilium/shared/protocol';
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

  it.each([
    ['fewer hospitals than the threshold vouch for', (adverts: readonly Advert[]) => adverts.slice(0, 1)],
    ['one hospital vouches for many times', (adverts: readonly Advert[]) => adverts.map(() => adverts[0]!)],
    ['nobody signed for', (adverts: readonly Advert[]) => adverts.map((advert) => ({ ...advert, signature: `${'A'.repeat(86)}==` }))],
  ])('is of no use to a coordinator that offers a state %s', async (_name, forge) => {
    let west: VirtualSite | null = null;
    let offers = 0;
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
        if (site.id === 'west' && message.round === evaluation && west === null) {
          west = site;
          const { receive } = site;
          site.receive = (said) => {
            if (said.kind === 'catch-up') offers += 1;
            receive(said.kind === 'catch-up' ? { ...said, adverts: [...forge(said.adverts)] } : said);
          };
          site.kill();
        } else if (west?.site() === null && message.round > evaluation) void west.open();
      },
    });
    expect(offers).toBeGreaterThan(0);
    expect(view.timeline.at(-1)).toMatchObject({ kind: 'closing', outcome: 'released', survivors: ['north', 'east', 'south'] });
    expect(results.has('west')).toBe(false);
  });
});
