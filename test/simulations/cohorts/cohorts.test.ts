import type { Rows } from '@consilium/shared/models';
import { type Plan, parsePlan } from '@consilium/shared/study';
import { coefficientTable, fitLogistic } from '@consilium/shared/training';
import { COHORT_COLUMNS, DEMO_PROFILES, demoPlan, makeCohort, TRUE_TERMS } from '@consilium/simulations/cohorts';
import { describe, expect, it } from 'vitest';
import { prepareSites } from './prepared.ts';

function parsed(kind: 'linear' | 'mlp'): Plan {
  const result = parsePlan(demoPlan(kind), 'demo.yaml');
  if (!result.ok) throw new Error(result.errors.map((error) => error.message).join('\n'));
  return result.plan;
}

const cohort = makeCohort({ sites: DEMO_PROFILES, seed: 1 });

describe('made-up hospitals', () => {
  it('are the same bytes from the same seed and others from another', () => {
    expect(makeCohort({ sites: DEMO_PROFILES, seed: 1 })).toEqual(cohort);
    expect(makeCohort({ sites: DEMO_PROFILES, seed: 2 }).sites[0]!.csv).not.toBe(cohort.sites[0]!.csv);
  });

  it('do not depend on which others there are', () => {
    const alone = makeCohort({ sites: [DEMO_PROFILES[2]!], seed: 1 });
    expect(alone.sites[0]).toEqual(cohort.sites[2]);
  });

  it('hold the truth they were made with', () => {
    // Logistic regression on the true terms of many patients must find the true coefficients, within five standard errors each.
    const big = DEMO_PROFILES.map((profile) => ({ ...profile, patients: 12_000, intercept: 0 }));
    const sites = makeCohort({ sites: big, seed: 4 }).sites;
    const patients = sites.flatMap((site) => site.patients);
    const rows: Rows = {
      x: Float64Array.from(patients.flatMap((patient) => TRUE_TERMS.map((term) => term.valueOf(patient)))),
      y: Float64Array.from(sites.flatMap((site) => site.outcomes)),
      rows: patients.length,
      width: TRUE_TERMS.length,
    };
    const { state } = fitLogistic(rows, 0);
    const table = coefficientTable(
      state!,
      TRUE_TERMS.map((term) => term.name),
    );
    const expected = [cohort.truth.intercept, ...TRUE_TERMS.map((term) => cohort.truth.coefficients[term.name]!)];
    for (const [j, row] of table.entries()) {
      expect(Math.abs(row.value - expected[j]!), row.name).toBeLessThan(5 * row.standardError!);
      expect(row.standardError!).toBeLessThan(0.1);
    }
  });

  it('differ in size, prevalence and case mix', () => {
    const sizes = cohort.sites.map((site) => site.patients.length);
    expect(sizes).toEqual([420, 310, 260, 180]);
    const shares = cohort.sites.map((site) => site.outcomes.reduce((a, b) => a + b, 0) / site.outcomes.length);
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.03);
    const ages = cohort.sites.map((site) => site.patients.reduce((sum, patient) => sum + patient.age, 0) / site.patients.length);
    expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(8);
  });

  it('refuse two hospitals of one id', () => {
    expect(() => makeCohort({ sites: [DEMO_PROFILES[0]!, DEMO_PROFILES[0]!], seed: 1 })).toThrow(RangeError);
  });
});

describe('their files', () => {
  it.each(['linear', 'mlp'] as const)('fit the %s plan of the demo without a rejected cell', (kind) => {
    const plan = parsed(kind);
    expect(plan.synthetic).toBe(true);
    expect(plan.model.kind).toBe(kind);
    for (const { table } of prepareSites(plan, cohort.sites)) {
      expect(table.rejected).toEqual([]);
      expect(table.checks.filter((check) => check.status === 'fail')).toEqual([]);
    }
  });

  it('miss about two cells in a hundred, never age, sex or outcome', () => {
    let empty = 0;
    let cells = 0;
    for (const site of cohort.sites) {
      const [header, ...lines] = site.csv.trim().split('\n');
      expect(header).toBe(COHORT_COLUMNS.join(','));
      for (const line of lines) {
        const [id, age, sex, ...rest] = line.split(',');
        const outcome = rest.pop();
        expect([id, age, sex, outcome].every((cell) => cell !== '' && cell !== 'NA' && cell !== '?')).toBe(true);
        cells += rest.length;
        empty += rest.filter((cell) => cell === '' || cell === 'NA' || cell === '?').length;
      }
    }
    expect(empty / cells).toBeGreaterThan(0.01);
    expect(empty / cells).toBeLessThan(0.035);
  });

  it('leave every hospital at least ten of each class to be judged on', () => {
    for (const { prepared } of prepareSites(parsed('linear'), cohort.sites)) {
      const events = prepared.test.y.reduce((a, b) => a + b, 0);
      expect(events).toBeGreaterThanOrEqual(10);
      expect(prepared.test.rows - events).toBeGreaterThanOrEqual(10);
    }
  });
});
