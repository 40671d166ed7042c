/** What the trials behind "what if" must mean together with the rest of a plan. */
import { type BrokenRule, broken } from './broken-rule.ts';
import { type Plan, primaryOutcome } from './plan.ts';

export function* effectSourceRules(plan: Plan): Generator<BrokenRule> {
  const { task } = plan.outcomes.some(({ role }) => role === 'primary') ? primaryOutcome(plan) : { task: 'binary' };
  for (const [index, feature] of plan.features.entries()) {
    const { effectSource: source } = feature;
    if (source === undefined) continue;
    const path = ['features', index, 'effectSource'];
    if (!feature.modifiable) yield broken(path, `is given, but "${feature.name}" is not called modifiable`, null);
    if (task !== 'binary' && task !== 'time-to-event') yield broken(path, `is for risks; the primary outcome is of task ${task}`);
    else if (source.measure === (task === 'binary' ? 'hazard-ratio' : 'odds-ratio'))
      yield broken(
        [...path, 'measure'],
        `is ${source.measure}, which a ${task === 'binary' ? 'risk' : 'time to an event'} has not`,
        'risk-ratio',
      );
    const [low, high] = source.interval;
    if (source.ratio < low || source.ratio > high)
      yield broken([...path, 'ratio'], `is ${source.ratio}, outside its interval ${low} to ${high}`);
    if ('codes' in source && feature.type !== 'number') {
      const unknown = source.codes.find((code) => !feature.codes.some((known) => known.code === code));
      if (unknown !== undefined) yield broken([...path, 'codes'], `names "${unknown}", which is not a code of "${feature.name}"`);
    }
    if ('between' in source && !(source.between[0] <= source.between[1]))
      yield broken([...path, 'between'], 'must be [low, high], low first');
  }
}
