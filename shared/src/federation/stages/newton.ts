/** One iteration of an exact fit: gradient and Hessian summed over one frozen cohort, then a Newton step every site repeats. */
import { designNames } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics } from '../../secagg/index.ts';
import { type Plan, trainsByRounds } from '../../study/index.ts';
import { dueLength, exactModel, type NewtonState, newtonStep, startFit } from '../../training/index.ts';
import { nextEvaluation } from '../evaluation-order.ts';
import { exactFit, exactFits, fitStep, MAIN_FIT, rowsOf } from '../exact-fits.ts';
import type { ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { FOLDS, startTuning, tuningAdvance, tuningAnswer, tuningLength } from '../ridge-tuning.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { beginUpdates } from './update.ts';

export const newton: Stage = {
  query: (plan, state) => {
    const { label, fit, step } = current(plan, state);
    const { tuning } = state;
    return {
      kind: 'newton',
      label: label === MAIN_FIT ? mainLabel(plan) : label,
      options: { ...(label === MAIN_FIT ? {} : { fit: label }), ...(tuning === null ? {} : { part: 'folds' }), iteration: fit.iteration },
      layout: { header: tuning === null ? dueLength(fit) : tuningLength(tuning), body: 0, bits: 32 },
      step,
      clips: [],
      cohort: state.cohort,
    };
  },

  answer: async (plan, state, rows, _tools) => {
    const { fit, step, model, outcome } = current(plan, state);
    const { train } = rows.prepared(required(state.scaling, 'scaling'));
    const own = rowsOf(train, outcome);
    if (state.tuning === null)
      return headerOnly(encodeStatistics(model.sums(own, fit.coefficients, fit.iteration === 0), step, state.sites));
    const folds = rows.folds(FOLDS);
    const foldOfRow = Uint8Array.from(own.row, (row) => required(folds.get(row), 'fold'));
    return headerOnly(encodeStatistics(tuningAnswer(state.tuning, model, own, foldOfRow), step, state.sites));
  },

  advance: (plan, state, sum) => {
    const { label, fit, step } = current(plan, state);
    if (state.tuning !== null) {
      const tuned = tuningAdvance(state.tuning, decodeStatistics(sum.header, step));
      if (typeof tuned === 'number') return { ...withFit(state, label, { ...fit, ridge: tuned }), tuning: null };
      return { ...state, tuning: tuned };
    }
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
  const width = designNames(plan, scaling).length;
  const { ridge, ...limits } = exactSettings(plan);
  const settings = { ...limits, sites: required(state.cohort, 'cohort').length, step: fitStep(model, scaling, state.sites) };
  const fit = startFit({ ...model.shape(width), ...settings, ridge: ridge === 'cv' ? 0 : ridge });
  const tuning = ridge === 'cv' ? startTuning(model, width, settings) : null;
  return { ...withFit(state, label, fit), tuning, stage: { kind: 'newton', fit: label } };
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
