/**
 * The metrics of every task but a binary one, straight from rows: nothing is binned, gridded or summed over sites first. The live figures
 * of a study stand beside them.
 */
import {
  brierSums,
  concordance,
  concordancePairs,
  headline,
  integrate,
  kaplanMeier,
  type Predictions,
  pairCounts,
  survivalAt,
  type Truth,
} from '@consilium/shared/evaluation';
import { evaluatedLabels, predictionsOf } from '@consilium/shared/federation';
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import type { FastFederation } from '../fast/index.ts';
import type { Central } from './central.ts';
import type { ModelMetrics } from './metrics.ts';

type Figures = Readonly<Record<string, number | null>>;
interface Rows {
  readonly predictions: Predictions;
  readonly truth: Truth;
}

/**
 * Metrics of one model on the test rows, pooled and at each site. Of `local` each site has its own among its results; pooled are those that
 * its predictions tell, each site's rows under its own model.
 */
export function taskMetrics(plan: Plan, federation: FastFederation, central: Central, label: string): ModelMetrics {
  const { programme } = federation;
  if (label === 'local') {
    const own = [...federation.results].flatMap(([site, { local }]) => (local === null ? [] : [[site, local.metrics] as const]));
    return { pooled: localFigures(plan, federation, central), sites: Object.fromEntries(own) };
  }
  const isKnown = label === 'central' || evaluatedLabels(plan, programme).includes(label);
  if (!isKnown) return { pooled: {}, sites: {} };
  const sites = [...central.sites].map(([site, { train, test }]) => {
    const predictions = label === 'central' ? central.predict(test, train) : predictionsOf(plan, programme, label, test, train);
    return [site, { predictions, truth: test }] as const;
  });
  return {
    pooled: figuresOfRows(sites.map(([, rows]) => rows)),
    sites: Object.fromEntries(sites.map(([site, rows]) => [site, figuresOfRows([rows])])),
  };
}

/** What scores and class probabilities tell; spreads and whole curves stay at the sites. */
function localFigures(plan: Plan, federation: FastFederation, central: Central): Figures {
  const { task } = primaryOutcome(plan);
  const sites = [...federation.results].flatMap(([site, { predictions }]): Rows[] => {
    const test = central.sites.get(site)?.test;
    const own = new Map(predictions.filter(({ set }) => set === 'test').map((item) => [item.row, item]));
    if (test === undefined) return [];
    const found = Array.from(test.row, (row) => own.get(row));
    const scores = Float64Array.from(found, (item) => item?.scores.local ?? Number.NaN);
    if (scores.some(Number.isNaN)) return [];
    if (task === 'count') return [{ predictions: { task, mean: scores }, truth: test }];
    if (task === 'regression') return [{ predictions: { task, mean: scores, sd: new Float64Array(scores.length) }, truth: test }];
    if (task === 'time-to-event') return [{ predictions: { task: 'ranking', score: scores }, truth: test }];
    const classes = found.map((item) => item?.classes?.local ?? []);
    const width = classes[0]?.length ?? 0;
    return [{ predictions: { task: 'multiclass', classes: width, probability: Float64Array.from(classes.flat()) }, truth: test }];
  });
  const { coverage95: _, ...figures } = figuresOfRows(sites);
  return figures;
}

/** Figures of all rows together; none for two classes, which have metrics of their own. */
export function figuresOfRows(sites: readonly Rows[]): Figures {
  const first = sites[0];
  if (first === undefined) return {};
  switch (first.predictions.task) {
    case 'time-to-event':
      return { ...ranked(sites), ...weighed(sites) };
    case 'ranking':
      return ranked(sites);
    case 'multiclass':
      return classes(sites);
    case 'regression':
      return measured(sites);
    case 'count':
      return counted(sites);
    case 'binary':
      return {};
  }
}

const all = (sites: readonly Rows[], of: (rows: Rows) => ArrayLike<number>): number[] => sites.flatMap((rows) => Array.from(of(rows)));
const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length);
const scoresOf = ({ predictions }: Rows) => headline(predictions);
const timesOf = ({ truth }: Rows) => truth.time ?? [];
const yOf = ({ truth }: Rows) => truth.y;

function ranked(sites: readonly Rows[]): Figures {
  const pairs = sites.map((rows) => concordancePairs(scoresOf(rows), timesOf(rows), yOf(rows)));
  const comparable = pairs.reduce((sum, pair) => sum + pair.comparable, 0);
  const agreeing = pairs.reduce((sum, pair) => sum + pair.concordant + pair.tied / 2, 0);
  const y = all(sites, yOf);
  return {
    n: y.length,
    events: y.reduce((sum, value) => sum + value, 0),
    concordanceWithin: comparable > 0 ? agreeing / comparable : null,
    concordance: concordance(all(sites, scoresOf), all(sites, timesOf), y),
  };
}

