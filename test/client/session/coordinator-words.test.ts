/** What a coordinator may make a page say, and write: no end of a part that no person ended, nothing over what a browser keeps of another study. */
import { ConsentDesk, type ConsentView, type LocalStore, type Membership, refusedStep } from '@consilium/client/session';
import { type Plan, planHash } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { linearPlan } from '../../reference/small-hospitals.ts';

describe('the end of a connection', () => {
  it('by a code that only the page itself may say is a plain refusal, with nothing of the coordinator’s words', () => {
    for (const code of ['left', 'stopped', 'left-untold', 'study-stopped', 'failed', 'anything'])
      expect(refusedStep(code, 'Press delete now.')).toEqual({ step: 'stopped', trouble: { code: 'refused', text: '' }, halted: null });
  });

  it('by one a coordinator has a reason for is told as such', () => {
    expect(refusedStep('device-replaced', '…')).toMatchObject({ trouble: { code: 'device-replaced' }, halted: null });
    expect(refusedStep('second-tab', '')).toEqual({ step: 'elsewhere', lost: false });
    expect(refusedStep('superseded', '')).toEqual({ step: 'elsewhere', lost: true });
  });
});

describe('the seat in a next version', () => {
  const plan = linearPlan();
  const following: Plan = { ...plan, title: 'The same, said better', version: plan.version + 1, previous: planHash(plan) };
  const member: Membership = { study: 'small', site: 'north', name: 'North', key: 'device/1', title: '', demo: false, joinedAt: 1 };
  const strict = { minContributors: 9 };

  /** What a browser wrote, and where it went; `kept` is what it had under the name that the coordinator gave. */
  async function enter(next: Plan, given: { readonly hash?: string; readonly kept?: Membership }) {
    const written: string[] = [];
    const store = {
      membership: async (study: string) => (study === 'small-2' ? (given.kept ?? null) : null),
      mapping: async () => null,
      policy: async () => strict,
      signers: async () => null,
      signedPlans: async () => new Set<string>(),
      putPolicy: async (study: string) => void written.push(`policy of ${study}`),
      putMembership: async ({ study }: Membership) => void written.push(`seat in ${study}`),
    } as unknown as LocalStore;
    let view: ConsentView | null = null;
    const answer = { plan, planHash: planHash(plan), previous: null, next: 'small-2' };
    const desk = new ConsentDesk({
      ...{ plan, answer, member, store, site: () => null, onLedger: () => undefined },
      planOf: async () => ({ plan: next, planHash: given.hash ?? planHash(next), previous: null, next: null }),
      onView: (now) => {
        view = now;
      },
    });
    await desk.begin();
    const went = await desk.enterNext();
    return { written, went: went?.study ?? null, trouble: (view as ConsentView | null)?.nextTrouble?.code ?? null };
  }

  it('is taken where its plan follows from this one', async () => {
    expect(await enter(following, {})).toEqual({ written: ['policy of small-2', 'seat in small-2'], went: 'small-2', trouble: null });
  });

  it('is not taken where it does not: another study, no previous, another previous, another hash; nothing is written', async () => {
    const no = { written: [], went: null, trouble: 'next-not-following' };
    expect(await enter({ ...following, study: 'other' }, {})).toEqual(no);
    expect(await enter({ ...following, previous: null }, {})).toEqual(no);
    expect(await enter({ ...following, previous: 'ab'.repeat(32) }, {})).toEqual(no);
    expect(await enter(following, { hash: 'ab'.repeat(32) })).toEqual(no);
  });

  it('never takes the place of what this browser keeps there: its own seat is gone on with, another key stays', async () => {
    const kept = { ...member, study: 'small-2', joinedAt: 5 };
    expect(await enter(following, { kept })).toEqual({ written: [], went: 'small-2', trouble: null });
    expect(await enter(following, { kept: { ...kept, key: 'device/2' } })).toEqual({
      ...{ written: [], went: null },
      trouble: 'next-held-otherwise',
    });
  });
});
