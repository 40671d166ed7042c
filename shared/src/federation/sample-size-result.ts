/** Whether a study had enough patients for its model, by the criteria that are published for its task: before the fit and after it. */
import {
  adjustedRSquared,
  largestRSquared,
  largestRSquaredOfClasses,
  largestRSquaredOfTimes,
  likelihoodRSquared,
  ratioRSquared,
  type SampleSize,
  sampleSize,
  sampleSizeOfClasses,
  sampleSizeOfQuantity,
  sampleSizeOfTimes,
} from '../evaluation/index.ts';
import { designNames, type OutcomeScaling } from '../preparation/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import type { ProgrammeState } from './programme-state.ts';

export type SampleSizeResult =
  | {
      readonly kind: 'answered';
      readonly task: Exclude<OutcomeScaling['task'], 'count'>;
      readonly rows: number;
      /** Null for a quantity and for classes. */
      readonly events: number | null;
      readonly parameters: number;
      /** With the R² that was planned. */
      readonly planned: Needed;
      /** With the R² of the fit, less its expected optimism; null before the fit, and where nothing is left of it. */
      readonly found: Needed | null;
    }
  /** `count`: no criterion is published for expected counts. */
  | { readonly kind: 'refused'; readonly reason: 'count' };

interface Needed {
  readonly rSquared: number;
  readonly needed: SampleSize;
}

/** Share of the largest R² that is taken for planned where the plan names none (Riley et al. 2020, BMJ 368:m441). */
const USUAL_SHARE = 0.15;

interface Question {
  readonly rows: number;
  readonly events: number | null;
  readonly most: number;
  /** Of the fit, less its optimism; null where there is no fit. */
  readonly fitted: number | null;
  /** @param rSquared - In (0, most). */
  need(rSquared: number): SampleSize;
}

/** Null before the first sum, and where there is nothing to predict. */
export function sampleSizeResult(plan: Plan, programme: ProgrammeState): SampleSizeResult | null {
  const { scaling } = programme;
  const known = scaling?.outcomes[primaryOutcome(plan).name];
  if (scaling === null || known === undefined) return null;
  if (known.task === 'count') return { kind: 'refused', reason: 'count' };
  const parameters = designNames(plan, scaling).length;
  const question = parameters > 0 ? questionOf(known, parameters, programme) : null;
  if (question === null) return null;
  const { rows, events, most, fitted, need } = question;
  const answer = (rSquared: number): Needed | null => (rSquared > 0 && rSquared < most ? { rSquared, needed: need(rSquared) } : null);
  const planned = answer(plan.evaluation.plannedRSquared ?? USUAL_SHARE * most);
  if (planned === null) return null;
  return { kind: 'answered', task: known.task, rows, events, parameters, planned, found: fitted === null ? null : answer(fitted) };
}

function questionOf(known: OutcomeScaling, parameters: number, { newton, beside }: ProgrammeState): Question | null {
  const loss = newton?.converged ? newton.loss : null;
  switch (known.task) {
    case 'binary': {
      const { observed: rows, events } = known;
      if (!(events > 0 && events < rows)) return null;
      const prevalence = events / rows;
      const fitted = loss === null ? null : adjustedRSquared(rows, parameters, likelihoodRSquared(rows, events, loss));
      return {
        rows,
        events,
        most: largestRSquared(prevalence),
        fitted,
        need: (rSquared) => sampleSize({ parameters, prevalence, rSquared }),
      };
    }
    case 'multiclass': {
      const { counts } = known;
      if (!counts.every((count) => count > 0)) return null;
      const rows = counts.reduce((sum, count) => sum + count, 0);
      const most = largestRSquaredOfClasses(counts);
      const empty = -counts.reduce((sum, count) => sum + count * Math.log(count / rows), 0);
      const fitted = loss === null ? null : adjustedRSquared(rows, (counts.length - 1) * parameters, ratioRSquared(rows, empty - loss));
      // Pairs of classes have no fits of their own: each is taken to be told apart as well as all are together.
      const need = (rSquared: number) => sampleSizeOfClasses({ parameters, counts, share: rSquared / most });
      return { rows, events: null, most, fitted, need };
    }
    case 'time-to-event': {
      const { observed: rows, eventsByHorizon: events, meanFollowUp } = known;
      if (!(events > 0 && meanFollowUp > 0)) return null;
      const [eventsPerPatient, horizonInFollowUps] = [events / rows, 1 / meanFollowUp];
      // Of the Cox model, whose first sum is at coefficients of 0.
      const { cox } = beside;
      const gain = cox?.converged && cox.loss !== null && cox.firstLoss !== null ? cox.firstLoss - cox.loss : null;
      const fitted = gain === null ? null : adjustedRSquared(rows, parameters, ratioRSquared(rows, gain));
      const need = (rSquared: number) => sampleSizeOfTimes({ parameters, eventsPerPatient, horizonInFollowUps, rSquared });
      return { rows, events, most: largestRSquaredOfTimes(eventsPerPatient), fitted, need };
    }
    case 'regression':
    case 'count': {
      const rows = known.observed;
      // The loss is ½Σr² of an outcome with standard deviation 1; adjusted for the parameters.
      const freedom = rows - parameters - 1;
      const fitted = loss === null || freedom <= 0 ? null : 1 - (2 * loss) / freedom;
      return { rows, events: null, most: 1, fitted, need: (rSquared) => sampleSizeOfQuantity({ parameters, rSquared }) };
    }
  }
}
