/**
 * A model's figures across hospitals, in three passes: how many hospitals have each figure, so that no sum is of too few of them; the sums from
 * which the spread between hospitals follows; those weighted by it. A hospital's own figure never leaves it.
 */
import {
  acrossFigureNames,
  acrossFigures,
  betweenVariance,
  FIRST_PASS_LENGTH,
  firstPass,
  type Predictions,
  SECOND_PASS_LENGTH,
  type SiteFigure,
  secondPass,
} from '../../evaluation/index.ts';
import type { Prepared } from '../../preparation/index.ts';
import type { Plan } from '../../study/index.ts';
import { fewestFigures } from '../judged.ts';
import type { ModelLabel, ProgrammeState } from '../programme-state.ts';
import type { SiteRows } from '../stage.ts';
import { taskOptions } from '../task-options.ts';
import { outcomeSd } from './conformal.ts';
import type { JudgementPart } from './judgement-part.ts';

/** Weights are of thousands and their squares of millions: powers of two, so nothing is rounded here. */
const WEIGHT = 2 ** 10;
const FIRST_UNITS = [1, WEIGHT, WEIGHT * WEIGHT, WEIGHT, WEIGHT];
const SECOND_UNITS = [1, WEIGHT, WEIGHT, WEIGHT];
const inUnits = (sums: Float64Array, units: readonly number[]): Float64Array => sums.map((value, at) => value / units[at % units.length]!);
const outOfUnits = (sums: Float64Array, units: readonly number[]): Float64Array =>
  sums.map((value, at) => value * units[at % units.length]!);
const join = (parts: readonly Float64Array[]): Float64Array => Float64Array.from(parts.flatMap((part) => Array.from(part)));

/** The pass that is due; none after the last, and none where no figure has enough hospitals. */
export function acrossParts(
  plan: Plan,
  state: ProgrammeState,
  label: ModelLabel,
  predictions: (rows: SiteRows, prepared: Prepared) => Predictions,
): JudgementPart[] {
  const options = { ...taskOptions(plan, state, label), unit: outcomeSd(plan, state) };
  const { length } = acrossFigureNames(options.shape);
  const sites = state.judgement?.figures[label];
  const first = state.judgement?.first[label];
  const shared = sites?.map((count) => count >= fewestFigures(plan)) ?? [];
  const figures = (rows: SiteRows, prepared: Prepared): (SiteFigure | null)[] =>
    acrossFigures(predictions(rows, prepared), prepared.test, options).map((figure, at) =>
      sites === undefined || shared[at] === true ? figure : null,
    );
  if (sites === undefined) {
    return [
      {
        length,
        answer: (rows, prepared) => Float64Array.from(figures(rows, prepared), (figure) => Number(figure !== null)),
        take: (judged, sums) => ({ ...judged, figures: { ...judged.figures, [label]: Array.from(sums, Math.round) } }),
      },
    ];
  }
  if (!shared.includes(true) || state.judgement?.second[label] !== undefined) return [];
  if (first === undefined) {
    return [
      {
        length: length * FIRST_PASS_LENGTH,
        answer: (rows, prepared) => inUnits(join(figures(rows, prepared).map(firstPass)), FIRST_UNITS),
        take: (judged, sums) => ({ ...judged, first: { ...judged.first, [label]: outOfUnits(sums, FIRST_UNITS) } }),
      },
    ];
  }
  const between = betweenOf(first);
  return [
    {
      length: length * SECOND_PASS_LENGTH,
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
  Array.from({ length: first.length / FIRST_PASS_LENGTH }, (_, at) =>
    betweenVariance(first.subarray(at * FIRST_PASS_LENGTH, (at + 1) * FIRST_PASS_LENGTH)),
  );
