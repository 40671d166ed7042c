/** A federation without masks against the one with them: the same bits in every model, whatever the division into shards. */
import { stateBytes } from '@consilium/shared/federation';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { fastInThisThread, smallPlan as plan, fourSites as sites } from './fast-world.ts';

const together = [0, 0, 0, 0];

describe('a federation without masks', () => {
  it.each(['linear', 'mlp'] as const)('ends with the state of the one with masks, bit for bit: %s', async (kind) => {
    const secure = await federate({ plan: plan(kind), sites, splitCsv: null, backend: 'plain' });
    const without = await fastInThisThread(plan(kind), sites, together);
    expect(stateBytes(without.programme)).toEqual(stateBytes(secure.programme));
    expect(without.view.timeline).toEqual(secure.view.timeline);
    expect(without.view.results).toEqual(secure.view.results);
    expect([...without.results]).toEqual([...secure.results]);
    const reports = [...without.reports].map(([id, report]) => [id, { ...report, preview: secure.reports.get(id)?.preview }]);
    expect(reports).toEqual([...secure.reports]);
    const counted = await fastInThisThread(plan(kind), sites, together, { isCounted: true });
    expect([...counted.wire]).toEqual([...secure.wire]);
  });

  it('does not depend on who is held with whom', async () => {
    const one = await fastInThisThread(plan('mlp'), sites, together);
    const three = await fastInThisThread(plan('mlp'), sites, [2, 0, 1, 0]);
    expect(stateBytes(three.programme)).toEqual(stateBytes(one.programme));
    expect([...three.results]).toEqual([...one.results]);
  });

  it('goes on without a site that is away in update rounds, and says so', async () => {
    const absent = (_round: number, query: { readonly kind: string }) => (query.kind === 'update' ? [2] : []);
    const gone = await fastInThisThread(plan('mlp'), sites, [0, 0, 1, 1], { absent });
    const updates = gone.view.timeline.filter(({ kind }) => kind === 'update');
    expect(updates.map(({ dropped }) => dropped)).toEqual([['st-alban'], ['st-alban'], ['st-alban']]);
    const everyone = await fastInThisThread(plan('mlp'), sites, together);
    expect(stateBytes(gone.programme)).not.toEqual(stateBytes(everyone.programme));
  });

  it('waits for a site of an exact sum, then gives up with a sentence', async () => {
    const late = await fastInThisThread(plan('linear'), sites, together, { absent: (round) => (round === 2 ? [1] : []) });
    expect(late.view.timeline.slice(0, 3).map(({ outcome }) => outcome)).toEqual(['released', 'aborted', 'released']);
    const never = fastInThisThread(plan('linear'), sites, together, { absent: (round) => (round > 1 ? [1] : []) });
    await expect(never).rejects.toThrow(/too few sites answered/);
  });

  it('names the site whose file cannot be used', async () => {
    const broken = sites.map((site, at) => (at === 1 ? { ...site, csv: new TextEncoder().encode('a,b\n1,2\n') } : site));
    await expect(fastInThisThread(plan('linear'), broken, together)).rejects.toThrow(/^Harbour City Hospital: /);
  });
});
