/** A hospital's own limits hold inside its site: a plan that breaks them is not signed, a round that breaks them is not answered. */
import type { SiteMessage } from '@consilium/shared/protocol';
import { DEFAULT_POLICY, type SitePolicy } from '@consilium/shared/study';
import { federate, type VirtualSite } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';

const plan = networkPlan(2);
const base = { plan, sites: smallHospitals(120), splitCsv: null, backend: 'plain' } as const;

/** Runs a study in which `east` takes other limits when it is about to send a message of that kind for the `count`th time. */
async function withLimits(limits: Partial<SitePolicy>, kind: string, count = 1) {
  const sent: { readonly site: string; readonly message: SiteMessage }[] = [];
  let seen = 0;
  const onSend = (site: VirtualSite, message: SiteMessage) => {
    sent.push({ site: site.id, message });
    if (site.id === 'east' && message.kind === kind && ++seen === count)
      site.site()?.setPolicy({ ...DEFAULT_POLICY, smallestCell: 1, ...limits });
  };
  const outcome = await federate({ ...base, onSend }).then(
    ({ view }) => ({ view, error: '' }),
    (error: Error) => ({ view: null, error: error.message }),
  );
  const ofEast = sent.filter(({ site }) => site === 'east').map(({ message }) => message);
  return { ...outcome, ofEast };
}

describe('a site with limits of its own', () => {
  it.each([
    [{ minContributors: 5 }, 'fewer hospitals than this hospital’s own limit'],
    [{ smallestCell: 1000 }, 'smaller groups of patients'],
    [{ largestEpsilon: 3 }, 'no noise'],
    [{ tasks: [] }, 'own limits do not allow'],
    [{ parametersPerPatient: 0.01 }, 'larger than this hospital’s own limit'],
    [{ ownBundle: true }, 'only from pages it serves itself'],
  ])('does not sign a plan that breaks %j, says why, and sends nothing', async (limits, reason) => {
    const { error, ofEast } = await withLimits(limits, 'ready');
    expect(error).toContain(reason);
    expect(ofEast.map(({ kind }) => kind)).toEqual(['ready']);
  });

  it('answers no round once its limits forbid it: not one message more, and the others go on', async () => {
    const { view, ofEast } = await withLimits({ tasks: ['regression'] }, 'approve');
    expect(ofEast.map(({ kind }) => kind)).toEqual(['ready', 'approve']);
    expect(view?.phase).toBe('finished');
    for (const { survivors } of view?.timeline ?? []) expect(survivors).toEqual(['north', 'south', 'west']);
  });

  it('counts its own minimum in each round, not only when it signs', async () => {
    const { ofEast } = await withLimits({ minContributors: 5 }, 'approve');
    expect(ofEast.map(({ kind }) => kind)).toEqual(['ready', 'approve']);
  });
});
