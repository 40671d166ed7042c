/** A hospital's own limits: what they refuse, and that they never undercut the plan. */
import { brokenPolicy, DEFAULT_POLICY, effectivePolicy, type Plan, type PolicyFacts, parsePlan, tasksOf } from '@consilium/shared/study';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEART_PLAN } from './plan-fixture.ts';

const parsed = parsePlan(HEART_PLAN, 'plan.yaml');
if (!parsed.ok) throw new Error('the fixture is not valid');
const plan: Plan = parsed.plan;
const facts: PolicyFacts = { hospitals: 4, parameters: 14, trainingRows: 100, isOwnBundle: false };

describe('the policy of a hospital', () => {
  it('takes an ordinary plan when nothing was set', () => {
    expect(brokenPolicy(plan, DEFAULT_POLICY, facts)).toBeNull();
    expect(brokenPolicy(plan, DEFAULT_POLICY, { hospitals: null, parameters: null, trainingRows: null, isOwnBundle: false })).toBeNull();
  });

  it('has as minimum the largest of 3, colluders + 2, the plan’s and its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 3, max: 20 }), fc.integer({ min: 3, max: 20 }), (c, ofPlan, own) => {
        const asked = { ...plan, rounds: { ...plan.rounds, colluders: c, minContributors: ofPlan } };
        const { minContributors } = effectivePolicy(asked, { ...DEFAULT_POLICY, minContributors: own });
        expect(minContributors).toBe([3, c + 2, ofPlan, own].sort((a, b) => b - a)[0]);
      }),
    );
  });

  const rows = [
    ['contributors', { minContributors: 5 }, facts],
    ['cell', { smallestCell: 11 }, facts],
    ['epsilon', { largestEpsilon: 8 }, facts],
    ['tasks', { tasks: ['regression' as const] }, facts],
    ['parameters', { parametersPerPatient: 0.13 }, facts],
    ['own-bundle', { ownBundle: true }, facts],
  ] as const;
  for (const [rule, limit, known] of rows) {
    it(`names the limit "${rule}" when it is broken, and is silent just inside it`, () => {
      expect(
        brokenPolicy(plan, { ...DEFAULT_POLICY, ...limit, tasks: 'tasks' in limit ? [...limit.tasks] : DEFAULT_POLICY.tasks }, known),
      ).toBe(rule);
    });
  }

  it('is silent exactly at each limit', () => {
    expect(brokenPolicy(plan, { ...DEFAULT_POLICY, minContributors: 4 }, facts)).toBeNull();
    expect(brokenPolicy(plan, { ...DEFAULT_POLICY, smallestCell: 10 }, facts)).toBeNull();
    expect(brokenPolicy(plan, { ...DEFAULT_POLICY, tasks: ['binary'] }, facts)).toBeNull();
    expect(brokenPolicy(plan, { ...DEFAULT_POLICY, parametersPerPatient: 0.14 }, facts)).toBeNull();
    expect(brokenPolicy(plan, { ...DEFAULT_POLICY, ownBundle: true }, { ...facts, isOwnBundle: true })).toBeNull();
  });

  it('refuses a list of hospitals that is too short for the plan itself', () => {
    expect(brokenPolicy(plan, DEFAULT_POLICY, { ...facts, hospitals: 2 })).toBe('contributors');
  });

  it('counts harms and the effect of a treatment among the tasks', () => {
    const harm = { name: 'bleeding', role: 'harm', task: 'count', column: 'b', range: [0, 9] } as unknown as Plan['outcomes'][number];
    const asked = { ...plan, outcomes: [...plan.outcomes, harm], treatment: {} as Plan['treatment'] };
    expect(tasksOf(asked)).toEqual(['binary', 'count', 'effect']);
    expect(brokenPolicy(asked, { ...DEFAULT_POLICY, tasks: ['binary', 'count'] }, facts)).toBe('tasks');
  });
});
