/** What a hospital signed stays: after a reload no other plan is worked on, whatever the coordinator serves. */
import { createSite, newSiteRecord, type SiteRecord } from '@consilium/shared/federation';
import { DEFAULT_POLICY, type Plan, planHash } from '@consilium/shared/study';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

const never = (): never => {
  throw new Error('nothing may happen in this world');
};
const world = {
  random: never,
  sign: never,
  verify: never,
  save: never,
  send: never,
  upload: never,
  download: never,
  report: never,
  now: never,
  clock: never,
  stretch: never,
};

const siteWith = (plan: Plan, record: SiteRecord) =>
  createSite({
    ...{
      study: plan.study,
      plan,
      planHash: planHash(plan),
      clientHash: '0'.repeat(64),
      backend: 'plain',
      policy: DEFAULT_POLICY,
      isOwnBundle: false,
      confirmation: 'automatic',
      record,
      world,
    },
    site: { id: 'north', name: 'north', rootKey: '', deviceKey: '' },
  });

describe('a hospital that has signed', () => {
  it('goes on with its plan after a reload, and refuses any other before it reads a row', async () => {
    const plan = linearPlan();
    const records: SiteRecord[] = [];
    await federate({
      ...{ plan, sites: smallHospitals(), splitCsv: null, backend: 'plain' },
      onSend: (site) => void records.push(...[site.site()?.state().record].filter((record) => record !== undefined)),
    });
    const signed = records.at(-1);
    expect(signed?.planHash).toBe(planHash(plan));
    const other = { ...plan, evaluation: { ...plan.evaluation, smallestCell: plan.evaluation.smallestCell + 1 } };
    expect(() => siteWith(plan, signed!)).not.toThrow();
    expect(() => siteWith(other, signed!)).toThrow(expect.objectContaining({ code: 'wrong-plan' }));
    expect(() => siteWith(other, newSiteRecord(plan.study, new Uint8Array(32)))).not.toThrow();
  });
});
