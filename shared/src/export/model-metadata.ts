/** What a file of a model says of itself, as texts: for programs that know nothing of this one. */
import { canonicalJson } from '../study/index.ts';
import { answerNames } from './model-answer.ts';
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
  const { id, study, title, purpose, population, planHash, version, adaptedTo } = model;
  return {
    study,
    title,
    purpose,
    population,
    model: id,
    ...(adaptedTo === null ? {} : { adapted_to: adaptedTo }),
    outcome: answerWords(model),
    outputs: canonicalJson(answerNames(model)),
    plan_sha256: planHash,
    plan_version: String(version),
    inputs: canonicalJson(inputs),
    use: 'Research use only. Refuse rows with a value outside its range or a required value missing.',
  };
}

/** What the model answers, in words. */
export function answerWords({ outcome, answer }: Pick<ReleasedModel, 'outcome' | 'answer'>): string {
  switch (answer.kind) {
    case 'probability':
      return `probability of ${outcome}`;
    case 'classes':
      return `probability of each class of ${outcome}: ${answer.classes.map(({ code, label }) => `${code} = ${label}`).join(', ')}`;
    case 'quantity':
      return `expected ${outcome}${answer.unit === null ? '' : ` in ${answer.unit}`}`;
    case 'count':
      return `expected number of ${outcome}`;
    case 'survival':
      return `risk of ${outcome} by ${answer.cuts.join(', ')} ${answer.unit}`;
  }
}
