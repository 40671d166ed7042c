/** Columns from which no single answer follows, in whole studies without a penalty: left out or named, never a figure that is not a number. */
import { studyResults } from '@consilium/shared/federation';
import { formatPlanErrors, parsePlan } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const DEATH = '  - { name: death, task: binary, column: died, positive: "died == 1" }';
const number = (name: string, range: readonly [number, number]) => ({ name, type: 'number', range });

/** The made-up hospitals with one more column, and the plan that reads it. */
async function study(name: string, range: readonly [number, number], value: (cells: readonly string[]) => string | number, more = {}) {
  const base = taskPlan(DEATH, '', 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 0 }');
  const parsed = parsePlan(JSON.stringify({ ...base, features: [...base.features, number(name, range)], ...more }), 'plan.json');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  const sites = taskHospitals().map(({ csv, ...site }): SiteInput => {
    const [head, ...lines] = new TextDecoder().decode(csv).trim().split('\n');
    const longer = lines.map((line) => `${line},${value(line.split(','))}`);
    return { ...site, csv: new TextEncoder().encode([`${head},${name}`, ...longer, ''].join('\n')) };
  });
  const { programme } = await federateWithoutMasks(parsed.plan, { sites, splitCsv: null });
  return studyResults(parsed.plan, programme)!;
}

describe('a column', () => {
  it('that never varies is left out, said so, and the rest is the fit without it', async () => {
    const constant = await study('ward', [0, 10], () => 4.3);
    expect(constant.notes).toContain('ward is left out: it is the same for every patient.');
    expect(constant.coefficients.map(({ name }) => name)).toEqual(['intercept', 'age', 'smoker']);
    const plan = taskPlan(DEATH, '', 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 0 }');
    const { programme } = await federateWithoutMasks(plan, { sites: taskHospitals(), splitCsv: null });
    expect(constant.coefficients).toEqual(studyResults(plan, programme)!.coefficients);
    expect(constant.coefficients.every(({ standardError }) => standardError! > 0)).toBe(true);
  });

  it('that is another one in another unit is named with it', async () => {
    const results = await study('age_months', [0, 1200], ([age]) => 12 * Number(age));
    expect(results.coefficients).toEqual([]);
    expect(results.notes).toContain(
      'The exact fit has no single answer: "age_months" follows from "age". Add a ridge penalty or drop a column.',
    );
  });

  it('that tells the outcome together with another is named as what runs away, or the other is', async () => {
    const results = await study('sign', [0, 100], ([age, , , died]) => (Number(age) / 2 + (died === '1' ? 4 : 1)).toFixed(2));
    expect(results.coefficients).toEqual([]);
    expect(results.notes.join(' ')).toMatch(
      /runs away: columns separate the outcomes perfectly, "(sign|age)" most of all\. Add a ridge penalty\./,
    );
  });
});
