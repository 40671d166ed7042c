/** One iteration of the exact fit: gradient and Hessian summed over one frozen cohort, then a Newton step every site repeats. */
import { designNames } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { type Plan, trainsByRounds } from '../../study/index.ts';
import { fitSumsLength, newtonStep, newtonSums, startNewton } from '../../training/index.ts';
import type { ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { lastStages } from './effect.ts';
import { beginUpdates } from './update.ts';

export const newton: Stage = {
  query: (plan, state) => {
    const fit = required(state.newton, 'newton');
    return {
      kind: 'newton',
      label: labelOf(plan),
      options: { iteration: fit.iteration },
      layout: { header: fitSumsLength(fit.size), body: 0, bits: 32 },
      step: STATISTICS_STEP,
      clips: [],
      cohort: state.cohort,
    };
  },

  answer: async (_plan, state, rows, _tools) => {
    const { train } = rows.prepared(required(state.scaling, 'scaling'));
    return headerOnly(encodeStatistics(newtonSums(train, required(state.newton, 'newton').coefficients), STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum) => {
    const fit = newtonStep(required(state.newton, 'newton'), decodeStatistics(sum.header, STATISTICS_STEP));
    const next = { ...state, newton: fit };
    if (!fit.converged && fit.failure === null) return next;
    if (trainsByRounds(plan)) return beginUpdates(plan, next);
    return { ...next, stage: fit.converged ? { kind: 'evaluation', label: 'federated' } : lastStages(plan, next) };
  },
};

/** The fit's start, from nothing but the plan and the scaling. */
export function beginFit(plan: Plan, state: ProgrammeState): ProgrammeState {
  const width = designNames(plan, required(state.scaling, 'scaling')).length;
  const { ridge, tolerance, maxIterations } = exactSettings(plan);
  const sites = required(state.cohort, 'cohort').length;
  return { ...state, stage: { kind: 'newton' }, newton: startNewton(width, ridge, tolerance, maxIterations, sites, STATISTICS_STEP) };
}

const exactSettings = (plan: Plan) => (plan.algorithm.kind === 'newton' ? plan.algorithm : plan.exact);

const labelOf = (plan: Plan): string => (plan.algorithm.kind === 'newton' ? 'federated' : 'exact');
