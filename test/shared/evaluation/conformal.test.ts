/** Conformal intervals. Oracles: the order statistic of the residuals, and coverage of new patients, also under a model that is wrong. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { CONFORMAL_LEVEL, RESIDUAL_BINS, readConformal, residualCounts } from '@consilium/shared/evaluation';
import { formatPlanErrors, type Plan, parsePlanValue } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { taskHospitals, taskPlan } from '../../reference/task-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const { uniform } = randomStream(sha256(utf8Bytes('conformal')));
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

describe('the half-width', () => {
  it('is the upper edge of the bin of the right order statistic', () => {
    const observed = Float64Array.from({ length: 239 }, () => 3 * normal());
    const found = readConformal(residualCounts(new Float64Array(239), observed, 3), 3)!;
    // ⌈240 · .95⌉ = 228.
    const exact = Array.from(observed, Math.abs).sort((a, b) => a - b)[227]!;
    expect(found.n).toBe(239);
    expect(found.halfWidth).toBeGreaterThanOrEqual(exact);
    expect(found.halfWidth - exact).toBeLessThan((4 * 3) / RESIDUAL_BINS);
  });

  it.each([
    ['well', () => 0, (x: number) => x],
    ['badly', () => 0, () => 0],
    ['with spreads that differ', (x: number) => Math.abs(x), (x: number) => x],
  ])('holds 95 of 100 new patients of a model that fits %s', (_, spreadOf, predict) => {
    let held = 0;
    let asked = 0;
    const draw = () => {
      const x = 2 * normal();
      return { x, y: x + (0.5 + spreadOf(x)) * normal() };
    };
    for (let run = 0; run < 300; run++) {
      const seen = Array.from({ length: 200 }, draw);
      const counts = residualCounts(
        seen.map(({ x }) => predict(x)),
        seen.map(({ y }) => y),
        3,
      );
      const { halfWidth } = readConformal(counts, 3)!;
      for (let i = 0; i < 100; i++) {
        const { x, y } = draw();
        held += Number(Math.abs(y - predict(x)) <= halfWidth);
        asked += 1;
      }
    }
    expect(held / asked).toBeGreaterThan(CONFORMAL_LEVEL - 0.004);
    expect(held / asked).toBeLessThan(CONFORMAL_LEVEL + 0.015);
  });

  it('is not told from eighteen patients, nor where it lies beyond the bins', () => {
    expect(readConformal(residualCounts(new Float64Array(18), new Float64Array(18), 1), 1)).toBeNull();
    expect(readConformal(residualCounts(new Float64Array(19), new Float64Array(19), 1), 1)?.halfWidth).toBe(4 / RESIDUAL_BINS);
    expect(readConformal(residualCounts(new Float64Array(50), new Float64Array(50).fill(5), 1), 1)).toBeNull();
  });
});

describe('a study of a measured outcome', () => {
  const base = taskPlan('  - { name: pressure, task: regression, column: pressure, range: [60, 220], unit: "mm[Hg]" }', 'personal: none');

  function planOf(validation: number): Plan {
    const parsed = parsePlanValue({ ...base, split: { by: 'row', test: 0.3, validation } }, 'plan.yaml');
    if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
    return parsed.plan;
  }

  it('tells the half-width of its pooled validation patients, and labels it', async () => {
    const { view, results } = await federateWithoutMasks(planOf(0.3), { sites: taskHospitals(200), splitCsv: null });
    const rows = [...results.values()].flatMap(({ predictions }) => predictions);
    const residuals = (set: string) => rows.filter((row) => row.set === set).map((row) => Math.abs(row.outcome - row.scores.federated!));
    const seen = residuals('validation').sort((a, b) => a - b);
    const { halfWidth, n } = view.results!.conformal!;
    expect(n).toBe(seen.length);
    const exact = seen[Math.ceil((n + 1) * CONFORMAL_LEVEL) - 1]!;
    expect(halfWidth).toBeGreaterThanOrEqual(exact);
    expect(halfWidth - exact).toBeLessThan(0.3);
    const test = residuals('test');
    expect(test.filter((value) => value <= halfWidth).length / test.length).toBeGreaterThan(0.9);
    expect(view.results!.notes.join(' ')).toContain('For patients pooled over hospitals: 95 of 100 measured values lie within');
    expect(view.results!.notes.join(' ')).toContain('It says nothing of one patient or one hospital.');
  });

  it('says nothing, and asks nothing, without validation patients', async () => {
    const { view } = await federateWithoutMasks(planOf(0), { sites: taskHospitals(), splitCsv: null }, { withSiteResults: false });
    expect(view.results!.conformal).toBeNull();
    expect(view.timeline.some(({ label }) => label === 'conformal')).toBe(false);
  });
});
