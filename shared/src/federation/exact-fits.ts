/**
 * The exact fits of a plan: the primary outcome's own first (`main`), for times to an event the Cox model beside the hazard, then those
 * of the harms. Each is fitted over the frozen cohort by its own sums.
 */
import { designNames, type OutcomeScaling, type Part, type Scaling } from '../preparation/index.ts';
import type { Outcome } from '../schema/index.ts';
import { statisticsStep } from '../secagg/index.ts';
import { harmOutcomes, type Plan, primaryOutcome } from '../study/index.ts';
import type { BoundModel, ExactSpec } from '../training/index.ts';
import { required } from './required.ts';

export interface ExactFit {
  /** `main`, `cox`, `harm:NAME` or `harm:NAME:cox`. */
  readonly label: string;
  readonly outcome: Outcome;
  readonly spec: ExactSpec;
}

export const MAIN_FIT = 'main';

/** Every exact fit, in the order in which they run. */
export function exactFits(plan: Plan, scaling: Scaling): readonly ExactFit[] {
  const fitsOf = (outcome: Outcome, label: string, coxLabel: string): ExactFit[] => {
    const main = { label, outcome, spec: mainSpec(outcome, required(scaling.outcomes[outcome.name], 'outcome'), columns) };
    return outcome.task === 'time-to-event' ? [main, { label: coxLabel, outcome, spec: { kind: 'cox' } }] : [main];
  };
  const columns = designNames(plan, scaling).length;
  return [
    ...fitsOf(primaryOutcome(plan), MAIN_FIT, 'cox'),
    ...harmOutcomes(plan).flatMap((harm) => fitsOf(harm, `harm:${harm.name}`, `harm:${harm.name}:cox`)),
  ];
}

/** One of them. @throws TypeError where the plan has no such fit. */
export function exactFit(plan: Plan, scaling: Scaling, label: string): ExactFit {
  return required(
    exactFits(plan, scaling).find((fit) => fit.label === label),
    `fit ${label}`,
  );
}

/** Most coefficients of a softmax whose Hessian a sum carries. */
const MOST_NEWTON = 500;

function mainSpec(outcome: Outcome, scaling: OutcomeScaling, columns: number): ExactSpec {
  if (outcome.task === 'multiclass') {
    const classes = outcome.codes.length;
    return { kind: (classes - 1) * (columns + 1) > MOST_NEWTON ? 'softmax-bound' : 'softmax', classes };
  }
  if (scaling.task === 'regression') return { kind: 'linear', mean: scaling.mean, sd: scaling.sd };
  if (scaling.task === 'count') {
    return { kind: 'poisson', mean: scaling.mean, most: outcome.task === 'count' ? 50 * outcome.range[1] : 1 };
  }
  if (scaling.task === 'time-to-event') return { kind: 'hazard', cuts: scaling.cuts };
  return { kind: 'logistic' };
}

/** The encoding's step for a model's sums: fine, and wide enough for every training row of the study at one site. */
export const fitStep = (model: BoundModel, scaling: Scaling, sites: number): number =>
  statisticsStep(model.bound * (hasProducts(scaling) ? PRODUCT_SPREAD : 1) * Math.max(1, scaling.rows), sites);

/** Mean fourth power, over that of a scaled column's square, which a product of two columns with long tails may reach. */
const PRODUCT_SPREAD = 64;
const hasProducts = ({ columns }: Scaling): boolean => columns.some(({ product, used }) => product !== null && used);

/** A part's rows with the outcome of a fit; rows where a harm is not known are left out. */
export function rowsOf(part: Part, outcome: Outcome): Part {
  if (outcome.role === 'primary') return part;
  const { y, time } = required(part.harms.get(outcome.name), 'harm');
  const kept = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]!));
  const x = new Float64Array(kept.length * part.width);
  kept.forEach((row, at) => {
    x.set(part.x.subarray(row * part.width, (row + 1) * part.width), at * part.width);
  });
  return {
    ...part,
    x,
    y: Float64Array.from(kept, (row) => y[row]!),
    time: time === null ? null : Float64Array.from(kept, (row) => time[row]!),
    row: Uint32Array.from(kept, (row) => part.row[row]!),
    rows: kept.length,
  };
}
