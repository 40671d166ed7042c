/**
 * Splines and interactions as columns of the exact fit. Oracle: statsmodels on Harrell's truncated powers and on patsy's natural cubic
 * splines, over all rows together (test/reference/splines.py); for histograms, moments and omissions, loops over rows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExportError, releaseModel } from '@consilium/shared/export';
import { designNames, prepare, scalingFrom, siteStatistics } from '@consilium/shared/preparation';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { runOnce, type SiteInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../preparation/tables.ts';

interface Reference {
  readonly rows: Readonly<Record<'site' | 'age' | 'kidney' | 'smoker' | 'stage' | 'y' | 'train', readonly number[]>>;
  readonly knots: { readonly age: readonly number[]; readonly kidney: readonly number[] };
  readonly logLikelihood: number;
  readonly patsyLogLikelihood: number;
  readonly probability: readonly number[];
}
const reference = JSON.parse(readFileSync(join(import.meta.dirname, '../../reference/splines.json'), 'utf8')) as Reference;

const text = (more = '', age = 'spline: true') => `study: curves
title: Curves
purpose: To fit curves and products.
population: Made-up patients.
synthetic: true
outcomes: [{ name: died, task: binary, column: y, positive: "y == 1" }]
features:
  - { name: age, type: number, range: [0, 120], ${age} }
  - { name: kidney, type: number, range: [0, 10], spline: [0.5, 1, 2.5] }
  - { name: smoker, type: binary }
  - { name: stage, type: category, codes: { 1: one, 2: two, 3: three } }
interactions: [[age, smoker], [smoker, stage]]
split: { by: column, column: part }
model: { kind: linear }
algorithm: { kind: newton, ridge: 0, maxIterations: 40 }
${more}`;

function planOf(source: string): Plan {
  const read = parsePlan(source, 'plan.yaml');
  if (!read.ok) throw new Error(formatPlanErrors(read.errors));
  return read.plan;
}

const errorsOf = (source: string): string => {
  const read = parsePlan(source, 'plan.yaml');
  return read.ok ? '' : formatPlanErrors(read.errors);
};

const { rows } = reference;
const HEAD = 'age,kidney,smoker,stage,y,part';
const lineOf = (i: number): string =>
  [rows.age[i], rows.kidney[i], rows.smoker[i], rows.stage[i], rows.y[i], rows.train[i] === 1 ? 'train' : 'test'].join(',');
const positions = (site: number): number[] => rows.site.flatMap((value, i) => (value === site ? [i] : []));
const sites: SiteInput[] = [0, 1, 2, 3].map((site) => ({
  id: `site-${site}`,
  name: `Site ${site}`,
  csv: new TextEncoder().encode(`${HEAD}\n${positions(site).map(lineOf).join('\n')}\n`),
}));

describe('splines and interactions', () => {
  it('give the fit of statsmodels on all rows together', async () => {
    const { programme, predictions, result } = await runOnce({
      plan: planOf(text()),
      data: { sites, splitCsv: null },
      backend: 'plain',
      secure: 'off',
    });
    const { newton, scaling } = programme;
    expect(newton?.converged).toBe(true);
    expect(scaling!.columns.find(({ name }) => name === "age'")!.knots).toEqual(reference.knots.age);
    expect(Math.abs(newton!.loss! + reference.logLikelihood)).toBeLessThan(1e-8);
    expect(Math.abs(newton!.loss! + reference.patsyLogLikelihood)).toBeLessThan(1e-8);
    for (const { value, central } of result.coefficients) expect(Math.abs(value - central)).toBeLessThan(1e-8);
    const order = [0, 1, 2, 3].flatMap((site) => positions(site).map((position, row) => ({ key: `site-${site} ${row + 1}`, position })));
    const positionOf = new Map(order.map(({ key, position }) => [key, position]));
    expect(predictions).toHaveLength(rows.y.length);
    for (const { site, row, scores } of predictions) {
      expect(Math.abs(scores.federated! - reference.probability[positionOf.get(`${site} ${row}`)!]!)).toBeLessThan(1e-8);
    }
    expect(() => releaseModel(planOf(text()), '00', programme)).toThrowError(ExportError);
  });

  const tables = (plan: Plan, lines: readonly (readonly string[])[]) => {
    const read = lines.map((own) => tableOf(plan, `${HEAD}\n${own.join('\n')}\n`));
    const sets = read.map(({ rowCount }) => new Uint8Array(rowCount).fill(1));
    const sums = read.map((table, at) => siteStatistics(plan, table, sets[at]!));
    const total = sums[0]!.map((_, k) => sums.reduce((sum, own) => sum + own[k]!, 0));
    const scaling = scalingFrom(plan, total);
    return { scaling, parts: read.map((table, at) => prepare(plan, table, sets[at]!, scaling).train) };
  };
  const lines = [0, 1, 2, 3].map((site) => positions(site).map(lineOf));

  it('stand in the matrix scaled, and a missing value as the curve at the mean', () => {
    const plan = planOf(text());
    const { scaling, parts } = tables(plan, [[...lines[0]!, ',,1,3,0,train'], ...lines.slice(1)]);
    expect(designNames(plan, scaling)).toEqual([
      'age',
      "age'",
      "age''",
      'kidney',
      "kidney'",
      'smoker',
      'stage=2',
      'stage=3',
      'age*smoker',
      'smoker*stage=2',
      'smoker*stage=3',
    ]);
    const column = (name: string) => {
      const at = designNames(plan, scaling).indexOf(name);
      return parts.flatMap((part) => Array.from({ length: part.rows }, (_, row) => part.x[row * part.width + at]!));
    };
    const bent = column("age'");
    // The moments come from bins of half a year.
    const mean = bent.reduce((sum, value) => sum + value, 0) / bent.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(bent.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bent.length - 1)).toBeLessThan(0.02);
    const age = column('age');
    const smoker = column('smoker');
    for (const [row, value] of column('age*smoker').entries()) expect(value).toBe(age[row]! * smoker[row]!);
    const missing = parts[0]!.rows - 1;
    expect(age[missing]).toBe(0);
    const nearest = age
      .map((value, row) => ({ gap: Math.abs(value), row }))
      .filter(({ row }) => row !== missing)
      .sort((a, b) => a.gap - b.gap)[0]!;
    expect(Math.abs(bent[missing]! - bent[nearest.row]!)).toBeLessThan(0.05);
  });

  it('leave out a bend of values that lie too close, and a product that few patients have', () => {
    const plan = planOf(text());
    const close = [0, 1, 2, 3].map((site) =>
      positions(site).map((i, at) => `${at % 40 === 0 ? 71 : 70},${rows.kidney[i]},${at < 2 ? 1 : 0},${rows.stage[i]},${rows.y[i]},train`),
    );
    const { scaling } = tables(plan, close);
    const used = designNames(plan, scaling);
    expect(used).not.toContain("age'");
    expect(used.some((name) => name.includes('*'))).toBe(false);
    expect(scaling.notes.join(' ')).toContain("age' is left out: the values of age lie too close together for this bend.");
    expect(scaling.notes.join(' ')).toContain('age*smoker is left out: one of its two columns is left out.');
    const some = [0, 1, 2, 3].map((site) =>
      positions(site).map((i, at) => `${rows.age[i]},1,${at % 2},${at % 2 === 1 ? (at < 4 ? 3 : 1) : (at % 3) + 1},${rows.y[i]},train`),
    );
    const few = tables(plan, some).scaling.notes.join(' ');
    expect(few).toContain('smoker*stage=2 is left out: fewer than 3 hospitals have it.');
    expect(few).toContain('smoker*stage=3 is left out: fewer than 10 patients are on one side of it.');
  });

  it('are refused where they have no meaning', () => {
    expect(errorsOf(text('', 'spline: [50, 40, 60]'))).toContain('must rise from one knot to the next');
    expect(errorsOf(text('', 'spline: [50, 60, 160]'))).toContain('has a knot outside 0 to 120');
    expect(errorsOf(text().replace('[age, smoker]', '[age, sex]'))).toContain('names "sex", which is not a feature');
    expect(errorsOf(text().replace('[age, smoker]', '[age, age]'))).toContain('is "age" with itself');
    expect(errorsOf(text().replace('[age, smoker]', '[stage, smoker]'))).toContain('a second time');
    expect(
      errorsOf(text().replace('{ kind: linear }', '{ kind: additive }').replace('newton, ridge: 0, maxIterations: 40', 'fedavg')),
    ).toContain('cannot be part of an additive network');
  });

  it('and classes above 500 coefficients count together: their penalty cannot be chosen in folds', () => {
    const codes = Array.from({ length: 20 }, (_, k) => `k${k}: k${k}`).join(', ');
    const stages = Array.from({ length: 12 }, (_, k) => `${k}: s${k}`).join(', ');
    const many = text()
      .replace(/outcomes: .*/, `outcomes: [{ name: kind, task: multiclass, column: y, codes: { ${codes} } }]`)
      .replace('1: one, 2: two, 3: three', stages);
    expect(errorsOf(many)).toBe('');
    expect(errorsOf(many.replace('ridge: 0', 'ridge: cv'))).toContain(
      'is cv, but 570 coefficients for 20 classes are too many to fit in folds',
    );
  });
});
