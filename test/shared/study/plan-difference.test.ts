/** What changed between two versions of a plan, and whether the two together can isolate patients. */
import { type Plan, parsePlan, parsePlanValue, planDifference } from '@consilium/shared/study';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEART_MISSING_PLAN, HEART_PLAN } from './plan-fixture.ts';

function read(text: string): Plan {
  const parsed = parsePlan(text, 'plan.yaml');
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join());
  return parsed.plan;
}

const plan = read(HEART_MISSING_PLAN);
/** The plan with its text changed. */
const changed = (from: string | RegExp, to: string): Plan => {
  const text = HEART_MISSING_PLAN.replace(from, to);
  expect(text).not.toBe(HEART_MISSING_PLAN);
  return read(text);
};
const paths = (after: Plan) => planDifference(plan, after).changes.map(({ path }) => path);

describe('the difference of two versions', () => {
  it('is empty for the same plan, also as the next version with the chain filled in', () => {
    expect(planDifference(plan, plan)).toEqual({ changes: [], canIsolate: false });
    const next = { ...plan, version: 2, previous: 'ab'.repeat(32) };
    expect(planDifference(plan, next)).toEqual({ changes: [], canIsolate: false });
  });

  it('names what changed, from what to what, fields by their names', () => {
    const { changes } = planDifference(plan, changed('range: [18, 110]', 'range: [18, 90]'));
    expect(changes).toEqual([{ path: 'features.age.range', before: [18, 110], after: [18, 90], selects: true }]);
    expect(paths(changed('title: Heart disease', 'title: Heart illness'))).toEqual(['title']);
  });

  it('knows a field by its name wherever it stands', () => {
    const [first, ...others] = plan.features;
    expect(planDifference(plan, { ...plan, features: [...others, first!] }).changes).toEqual([]);
  });

  const isolating: readonly [string, Plan][] = [
    ['the outcome’s threshold', changed('num > 0', 'num > 1')],
    ['a cut of a plausible range', changed('range: [18, 110]', 'range: [19, 110]')],
    ['who belongs in it, in words', changed('Adults who had', 'Women who had')],
    ['which codes count as missing', changed('missing: [0]', 'missing: [0, 1]')],
    ['who is left out for a gap', { ...plan, features: plan.features.map((one) => ({ ...one, required: !one.required })) }],
    ['which rows are kept', read(HEART_PLAN.replace('study: heart-disease', 'study: heart-disease-missing'))],
    ['a group of patients', { ...plan, evaluation: { ...plan.evaluation, subgroups: [{ feature: 'age', cuts: [50] }] } }],
    ['the days that count', { ...plan, split: { ...plan.split, by: 'column', column: 'set' } as Plan['split'] }],
  ];
  for (const [what, after] of isolating) {
    it(`can isolate patients when it moves ${what}, both ways, and whatever else is changed beside it`, () => {
      expect(planDifference(plan, after).canIsolate).toBe(true);
      expect(planDifference(after, plan).canIsolate).toBe(true);
      expect(planDifference(plan, { ...after, title: 'Another', seed: 7 }).canIsolate).toBe(true);
    });
  }

  const harmless: readonly [string, Plan][] = [
    ['title and purpose', { ...plan, title: 'Another', purpose: 'Another.' }],
    ['rounds and quorum', { ...plan, rounds: { ...plan.rounds, count: 3, quorum: 4 } }],
    ['the penalty', changed('ridge: 1', 'ridge: 2')],
    ['a field more, where gaps leave nobody out', changed('features:\n', 'features:\n  - { name: bmi, type: number, range: [10, 90] }\n')],
  ];
  for (const [what, after] of harmless) {
    it(`is not marked for ${what}`, () => {
      expect(planDifference(plan, after).changes.length).toBeGreaterThan(0);
      expect(planDifference(plan, after).canIsolate).toBe(false);
    });
  }

  it('is marked for a field more or less where a gap leaves the patient out', () => {
    const dropping = { ...plan, preprocess: { ...plan.preprocess, impute: 'drop-row' as const } };
    expect(planDifference(dropping, { ...dropping, features: dropping.features.slice(1) }).canIsolate).toBe(true);
  });

  it('misses no change: two plans without a difference are the same but for the chain', () => {
    // Oracle: JSON text of both plans, entry by entry at any depth.
    const leaves = entriesOf(plan);
    fc.assert(
      fc.property(fc.nat(leaves.length - 1), (at) => {
        const path = leaves[at]!;
        const after = structuredClone(plan) as unknown as Record<string, unknown>;
        const holder = path.slice(0, -1).reduce<Record<string, unknown>>((value, key) => value[key] as Record<string, unknown>, after);
        const last = path.at(-1)!;
        holder[last] = typeof holder[last] === 'number' ? (holder[last] as number) + 1 : 'other';
        const { changes } = planDifference(plan, after as unknown as Plan);
        expect(changes.length > 0).toBe(path[0] !== 'version' && path[0] !== 'previous');
      }),
      { numRuns: 300 },
    );
  });
});

function entriesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, entry]) => entriesOf(entry, [...path, key]));
}

describe('a chain of versions', () => {
  it('has no version before the first', () => {
    const parsed = parsePlanValue({ ...plan, previous: 'ab'.repeat(32) });
    expect(parsed.ok ? '' : parsed.errors[0]?.message).toContain('the plan names a version before it');
    expect(parsePlanValue({ ...plan, version: 2, previous: 'ab'.repeat(32) }).ok).toBe(true);
  });
});
