/** Softmax by Böhning's bound. Oracles: Newton's fit of the same rows, and how far the bound is above the Hessian. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import type { Rows } from '@consilium/shared/models';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { dueLength, type ExactSpec, exactModel, fitExact, newtonStep, startFit } from '@consilium/shared/training';
import type { SiteInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

/** Classes follow the columns, so that a fit has something to find; columns are correlated. */
function made(rows: number, width: number, classes: number, seed: string): Rows {
  const { uniform } = randomStream(sha256(utf8Bytes(`softmax ${seed}`)));
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const x = new Float64Array(rows * width);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const shared = normal();
    for (let j = 0; j < width; j++) x[i * width + j] = 0.6 * shared + 0.8 * normal();
    const odds = Array.from({ length: classes }, (_, k) => Math.exp(0.9 * x[i * width + (k % width)]! * ((k % 3) - 1)));
    let left = uniform() * odds.reduce((a, b) => a + b);
    y[i] = Math.max(
      0,
      odds.findIndex((value) => {
        left -= value;
        return left < 0;
      }),
    );
  }
  return { x, y, rows, width };
}

describe('the bound', () => {
  it.each([
    [3, 4, 1],
    [3, 4, 0],
    [6, 8, 1],
    [6, 8, 30],
  ])('of %d classes and %d columns with ridge %d ends where Newton ends', (classes, width, ridge) => {
    const sites = ['a', 'b', 'c'].map((seed) => made(200, width, classes, seed));
    const exact = fitExact({ kind: 'softmax', classes }, sites, ridge);
    const bound = fitExact({ kind: 'softmax-bound', classes }, sites, ridge, { tolerance: 1e-9, maxIterations: 25 });
    expect(exact.converged && bound.converged).toBe(true);
    for (const [j, value] of exact.coefficients.entries()) expect(bound.coefficients[j]).toBeCloseTo(value, 8);
    expect(bound.loss).toBeCloseTo(exact.loss!, 8);
    expect(bound.iteration).toBeLessThan(70);
    expect(bound.information).toBeNull();
  });

  it('asks for its matrix once, and then for a gradient: never for a Hessian', () => {
    const spec: ExactSpec = { kind: 'softmax-bound', classes: 5 };
    const model = exactModel(spec);
    const rows = made(100, 6, 5, 'lengths');
    const first = startFit({ ...model.shape(6), ridge: 1, tolerance: 1e-9, maxIterations: 25 });
    expect(dueLength(first)).toBe(2 + 28 + 28);
    const second = newtonStep(first, model.sums(rows, first.coefficients, true));
    expect(dueLength(second)).toBe(2 + 28);
    expect(second.bound?.gram).toHaveLength(28);
    expect(() => newtonStep(second, model.sums(rows, second.coefficients, true))).toThrow('expected 30 sums');
  });

  it('never raises the loss by a whole step of its own', () => {
    const spec: ExactSpec = { kind: 'softmax-bound', classes: 4 };
    const model = exactModel(spec);
    const rows = made(150, 3, 4, 'descent');
    let state = startFit({ ...model.shape(3), ridge: 0.5, tolerance: 1e-9, maxIterations: 25 });
    for (let step = 0; step < 6; step++) {
      const before = state.previous?.penalizedLoss ?? Number.POSITIVE_INFINITY;
      // Without memory of earlier steps it is the bound alone.
      const { bound } = state;
      state = newtonStep(
        { ...state, ...(bound && { bound: { ...bound, pairs: [], gradient: null } }) },
        model.sums(rows, state.coefficients, step === 0),
      );
      expect(state.halvings).toBe(0);
      expect(state.previous!.penalizedLoss).toBeLessThan(before);
    }
  });

  it('says that columns depend on each other, and that a class nobody has has no optimum', () => {
    const rows = made(80, 2, 3, 'same');
    const doubled: Rows = {
      ...rows,
      width: 3,
      x: Float64Array.from({ length: 240 }, (_, i) => rows.x[2 * Math.floor(i / 3) + Math.min(1, i % 3)]!),
    };
    expect(fitExact({ kind: 'softmax-bound', classes: 3 }, [doubled], 0).failure).toBe('singular');
    const without = { ...rows, y: rows.y.map((value) => Math.min(1, value)) };
    expect(fitExact({ kind: 'softmax-bound', classes: 3 }, [without], 1, { maxIterations: 10 }).converged).toBe(false);
  });
});

const CLASSES = 12;
const COLUMNS = 46;

const planText = (ridge: string) => `study: many-classes
title: Many classes
purpose: To fit more than five hundred coefficients.
population: Made-up patients.
synthetic: true
outcomes: [{ name: kind, task: multiclass, column: kind, codes: { ${Array.from({ length: CLASSES }, (_, k) => `k${k}: Kind ${k}`).join(', ')} } }]
features:
${Array.from({ length: COLUMNS }, (_, j) => `  - { name: f${j}, type: number, range: [-8, 8] }`).join('\n')}
split: { by: row, test: 0.2, validation: 0 }
model: { kind: linear }
algorithm: { kind: newton, ridge: ${ridge} }
`;

function planOf(ridge: string): Plan {
  const parsed = parsePlan(planText(ridge), 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

const sites = ['north', 'south', 'east', 'west'].map((id): SiteInput => {
  const { x, y } = made(150, COLUMNS, CLASSES, id);
  const lines = Array.from(y, (label, i) =>
    [`k${label}`, ...x.subarray(i * COLUMNS, (i + 1) * COLUMNS).map((value) => Math.round(1000 * value) / 1000)].join(','),
  );
  return {
    id,
    name: id,
    csv: utf8Bytes(`${['kind', ...Array.from({ length: COLUMNS }, (_, j) => `f${j}`)].join(',')}\n${lines.join('\n')}\n`),
  };
});

describe('a study with 517 coefficients', () => {
  it('is fitted through sums, to a gradient of next to nothing', async () => {
    const { programme, view } = await federateWithoutMasks(planOf('3'), { sites, splitCsv: null }, { withSiteResults: false });
    expect(programme.newton?.converged).toBe(true);
    expect(programme.newton?.bound?.classes).toBe(CLASSES);
    expect(programme.newton?.gradientNorm).toBeLessThan(1e-6);
    expect(view.results?.coefficients).toHaveLength((CLASSES - 1) * (COLUMNS + 1));
  });

  it('cannot have its penalty chosen in folds', () => {
    expect(() => planOf('cv')).toThrow('517 coefficients for 12 classes are too many to fit in folds');
  });
});
