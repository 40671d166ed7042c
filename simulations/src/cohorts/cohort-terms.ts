/** Terms of a cohort file: `age`, `smoker=2`, `age*male`. A number counts in its declared standard deviations from its declared mean. */
import type { CohortFeature } from './cohort-schema.ts';

/** Values of one patient in the order of the features; a category by the position of its code. */
export type Values = ArrayLike<number>;

/** One factor as a function of the values; a sentence where the text names none. */
function factorOf(text: string, features: readonly CohortFeature[]): ((values: Values) => number) | string {
  const [name = '', code] = text.split('=').map((part) => part.trim());
  const at = features.findIndex((feature) => feature.name === name);
  const feature = features[at];
  if (feature === undefined) return `"${name}" is not a feature`;
  if (feature.type === 'category') {
    const position = Object.keys(feature.codes).indexOf(code ?? '');
    if (position < 0) return `"${text}" needs a code of ${name}, as ${name}=${Object.keys(feature.codes).at(-1)}`;
    return (values) => (values[at] === position ? 1 : 0);
  }
  if (code !== undefined) return `"${name}" has no codes`;
  if (feature.type === 'binary') return (values) => values[at] ?? 0;
  const { mean, sd } = feature;
  return (values) => ((values[at] ?? mean) - mean) / sd;
}

/** @returns Σ coefficient × term of a patient; a sentence where a term cannot be understood. */
export function sumOfTerms(
  terms: Readonly<Record<string, number>>,
  features: readonly CohortFeature[],
): { readonly of: (values: Values) => number } | { readonly term: string; readonly wrong: string } {
  const parts: { readonly coefficient: number; readonly factors: readonly ((values: Values) => number)[] }[] = [];
  for (const [term, coefficient] of Object.entries(terms)) {
    const factors = term.split('*').map((text) => factorOf(text.trim(), features));
    const wrong = factors.find((factor) => typeof factor === 'string');
    if (typeof wrong === 'string') return { term, wrong };
    parts.push({ coefficient, factors: factors.filter((factor) => typeof factor !== 'string') });
  }
  return {
    of: (values) =>
      parts.reduce((sum, { coefficient, factors }) => sum + factors.reduce((product, factor) => product * factor(values), coefficient), 0),
  };
}
