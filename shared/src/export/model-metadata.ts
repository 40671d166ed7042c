/** What a file of a model says of itself, as texts: for programs that know nothing of this one. */
import { canonicalJson } from '../study/index.ts';
import { modelInputs } from './preparation-layers.ts';
import type { ReleasedModel } from './released-model.ts';

export function modelMetadata(model: ReleasedModel): { readonly [key: string]: string } {
  const inputs = modelInputs(model).map(({ feature, codes, missing }, position) => ({
    position,
    name: feature.name,
    column: feature.column,
    label: feature.label,
    unit: feature.unit ?? null,
    range: feature.type === 'number' ? [...feature.range] : null,
    codes: feature.type === 'number' ? null : feature.codes.map(({ code, label }, at) => ({ code, label, number: codes?.[at] ?? at })),
    required: feature.required || model.needsEveryValue,
    missing,
  }));
  const { study, title, purpose, population, outcome, planHash, version } = model;
  return {
    study,
    title,
    purpose,
    population,
    outcome: `probability of ${outcome}`,
    plan_sha256: planHash,
    plan_version: String(version),
    inputs: canonicalJson(inputs),
    use: 'Research use only. Refuse rows with a value outside its range or a required value missing.',
  };
}
