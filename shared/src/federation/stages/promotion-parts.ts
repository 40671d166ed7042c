/**
 * Whether a network may take the exact model's place, of any task: the paired difference of their losses on validation rows, then, only where the
 * network is better, the slope of its scale. The shared network is judged, without a hospital's own part.
 */
import { calibrationFit, judgePromotion, type Predictions, promotionSums, rowLosses } from '../../evaluation/index.ts';
import type { Prepared } from '../../preparation/index.ts';
import type { Plan } from '../../study/index.ts';
import { fitSumsLength, newtonStep } from '../../training/index.ts';
import { hasValidation } from '../judged.ts';
import type { ModelLabel, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { predictionsOf } from '../scores.ts';
import { taskOptions } from '../task-options.ts';
import { type JudgementPart, stepOf } from './judgement-part.ts';

export function promotionParts(plan: Plan, state: ProgrammeState): JudgementPart[] {
  const known = state.judgement?.promotion ?? null;
  const { shape } = taskOptions(plan, state, 'federated');
  const fit = calibrationFit(shape);
  const validation = (prepared: Prepared, label: ModelLabel): Predictions =>
    predictionsOf(plan, state, label, prepared.validation, prepared.train);
  const losses = (prepared: Prepared, label: ModelLabel): Float64Array =>
    required(rowLosses(validation(prepared, label), prepared.validation, shape), 'losses');
  const counts = ({ validation: { y } }: Prepared): boolean => hasValidation(plan, y);
  if (known === null) {
    const sites = required(Object.values(state.evaluations)[0], 'evaluation').cohort.length;
    return [
      {
        length: 3,
        answer: (_rows, prepared) =>
          counts(prepared) ? promotionSums(losses(prepared, 'federated'), losses(prepared, 'exact')) : new Float64Array(3),
        take: (judged, [n = 0, difference = 0, squares = 0]) => {
          const isBetter = judgePromotion({ n, difference, squares, slope: 1 }).isPromoted;
          const slope = isBetter ? fit.start(sites, stepOf(state)) : null;
          return { ...judged, promotion: { n: Math.round(n), difference, squares, slope } };
        },
      },
    ];
  }
  const { slope } = known;
  if (slope === null || slope.converged || slope.failure !== null) return [];
  return [
    {
      length: fitSumsLength(slope.size),
      answer: (_rows, prepared) =>
        counts(prepared)
          ? fit.sums(validation(prepared, 'federated'), prepared.validation, slope.coefficients)
          : new Float64Array(fitSumsLength(slope.size)),
      take: (judged, sums) => ({ ...judged, promotion: { ...known, slope: newtonStep(slope, sums) } }),
    },
  ];
}
