/** One iteration of an exact fit: gradient and Hessian summed over one frozen cohort, then a Newton step every site repeats. */
import { designNames } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics } from '../../secagg/index.ts';
import { type Plan, trainsByRounds } from '../../study/index.ts';
import { exactModel, fitSumsLength, type NewtonState, newtonStep, startFit } from '../../training/index.ts';
import { nextEvaluation } from '../evaluation-order.ts';
import { exactFit, exactFits, fitStep, MAIN_FIT, rowsOf } from '../exact-fits.ts';
import type { ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { beginUpdates } from './update.ts';

export const newton: Stage = {
  query: (plan, state) => {
    const { label, fit, step } = current(plan, state);
    return {
      kind: 'newton',
      label: label === MAIN_FIT ? mainLabel(plan) : label,
      options: { ...(label === MAIN_FIT ? {} : { fit: label }), iteration: fit.iteration },
      layout: { header: fitSumsLength(fit.size), body: 0, bits: 32 },
      step,
      clips: [],
      cohort: state.cohort,
    };
  },

  answer: async (plan, state, rows, _tools) => {
    const { fit, step, model, outcome } = current(plan, state);
    const { train } = rows.prepared(required(state.scaling, 'scaling'));
    return headerOnly(encodeStatistics(model.sums(rowsOf(train, outcome), fit.coefficients), step, state.sites));
  },

  advance: (plan, state, sum) => {
    const { label, fit, step } = current(plan, state);
    const next = newtonStep(fit, decodeStatistics(sum.header, step));
    const taught = withFit(state, label, next);
    return next.converged || next.failure !== null ? afterFit(plan, taught, label) : taught;
  },
};

/** The first fit's start, from nothing but the plan and the scaling. */
export const beginFit = (plan: Plan, state: ProgrammeState): ProgrammeState => startOf(plan, state, MAIN_FIT);

function startOf(plan: Plan, state: ProgrammeState, label: string): ProgrammeState {
  const scaling = required(state.scaling, 'scaling');
  const model = exactModel(exactFit(plan, scaling, label).spec);
  const sites = required(state.cohort, 'cohort').length;
  const fit = startFit({
    ...model.shape(designNames(plan, scaling).length),
    ...exactSettings(plan),
    sites,
    step: fitStep(model, scaling, state.sites),
  });
  return { ...withFit(state, label, fit), stage: { kind: 'newton', fit: label } };
}

function afterFit(plan: Plan, state: ProgrammeState, label: string): ProgrammeState {
  const labels = exactFits(plan, required(state.scaling, 'scaling')).map((fit) => fit.label);
  const next = labels[labels.indexOf(label) + 1];
  if (next !== undefined) return startOf(plan, state, next);
  return trainsByRounds(plan) ? beginUpdates(plan, state) : { ...state, stage: nextEvaluation(plan, state) };
}

const withFit = (state: ProgrammeState, label: string, fit: NewtonState): ProgrammeState =>
  label === MAIN_FIT ? { ...state, newton: fit } : { ...state, beside: { ...state.beside, [label]: fit } };

function current(plan: Plan, state: ProgrammeState) {
  if (state.stage.kind !== 'newton') throw new TypeError('newton: expected the stage of an exact fit');
  const { fit: label } = state.stage;
  const scaling = required(state.scaling, 'scaling');
  const { spec, outcome } = exactFit(plan, scaling, label);
  const model = exactModel(spec);
  const fit = required(label === MAIN_FIT ? state.newton : state.beside[label], 'fit');
  return { label, outcome, model, fit, step: fitStep(model, scaling, state.sites) };
}

function exactSettings(plan: Plan) {
  const { ridge, tolerance, maxIterations } = plan.algorithm.kind === 'newton' ? plan.algorithm : plan.exact;
  return { ridge, tolerance, maxIterations };
}

const mainLabel = (plan: Plan): string => (plan.algorithm.kind === 'newton' ? 'federated' : 'exact');
