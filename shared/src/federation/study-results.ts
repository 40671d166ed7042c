/** The released results of a study, read from the state that every site derives. */
import { readCalibration, readEvaluation } from '../evaluation/index.ts';
import { designNames } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';
import { coefficientTable } from '../training/index.ts';
import type { CoefficientResult, ModelResults, StudyResults } from './contracts.ts';
import { studyEffect } from './effect-results.ts';
import type { ProgrammeState } from './programme-state.ts';

/** @returns What is known so far, or null before the first fit has ended. */
export function studyResults(plan: Plan, programme: ProgrammeState): StudyResults | null {
  const { newton, scaling } = programme;
  if (newton === null || scaling === null) return null;
  if (!newton.converged && newton.failure === null) return null;
  const names = designNames(plan, scaling);
  return {
    models: Object.fromEntries(Object.keys(programme.evaluations).map((label) => [label, modelResults(plan, programme, label)])),
    coefficients: newton.converged ? coefficientsOf(newton, names) : [],
    notes: [...scaling.notes, ...failureNotes(programme), ...endNotes(programme)],
    effect: studyEffect(plan, programme),
  };
}

function modelResults(plan: Plan, programme: ProgrammeState, label: string): ModelResults {
  const evaluation = programme.evaluations[label];
  if (evaluation === undefined) throw new TypeError('modelResults: expected an evaluated model');
  const calibration = evaluation.calibration === null ? null : readCalibration(evaluation.calibration);
  return {
    ...readEvaluation(evaluation.sums, plan.evaluation),
    calibrationIntercept: calibration?.intercept ?? null,
    calibrationSlope: calibration?.slope ?? null,
  };
}

function coefficientsOf(newton: NonNullable<ProgrammeState['newton']>, names: readonly string[]): CoefficientResult[] {
  return coefficientTable(newton, names).map(({ name, value, standardError }) => ({ name, value, standardError }));
}

const FAILURES = {
  singular: 'The exact fit has no single answer: some columns follow from others. Add a ridge penalty or drop a column.',
  separated: 'The exact fit runs away: a column separates the outcomes perfectly. Add a ridge penalty.',
  'iteration-limit': 'The exact fit did not settle within the iterations of the plan.',
} as const;

const failureNotes = ({ newton }: ProgrammeState): string[] => (newton?.failure == null ? [] : [FAILURES[newton.failure]]);

const ENDS = {
  diverged: 'Training diverged at half of the hospitals or more: a weight became infinite. The model before that round is kept.',
  exploded: 'Training was stopped: most of the updates were beyond the clip in two rounds running. The model before them is kept.',
  converged: 'Training ended when the updates had become as small as the plan asks.',
} as const;

const endNotes = ({ network }: ProgrammeState): string[] =>
  network?.ended == null ? [] : [`${ENDS[network.ended.reason]} (Round ${network.ended.round}.)`];
