/**
 * What is judged once every model has been evaluated, over the evaluation's cohort: each model in the declared groups of patients, its figures
 * across hospitals (two passes), and whether the network may take the exact model's place, which validation rows decide. All questions that
 * are open share one sum; the test part is scored by the models of one plan version only, and each of them once.
 */
import {
  acrossFigures,
  betweenVariance,
  calibrationFit,
  calibrationRows,
  FIRST_PASS_LENGTH,
  firstPass,
  GROUP_LENGTH,
  groupCells,
  hiddenGroups,
  judgePromotion,
  logLosses,
  type Predictions,
  promotionSums,
  SECOND_PASS_LENGTH,
  secondPass,
  subgroupSums,
} from '../../evaluation/index.ts';
import type { Prepared } from '../../preparation/index.ts';
import { subgroupsOf } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics, statisticsStep } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { fitSumsLength, newtonStep } from '../../training/index.ts';
import { canPromote, hasAcrossSites, judgedLabels, withheldGroups } from '../judged.ts';
import { scoresWithOwnPart } from '../personal-model.ts';
import type { Judgement, ModelLabel, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { predictionsOf } from '../scores.ts';
import { headerOnly, type SiteRows, type Stage } from '../stage.ts';
import { lastStages } from './effect.ts';

/** What a row may add at most: the square of a difference of clipped log-losses; and test or validation rows for each training row. */
const MOST_A_ROW = 1200 * 10;
const stepOf = ({ scaling, sites }: ProgrammeState): number =>
  statisticsStep(MOST_A_ROW * Math.max(1, required(scaling, 'scaling').rows), sites);

/** Weights are of thousands and their squares of millions: powers of two, so nothing is rounded here. */
const WEIGHT = 2 ** 10;
const FIRST_UNITS = [1, WEIGHT, WEIGHT * WEIGHT, WEIGHT, WEIGHT];
const SECOND_UNITS = [1, WEIGHT, WEIGHT, WEIGHT];
const inUnits = (sums: Float64Array, units: readonly number[]): Float64Array => sums.map((value, at) => value / units[at % units.length]!);
const outOfUnits = (sums: Float64Array, units: readonly number[]): Float64Array =>
  sums.map((value, at) => value * units[at % units.length]!);

/** Figures whose spread over hospitals is told, in the order of `acrossFigures`. */
const FIGURES = 2;

export const judgement: Stage = {
  query: (plan, state) => ({
    kind: 'evaluation',
    label: 'judgement',
    options: { part: 'judgement', pass: passOf(state) },
    layout: { header: partsOf(plan, state).reduce((sum, { length }) => sum + length, 0), body: 0, bits: 32 },
    step: stepOf(state),
    clips: [],
    cohort: required(Object.values(state.evaluations)[0], 'evaluation').cohort,
  }),

  answer: async (plan, state, rows) => {
    const prepared = rows.prepared(required(state.scaling, 'scaling'));
    const sums = partsOf(plan, state).flatMap((part) => Array.from(part.answer(rows, prepared)));
    return headerOnly(encodeStatistics(Float64Array.from(sums), stepOf(state), state.sites));
  },

  advance: (plan, state, sum) => {
    const sums = decodeStatistics(sum.header, stepOf(state));
    let judged = state.judgement ?? EMPTY;
    let at = 0;
    for (const { length, take } of partsOf(plan, state)) {
      judged = take(judged, sums.slice(at, at + length));
      at += length;
    }
    const next = { ...state, judgement: { ...judged, passes: judged.passes + 1 } };
    return partsOf(plan, next).length > 0 ? next : { ...next, stage: lastStages(plan, next) };
  },
};

const EMPTY: Judgement = { passes: 0, subgroups: {}, first: {}, second: {}, promotion: null };
const passOf = ({ judgement: judged }: ProgrammeState): number => judged?.passes ?? 0;

/** One open question: its share of the sum. */
interface Part {
  readonly length: number;
  answer(rows: SiteRows, prepared: Prepared): Float64Array;
  take(judged: Judgement, sums: Float64Array): Judgement;
}

/** The questions that are open; none when all is known, or nothing is asked. */
export function partsOf(plan: Plan, state: ProgrammeState): Part[] {
  const labels = judgedLabels(plan, state);
  return [
    ...labels.flatMap((label) => [...subgroupPart(plan, state, label), ...acrossParts(plan, state, label)]),
    ...(canPromote(plan, state) ? promotionParts(plan, state) : []),
  ];
}

function subgroupPart(plan: Plan, state: ProgrammeState, label: ModelLabel): Part[] {
  const declared = subgroupsOf(plan);
  if (declared.length === 0 || state.judgement?.subgroups[label] !== undefined) return [];
  const withheld = withheldGroups(plan, state);
  return [
    {
      length: declared.reduce((sum, { groups }) => sum + groups.length * GROUP_LENGTH, 0),
      answer: (rows, prepared) => {
        const scores = testScores(plan, state, label, rows, prepared);
        const { labels, groups } = rows.testGroups();
        return Float64Array.from(
          groups.flatMap((own, feature) => {
            const lonely = withheld[feature]!;
            const hidden = hiddenGroups(groupCells(labels, own, lonely.length), plan.evaluation.smallestCell);
            const left = hidden.map((isHidden, group) => isHidden || lonely[group]!);
            return Array.from(subgroupSums(scores, labels, own, left));
          }),
        );
      },
      take: (judged, sums) => ({ ...judged, subgroups: { ...judged.subgroups, [label]: sums } }),
    },
  ];
}

/** First the sums of which the spread between hospitals follows, then those weighted by it. */
function acrossParts(plan: Plan, state: ProgrammeState, label: ModelLabel): Part[] {
  if (!hasAcrossSites(plan, state)) return [];
  const first = state.judgement?.first[label];
  const figures = (rows: SiteRows, prepared: Prepared) =>
    acrossFigures(testScores(plan, state, label, rows, prepared), prepared.test.y, plan.evaluation.smallestCell);
  const join = (parts: readonly Float64Array[]) => Float64Array.from(parts.flatMap((part) => Array.from(part)));
  if (first === undefined) {
    return [
      {
        length: FIGURES * FIRST_PASS_LENGTH,
        answer: (rows, prepared) => inUnits(join(figures(rows, prepared).map(firstPass)), FIRST_UNITS),
        take: (judged, sums) => ({ ...judged, first: { ...judged.first, [label]: outOfUnits(sums, FIRST_UNITS) } }),
      },
    ];
  }
  if (state.judgement?.second[label] !== undefined) return [];
  const between = betweenOf(first);
  return [
    {
      length: FIGURES * SECOND_PASS_LENGTH,
      answer: (rows, prepared) =>
        inUnits(
          join(figures(rows, prepared).map((figure, at) => secondPass(between[at] == null ? null : figure, between[at] ?? 0))),
          SECOND_UNITS,
        ),
      take: (judged, sums) => ({ ...judged, second: { ...judged.second, [label]: outOfUnits(sums, SECOND_UNITS) } }),
    },
  ];
}

/** Between-hospital variance of each figure; null with fewer than five hospitals. */
export const betweenOf = (first: Float64Array): (number | null)[] =>
  Array.from({ length: FIGURES }, (_, at) => betweenVariance(first.subarray(at * FIRST_PASS_LENGTH, (at + 1) * FIRST_PASS_LENGTH)));

/** The paired difference, then, only where the network is better, the slope of its scale. */
function promotionParts(plan: Plan, state: ProgrammeState): Part[] {
  const known = state.judgement?.promotion ?? null;
  const shape = { task: 'binary' } as const;
  const fit = required(calibrationFit(shape), 'calibration');
  const validation = (prepared: Prepared, label: ModelLabel): Predictions =>
    predictionsOf(plan, state, label, prepared.validation, prepared.train);
  const counts = (prepared: Prepared): boolean => prepared.validation.rows >= Math.max(1, plan.evaluation.smallestCell);
  if (known === null) {
    const sites = required(Object.values(state.evaluations)[0], 'evaluation').cohort.length;
    return [
      {
        length: 3,
        answer: (_rows, prepared) =>
          counts(prepared)
            ? promotionSums(
                logLosses(probabilityOf(validation(prepared, 'federated')), prepared.validation.y),
                logLosses(probabilityOf(validation(prepared, 'exact')), prepared.validation.y),
              )
            : new Float64Array(3),
        take: (judged, [n = 0, difference = 0, squares = 0]) => {
          const isBetter = judgePromotion({ n, difference, squares, slope: 1 }).isPromoted;
          const slope = isBetter ? fit.start(sites, stepOf(state)) : null;
          return { ...judged, promotion: { n: Math.round(n), difference, squares, slope } };
        },
      },
    ];
  }
  const { slope } = known;
  if (slope === null || slope.converged || slope.failure !== null) return [];
  return [
    {
      length: fitSumsLength(slope.size),
      answer: (_rows, prepared) =>
        counts(prepared)
          ? fit.model.sums(calibrationRows(validation(prepared, 'federated'), prepared.validation, shape), slope.coefficients)
          : new Float64Array(fitSumsLength(slope.size)),
      take: (judged, sums) => ({ ...judged, promotion: { ...known, slope: newtonStep(slope, sums) } }),
    },
  ];
}

/** As the evaluation scored them: with the site's own part, where the plan gives it one. */
function testScores(plan: Plan, state: ProgrammeState, label: ModelLabel, rows: SiteRows, prepared: Prepared): Float64Array {
  const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, prepared.test) : null;
  return own ?? probabilityOf(predictionsOf(plan, state, label, prepared.test, prepared.train));
}

function probabilityOf(predictions: Predictions): Float64Array {
  if (predictions.task !== 'binary') throw new TypeError('judgement: expected probabilities');
  return predictions.probability;
}
