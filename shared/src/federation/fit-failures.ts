/** Why an exact fit has no answer, in words that name the columns or the outcome that are to blame. */
import { designNames, type OutcomeScaling, type Scaling } from '../preparation/index.ts';
import type { Outcome } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { dependences, exactModel, type NewtonState } from '../training/index.ts';
import { type ExactFit, MAIN_FIT } from './exact-fits.ts';

/** @returns One sentence; none where the fit has an answer or is not yet over. */
export function failureNotes(plan: Plan, scaling: Scaling, fit: ExactFit, state: NewtonState): string[] {
  if (state.failure === null) return [];
  const { label, outcome } = fit;
  const reason = oneSided(outcome, scaling.outcomes[outcome.name]);
  const why =
    reason === null
      ? ofColumns(plan, scaling, fit, state)
      : `has no answer: ${reason}. Nothing can be learned of an outcome that does not vary.`;
  return [`The exact fit ${label === MAIN_FIT ? '' : `"${label}" `}${why}`];
}

function ofColumns(plan: Plan, scaling: Scaling, { spec }: ExactFit, state: NewtonState): string {
  const names = exactModel(spec).names(designNames(plan, scaling));
  switch (state.failure) {
    case 'singular': {
      const dependent = dependentWords(names, state);
      const columns = dependent.length === 0 ? 'some columns follow from others' : dependent.join('; ');
      return `has no single answer: ${columns}. Add a ridge penalty or drop a column.`;
    }
    case 'separated':
      return `runs away: columns separate the outcomes perfectly${farthest(plan, scaling, names, state)}. Add a ridge penalty.`;
    default:
      return 'did not settle within the iterations of the plan.';
  }
}

/** What follows from what, each column once: of a softmax every class has the same columns. */
function dependentWords(names: readonly string[], state: NewtonState): string[] {
  const own = (at: number): string => `"${columnOf(names[at]!)}"`;
  const isColumn = (at: number): boolean => at >= state.free;
  const sentences = dependences(state)
    .filter(({ parameter }) => isColumn(parameter))
    .map(({ parameter, on }) => {
      const columns = on.filter(isColumn).map(own);
      if (on.length === 0) return `${own(parameter)} does not differ between patients of one hospital`;
      return columns.length === 0
        ? `${own(parameter)} is the same for every patient`
        : `${own(parameter)} follows from ${[...new Set(columns)].join(' and ')}`;
    });
  return [...new Set(sentences)];
}

/** The column whose coefficient, a standard deviation of the column, has gone farthest. */
function farthest(plan: Plan, scaling: Scaling, names: readonly string[], { coefficients, free }: NewtonState): string {
  const isScaled = plan.preprocess.scale !== 'none';
  const spread = new Map(scaling.columns.map(({ name, sd }) => [name, isScaled ? 1 : sd]));
  const size = (at: number): number => Math.abs(coefficients[at]!) * (spread.get(columnOf(names[at]!)) ?? 1);
  const columns = names.flatMap((_, at) => (at >= free ? [at] : []));
  const [first] = columns.toSorted((a, b) => size(b) - size(a));
  return first === undefined ? '' : `, "${columnOf(names[first]!)}" most of all`;
}

/** Of a parameter such as `age@2`, that of the third class. */
const columnOf = (name: string): string => name.replace(/@\d+$/, '');

/** Whether the outcome never varied in the training patients: that, and no column, is then why a fit runs away. */
function oneSided(outcome: Outcome, known: OutcomeScaling | undefined): string | null {
  switch (known?.task) {
    case 'binary':
      if (known.events === 0) return `no training patient has the outcome "${outcome.name}"`;
      return known.events === known.observed ? `every training patient has the outcome "${outcome.name}"` : null;
    case 'time-to-event':
      return known.events === 0 ? `no training patient had the event "${outcome.name}"` : null;
    case 'count':
      return known.mean === 0 ? `every training patient has 0 of "${outcome.name}"` : null;
    case 'multiclass': {
      const absent = outcome.task === 'multiclass' ? outcome.codes.filter((_, code) => known.counts[code] === 0) : [];
      return absent.length === 0 ? null : `no training patient is of the class "${absent.map(({ label }) => label).join('", "')}"`;
    }
    default:
      return null;
  }
}
