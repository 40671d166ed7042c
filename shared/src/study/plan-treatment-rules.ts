/** What a plan's treatment must mean together with its other keys. */
import { outcomeColumns } from '../schema/index.ts';
import { type BrokenRule, broken } from './broken-rule.ts';
import { type Plan, patientColumnOf } from './plan.ts';
import { adjustedFeatures } from './plan-treatment.ts';

export function* treatmentRules(plan: Plan): Generator<BrokenRule> {
  const { treatment, features, outcomes } = plan;
  if (treatment === null) return;
  const fault = (path: readonly (string | number)[], text: string, near: string | null = null) =>
    broken(['treatment', ...path], text, near);
  const names = features.map(({ name }) => name);
  if (treatment.treated === treatment.comparator)
    yield fault(['comparator'], `is "${treatment.comparator}", the code of the treatment itself`);
  const feature = features.find(({ column }) => column === treatment.column);
  if (feature !== undefined)
    yield fault(['column'], `"${treatment.column}" is the column of the feature "${feature.name}"; the treatment cannot be a feature too`);
  if (outcomes.flatMap(outcomeColumns).includes(treatment.column)) yield fault(['column'], `"${treatment.column}" is an outcome's column`);
  if (treatment.column === patientColumnOf(plan)) yield fault(['column'], `"${treatment.column}" identifies patients`);
  for (const [index, { role, task }] of outcomes.entries()) {
    if (task !== 'binary')
      yield broken(
        ['outcomes', index, 'task'],
        `is ${task}; the effect of a treatment is estimated on ${role === 'harm' ? 'harms' : 'outcomes'} that happen or not`,
        'binary',
      );
  }
  for (const key of ['adjust', 'modifiers'] as const) {
    for (const [index, name] of (treatment[key] ?? []).entries()) {
      if (!names.includes(name)) yield fault([key, index], `"${name}" is not a feature of the plan`);
    }
  }
  const adjusted = adjustedFeatures(treatment, features);
  for (const [index, name] of (treatment.modifiers ?? []).entries()) {
    if (names.includes(name) && !adjusted.includes(name)) yield fault(['modifiers', index], `"${name}" must be in adjust too`);
  }
  if (treatment.tarnet !== null && treatment.level !== 3)
    yield fault(['tarnet'], `belongs to the research view, and level is ${treatment.level}`, 'null');
  if (treatment.assignment === 'randomised' && (treatment.tarnet?.propensity ?? 0) > 0)
    yield fault(
      ['tarnet', 'propensity'],
      'is for treatments that were chosen; by lot the allocation is declared, and there is nothing to learn',
      '0',
    );
  if (treatment.level >= 2 && !treatment.tests.includes('interactions'))
    yield fault(['tests'], 'must hold interactions: at level 2 that test decides whether interactions are shown', 'interactions');
}
