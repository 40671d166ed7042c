/**
 * The way from four real files to matrices, judged from outside: FLamby's row counts, a direct two-pass computation over
 * the files' text, and the coefficients of the reference (recomputed elsewhere by two programs), which a slow Newton
 * iteration here must meet.
 */
import { type Prepared, prepare, scalingFrom, siteStatistics, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { tableSpec } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { HEART_MISSING_PLAN, HEART_PLAN } from '../study/plan-fixture.ts';
import { explainSkip, HEART_SITES, hasHeartData, heartFile, planOf } from './tables.ts';

explainSkip();

const NAMES = ['age', 'sex', 'trestbps', 'chol', 'fbs', 'thalach', 'exang', 'oldpeak', 'cp=2', 'cp=3', 'cp=4', 'restecg=1', 'restecg=2'];
const REFERENCE_A = [0.1285, 0.2137, 0.5365, 0.0364, -0.075, 0.2348, -0.3281, 0.6312, 0.539, -0.1862, 0.0257, 0.6513, 0.1045, 0.1848];
const REFERENCE_B = [0.1239, 0.207, 0.6081, 0.0888, 0.3271, 0.2182, -0.3424, 0.6031, 0.5281, -0.2098, 0.0461, 0.658, 0.0988, 0.1386];

function prepareHeart(planText: string) {
  const plan = planOf(planText);
  const splitFile = readCsv(heartFile('flamby-split'));
  const sites = HEART_SITES.map((id) => {
    const table = checkTable(readCsv(heartFile(id)), tableSpec(plan));
    const { sets, dropped } = splitRows(plan, table, id, splitFile);
    return { id, table, sets, dropped, statistics: siteStatistics(plan, table, sets) };
  });
  const sums = sites[0]!.statistics.map((_, index) => sites.reduce((total, { statistics }) => total + statistics[index]!, 0));
  const scaling = scalingFrom(plan, sums);
  return { sites, scaling, prepared: sites.map(({ table, sets }) => prepare(plan, table, sets, scaling)) };
}

describe.skipIf(!hasHeartData)('the heart-disease files', () => {
  it('divide into the parts FLamby states', () => {
    const { prepared, sites } = prepareHeart(HEART_PLAN);
    expect(prepared.map(({ train, test }) => [train.rows, test.rows])).toEqual([
      [199, 104],
      [172, 89],
      [30, 16],
      [85, 45],
    ]);
    expect(sites.every(({ table }) => table.rejected.length === 0)).toBe(true);
    expect(sites[1]!.table.checks.find(({ id }) => id === 'repeated-rows')).toMatchObject({ status: 'warn' });
  });

  it.each([
    ['as values', HEART_PLAN, (text: string, _: string) => text === '?', []],
    [
      'as missing',
      HEART_MISSING_PLAN,
      (text: string, name: string) => text === '?' || (['chol', 'trestbps'].includes(name) && Number(text) === 0),
      // Basel measured no cholesterol (UCI's description of the data).
      ["chol is not collected at some hospitals: there it counts as the shared mean, and the hospital's own intercept takes up the rest."],
    ],
  ])('give, with zeros taken %s, the means and spreads of the 486 training rows', (_, planText, isMissing, notes) => {
    const { scaling } = prepareHeart(planText);
    expect(scaling).toMatchObject({ rows: 486, sites: 4, notes });
    expect(scaling.columns.map(({ name }) => name)).toEqual(NAMES);
    const values = trainingTexts();
    for (const { name, mean, sd } of scaling.columns) {
      const [column, code] = name.split('=');
      const numbers = values
        .get(column!)!
        .filter((text) => !isMissing(text, column!))
        .map((text) => (code ? Number(Number(text) === Number(code)) : Number(text)));
      const average = numbers.reduce((total, value) => total + value, 0) / numbers.length;
      const spread = Math.sqrt(numbers.reduce((total, value) => total + (value - average) ** 2, 0) / (numbers.length - 1));
      expect(Math.abs(mean - average)).toBeLessThan(1e-10);
      expect(Math.abs(sd - spread)).toBeLessThan(1e-10);
    }
  });

  it.each([
    ['A', HEART_PLAN, REFERENCE_A],
    ['B', HEART_MISSING_PLAN, REFERENCE_B],
  ])('lead to the coefficients of reference %s', (_, planText, reference) => {
    const { prepared } = prepareHeart(planText);
    const coefficients = slowRidgeLogistic(prepared);
    reference.forEach((value, index) => {
      expect(Math.abs(coefficients[index]! - value)).toBeLessThan(1e-4);
    });
  });
});

/** Texts of the training rows by column, read by splitting lines at commas. */
function trainingTexts(): Map<string, string[]> {
  const lines = (name: string) => heartFile(name).toString('utf8').trim().split(/\r?\n/);
  const train = new Set(lines('flamby-split').filter((line) => line.endsWith(',train')));
  const texts = new Map<string, string[]>();
  for (const site of HEART_SITES) {
    const [header, ...rows] = lines(site);
    rows.forEach((line, index) => {
      if (!train.has(`${site},${index + 1},train`)) return;
      const cells = line.split(',');
      header!.split(',').forEach((name, at) => {
        texts.set(name, [...(texts.get(name) ?? []), cells[at]!]);
      });
    });
  }
  return texts;
}

/** Ridge 1, free intercept: Newton's method on dense matrices, solved by Gauss-Jordan elimination. */
function slowRidgeLogistic(prepared: readonly Prepared[]): number[] {
  const rows = prepared.flatMap(({ train, width }) =>
    Array.from({ length: train.rows }, (_, at) => ({ x: [1, ...train.x.slice(at * width, (at + 1) * width)], y: train.y[at]! })),
  );
  const size = rows[0]!.x.length;
  let beta = Array<number>(size).fill(0);
  for (let iteration = 0; iteration < 20; iteration++) {
    const system = beta.map((value, i) => [...beta.map((_, j) => (i === j && i > 0 ? 1 : 0)), i > 0 ? value : 0]);
    for (const { x, y } of rows) {
      const p = 1 / (1 + Math.exp(-x.reduce((total, value, i) => total + value * beta[i]!, 0)));
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) system[i]![j]! += p * (1 - p) * x[i]! * x[j]!;
        system[i]![size]! += (p - y) * x[i]!;
      }
    }
    for (let i = 0; i < size; i++) {
      const pivot = system[i]!.map((value) => value / system[i]![i]!);
      system.forEach((line, k) => {
        system[k] = k === i ? pivot : line.map((value, j) => value - line[i]! * pivot[j]!);
      });
    }
    beta = beta.map((value, i) => value - system[i]![size]!);
  }
  return beta;
}
