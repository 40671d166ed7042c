/** How each model of a study is evaluated: its task, with what every site must hold alike. */
import type { OtherOptions, OutcomeShape } from '../evaluation/index.ts';
import { evaluationLength, evaluationNames, taskNames } from '../evaluation/index.ts';
import type { Plan } from '../study/index.ts';
import { exactFit } from './exact-fits.ts';
import type { ModelLabel, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';
import { fitOfLabel, outcomeOfLabel } from './scores.ts';

/** The options of a model's evaluation. */
export function taskOptions(plan: Plan, state: ProgrammeState, label: ModelLabel) {
  const { bins, thresholds, smallestCell } = plan.evaluation;
  return { bins, thresholds, smallestCell, shape: shapeOf(plan, state, label) };
}

function shapeOf(plan: Plan, state: ProgrammeState, label: ModelLabel): OutcomeShape {
  const scaling = required(state.scaling, 'scaling');
  const outcome = outcomeOfLabel(plan, state, label);
  switch (outcome.task) {
    case 'binary':
      return { task: 'binary' };
    case 'multiclass':
      return { task: 'multiclass', classes: outcome.codes.length };
    case 'regression':
      return { task: 'regression', range: outcome.range };
    case 'count':
      return { task: 'count', most: outcome.range[1] };
    case 'time-to-event': {
      const name = fitOfLabel(plan, label);
      const isCox = name === null ? plan.model.kind === 'linear' : exactFit(plan, scaling, name).spec.kind === 'cox';
      if (isCox) {
        return { task: 'ranking', horizon: outcome.horizon, longest: outcome.longest };
      }
      const known = required(scaling.outcomes[outcome.name], 'outcome');
      return { task: 'time-to-event', cuts: known.task === 'time-to-event' ? known.cuts : [outcome.horizon], longest: outcome.longest };
    }
  }
}

/** Options of any task but a binary one, else null. */
export function otherOptions(options: ReturnType<typeof taskOptions>): OtherOptions | null {
  return options.shape.task === 'binary' ? null : (options as OtherOptions);
}

/** Names of the sum's entries. */
export const entryNames = (options: ReturnType<typeof taskOptions>): readonly string[] => {
  const other = otherOptions(options);
  return other === null ? evaluationNames(options) : taskNames(other);
};

/** Number of entries. */
export const entryCount = (options: ReturnType<typeof taskOptions>): number =>
  otherOptions(options) === null ? evaluationLength(options) : entryNames(options).length;
