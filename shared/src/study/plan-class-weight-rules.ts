/** What class weights need of the rest of a plan. */
import { type BrokenRule, broken } from './broken-rule.ts';
import type { Plan } from './plan.ts';

export function* classWeightRules(plan: Plan): Generator<BrokenRule> {
  const { algorithm, personal } = plan;
  if (algorithm.kind === 'newton' || algorithm.classWeights === 'none') return;
  const path = ['algorithm', 'classWeights'];
  const outcome = plan.outcomes.find(({ role }) => role === 'primary');
  if (outcome === undefined) return;
  if (outcome.task !== 'binary' && outcome.task !== 'multiclass') {
    yield broken(path, `is set, but the outcome "${outcome.name}" has no classes`, 'none');
    return;
  }
  const classes = outcome.task === 'binary' ? 2 : outcome.codes.length;
  if (algorithm.classWeights !== 'balanced' && algorithm.classWeights.length !== classes) {
    yield broken(path, `has ${algorithm.classWeights.length} weights for ${classes} classes`, 'balanced');
  }
  if (personal === 'fedper' || personal === 'fedbn') {
    yield broken(path, `is set, but with personal: ${personal} no shared model can be recalibrated for all`, 'none');
  }
}
