/** One sum of the effect programme: which, the effect's own state says. All of them over the frozen cohort. */
import { effectAdvance, effectAnswer, effectLength, emptyEffect } from '../../effects/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { effectSettings } from '../effect-site.ts';
import type { ProgrammeState, StageName } from '../programme-state.ts';
import { required } from '../required.ts';
import { headerOnly, type Stage } from '../stage.ts';

export const effect: Stage = {
  query: (plan, state) => {
    const { settings, current } = read(plan, state);
    return {
      kind: 'effect',
      label: current.step,
      options: { step: current.step },
      layout: { header: effectLength(settings, current), body: 0, bits: 32 },
      step: STATISTICS_STEP,
      clips: [],
      cohort: state.cohort,
    };
  },

  answer: async (plan, state, rows) => {
    const { settings, current } = read(plan, state);
    const sums = effectAnswer(settings, current, rows.effect(required(state.scaling, 'scaling')));
    return headerOnly(encodeStatistics(sums, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum) => {
    const { settings, current } = read(plan, state);
    const next = effectAdvance(settings, current, decodeStatistics(sum.header, STATISTICS_STEP));
    return { ...state, effect: next, stage: next.step === 'done' ? { kind: 'closing' } : state.stage };
  },
};

/** What follows the last evaluation, or a fit that failed: the effect where the plan asks for one, then the end. */
export const lastStages = (plan: Plan, { effect: current }: ProgrammeState): StageName =>
  plan.treatment !== null && current === null ? { kind: 'effect' } : { kind: 'closing' };

function read(plan: Plan, state: ProgrammeState) {
  const settings = effectSettings(plan, required(state.scaling, 'scaling'), required(state.cohort, 'cohort').length);
  return { settings, current: state.effect ?? emptyEffect };
}
