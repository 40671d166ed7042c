/**
 * Real patients of four hospitals through the real secure sum, against figures of two independent programs
 * (FLamby's rows and split; scikit-learn and a hand-written Newton fit on the pooled 486 training rows).
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePlan } from '@consilium/shared/study';
import { readStudyInput, runOnce } from '@consilium/simulations';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const data = resolve(root, '../shared/data/heart-disease');
const isThere = existsSync(data);
if (!isThere) console.log('skipped: the heart-disease data are not beside the project');

const NAMES = [
  'intercept',
  'age',
  'sex',
  'trestbps',
  'chol',
  'fbs',
  'thalach',
  'exang',
  'oldpeak',
  'cp=2',
  'cp=3',
  'cp=4',
  'restecg=1',
  'restecg=2',
];
const ROWS_AS_MEASURED = [0.1285, 0.2137, 0.5365, 0.0364, -0.075, 0.2348, -0.3281, 0.6312, 0.539, -0.1862, 0.0257, 0.6513, 0.1045, 0.1848];
const ZERO_IS_MISSING = [0.1239, 0.207, 0.6081, 0.0888, 0.3271, 0.2182, -0.3424, 0.6031, 0.5281, -0.2098, 0.0461, 0.658, 0.0988, 0.1386];

async function run(name: string) {
  const path = resolve(root, 'simulations/studies', name);
  const parsed = parsePlan(readFileSync(path, 'utf8'), name);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'));
  return runOnce({ plan: parsed.plan, data: await readStudyInput(parsed.plan, data, null), backend: 'plain' });
}

describe.skipIf(!isThere)('heart disease, values as measured', () => {
  let output: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    output = await run('heart-disease.yaml');
  });

  it('gives every coefficient of the published fit', () => {
    const { coefficients } = output.result;
    expect(coefficients.map(({ name }) => name)).toEqual(NAMES);
    for (const [i, { value }] of coefficients.entries()) expect(Math.abs(value - (ROWS_AS_MEASURED[i] ?? Number.NaN))).toBeLessThan(1e-4);
  });

  it('gives the coefficients of the fit on pooled rows to 1e-8', () => {
    for (const { value, central } of output.result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-8);
  });

  it('gives the published scores on the 254 test rows', () => {
    const pooled = output.result.models.federated?.pooled ?? {};
    expect(pooled.n).toBe(254);
    expect(pooled.accuracy).toBeCloseTo(0.7953, 4);
    expect(pooled.auroc).toBeCloseTo(0.8812, 4);
    expect(pooled.aurocWithin).toBeCloseTo(0.8629, 4);
    expect(pooled.logLoss).toBeCloseTo(0.4355, 4);
  });

  it('shows a live study the pooled ranking within its printed bound', () => {
    const { auroc, aurocBinned, aurocBound } = output.result.models.federated?.pooled ?? {};
    expect(Math.abs((auroc ?? 0) - (aurocBinned ?? 1))).toBeLessThanOrEqual(aurocBound ?? 0);
    expect(aurocBound).toBeLessThan(0.01);
  });

  it('gives the published scores of each hospital', () => {
    const sites = output.result.models.federated?.sites ?? {};
    expect(sites.cleveland?.accuracy).toBeCloseTo(0.7788, 4);
    expect(sites.cleveland?.auroc).toBeCloseTo(0.8642, 4);
    expect(sites.hungarian?.accuracy).toBeCloseTo(0.798, 3);
    expect(sites.hungarian?.auroc).toBeCloseTo(0.877, 3);
    expect(sites['va-long-beach']?.accuracy).toBeCloseTo(0.822, 3);
    expect(sites['va-long-beach']?.auroc).toBeCloseTo(0.774, 3);
    expect(sites.switzerland?.accuracy).toBeCloseTo(0.812, 2);
  });

  it('takes the split file for a split, not for a hospital', () => {
    expect(Object.keys(output.result.sites)).toEqual(['cleveland', 'hungarian', 'switzerland', 'va-long-beach']);
    const train = Object.values(output.result.sites).reduce((sum, site) => sum + site.train, 0);
    expect(train).toBe(486);
  });
});

describe.skipIf(!isThere)('heart disease, zero is missing', () => {
  it('gives every coefficient and score of the published fit', async () => {
    const { result } = await run('heart-disease-missing.yaml');
    for (const [i, { value, central }] of result.coefficients.entries()) {
      expect(Math.abs(value - (ZERO_IS_MISSING[i] ?? Number.NaN))).toBeLessThan(1e-4);
      expect(Math.abs(value - central)).toBeLessThan(1e-8);
    }
    expect(result.models.federated?.pooled.auroc).toBeCloseTo(0.8799, 4);
    expect(result.models.federated?.pooled.logLoss).toBeCloseTo(0.4376, 4);
  });
});