function weighed(sites: readonly Rows[]): Figures {
  const predictions = sites[0]?.predictions;
  if (predictions?.task !== 'time-to-event') return {};
  const { cuts } = predictions;
  const horizon = cuts[cuts.length - 1] ?? 0;
  const kept = sites.filter(
    ({ truth }) => survivalAt(kaplanMeier(truth.time ?? [], truth.y, 'censoring'), horizon) >= 0.1 && truth.y.length > 0,
  );
  const rows = kept.reduce((sum, { truth }) => sum + truth.y.length, 0);
  const sums = kept.map(({ truth, predictions: own }) => brierSums(truth, own.task === 'time-to-event' ? own.survival : [], cuts).errors);
  const scores = cuts.map((_, k) => sums.reduce((total, errors) => total + (errors[k] ?? 0), 0) / rows);
  const observed = sites.reduce((sum, { truth }) => {
    return sum + truth.y.length * (1 - survivalAt(kaplanMeier(truth.time ?? [], truth.y), horizon));
  }, 0);
  const expected = all(sites, scoresOf).reduce((sum, value) => sum + value, 0);
  return {
    integratedBrier: rows > 0 ? integrate(cuts, scores) : null,
    brierAtHorizon: rows > 0 ? (scores[scores.length - 1] ?? null) : null,
    observedExpected: expected > 0 ? observed / expected : null,
    survivalAtHorizon: survivalAt(kaplanMeier(all(sites, timesOf), all(sites, yOf)), horizon),
  };
}

function classes(sites: readonly Rows[]): Figures {
  const own = sites.flatMap(({ predictions, truth }) => {
    if (predictions.task !== 'multiclass') return [];
    const { classes: width, probability } = predictions;
    return Array.from(truth.y, (y, i) => ({ y, p: Array.from(probability.subarray(i * width, (i + 1) * width)) }));
  });
  const width = own[0]?.p.length ?? 0;
  const within = Array.from({ length: width }, (_, k) => {
    const pairs = sites.map(({ predictions, truth }) => {
      const probability = predictions.task === 'multiclass' ? predictions.probability : [];
      return pairCounts(
        Array.from(truth.y, (_y, i) => probability[i * width + k] ?? 0),
        Array.from(truth.y, (y) => Number(y === k)),
      );
    });
    const total = pairs.reduce((sum, pair) => sum + pair.pairs, 0);
    return total > 0 ? pairs.reduce((sum, pair) => sum + pair.concordant, 0) / total : null;
  });
  return {
    n: own.length,
    logLoss: mean(own.map(({ y, p }) => -Math.log(p[y] ?? 0))),
    brier: mean(own.map(({ y, p }) => p.reduce((sum, value, k) => sum + (value - Number(k === y)) ** 2, 0))),
    accuracy: mean(own.map(({ y, p }) => Number(p.indexOf(Math.max(...p)) === y))),
    aurocWithinMean: within.every((value) => value !== null) ? mean(within.map((value) => value ?? 0)) : null,
    ...Object.fromEntries(within.map((value, k) => [`aurocWithin@${k}`, value])),
  };
}

function measured(sites: readonly Rows[]): Figures {
  const fitted = all(sites, scoresOf);
  const y = all(sites, yOf);
  const sd = all(sites, ({ predictions }) => (predictions.task === 'regression' ? predictions.sd : []));
  const centre = mean(y) ?? 0;
  const squares = y.map((value, i) => (value - (fitted[i] ?? 0)) ** 2);
  const spread = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const meanSquare = mean(squares);
  return {
    n: y.length,
    meanAbsoluteError: mean(squares.map(Math.sqrt)),
    rootMeanSquareError: meanSquare === null ? null : Math.sqrt(meanSquare),
    rSquared: spread > 0 ? 1 - squares.reduce((a, b) => a + b, 0) / spread : null,
    coverage95: mean(squares.map((value, i) => Number(Math.sqrt(value) <= 1.959963984540054 * (sd[i] ?? 0)))),
  };
}

function counted(sites: readonly Rows[]): Figures {
  const fitted = all(sites, scoresOf);
  const y = all(sites, yOf);
  const expected = fitted.reduce((a, b) => a + b, 0);
  const seen = y.reduce((a, b) => a + b, 0);
  const deviances = y.map((value, i) => {
    const mu = fitted[i] ?? 1;
    return 2 * ((value === 0 ? 0 : value * Math.log(value / mu)) - (value - mu));
  });
  return {
    n: y.length,
    meanAbsoluteError: mean(y.map((value, i) => Math.abs(value - (fitted[i] ?? 0)))),
    deviance: mean(deviances),
    observedExpected: expected > 0 ? seen / expected : null,
  };
}
