/**
 * 95 % intervals hold the truth in 95 % of studies. The long run, 1,000 studies a model, is
 * `CONSILIUM_COVERAGE_RUNS=1000 vitest run --project node test/shared/training/coverage.test.ts`; the quick one allows for its chance.
 */
import { expect, it } from 'vitest';
import { CASES, coverage } from '../../reference/coverage.ts';

const runs = Number(process.env.CONSILIUM_COVERAGE_RUNS ?? 100);
// 93.5 to 96.5 % over a thousand runs; four standard errors over fewer.
const margin = runs >= 1000 ? 0.0151 : 4 * Math.sqrt((0.95 * 0.05) / runs);

it.each(CASES.map((one) => [one.name, one] as const))('of a %s regression', { timeout: 600_000 }, (name, one) => {
  const shares = coverage(one, runs);
  if (runs >= 1000) console.log(`${name}: ${shares.map((share) => (100 * share).toFixed(1)).join(' ')} %`);
  for (const share of shares) {
    expect(share).toBeGreaterThan(0.95 - margin);
    expect(share).toBeLessThan(Math.min(1.001, 0.95 + margin));
  }
});
