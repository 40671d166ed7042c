/** What truly happens to a patient of a cohort: the risk is known, and the outcome is drawn from it. */
import type { CohortFile } from './cohort-schema.ts';
import { sumOfTerms, type Values } from './cohort-terms.ts';

export interface TrueOutcome {
  /** Cells of the file, in the order of `outcomeNames`. */
  readonly cells: readonly (string | number)[];
  /** By the horizon; under the arm the patient got. */
  readonly risk: number;
  /** Under comparator and treatment; null without a treatment. */
  readonly arms: readonly [number, number] | null;
}

export const outcomeNames = ({ outcome, treatment }: CohortFile): string[] => [
  ...(treatment === undefined ? [] : [treatment.name]),
  ...(outcome.kind === 'hazard' ? ['days'] : []),
  outcome.name,
];

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const logit = (share: number): number => Math.log(share / (1 - share));

/** @returns A draw for a patient: the values, and the hospital's own log odds or log hazard. */
export function outcomeDrawer(file: CohortFile): (values: Values, level: number, uniform: () => number) => TrueOutcome {
  const { features, outcome, treatment } = file;
  const sum = (terms: Readonly<Record<string, number>>) => {
    const found = sumOfTerms(terms, features);
    if ('wrong' in found) throw new RangeError(`outcomeDrawer: ${found.wrong}`);
    return found.of;
  };
  const main = sum(outcome.terms);
  if (outcome.kind === 'hazard') {
    const { median, shape, followUp, horizon } = outcome;
    const scale = median / Math.LN2 ** (1 / shape);
    return (values, level, uniform) => {
      const ratio = Math.exp(main(values) + level);
      const time = scale * (-Math.log(1 - uniform()) / ratio) ** (1 / shape);
      const end = followUp[0] + (followUp[1] - followUp[0]) * uniform();
      const risk = 1 - Math.exp(-((horizon / scale) ** shape) * ratio);
      return { cells: [Math.max(1, Math.ceil(Math.min(time, end))), time <= end ? 1 : 0], risk, arms: null };
    };
  }
  const base = logit(outcome.share);
  if (treatment === undefined) {
    return (values, level, uniform) => {
      const risk = sigmoid(base + level + main(values));
      return { cells: [uniform() < risk ? 1 : 0], risk, arms: null };
    };
  }
  const [choice, interactions] = [sum(treatment.choice), sum(treatment.interactions)];
  return (values, level, uniform) => {
    const without = base + level + main(values);
    const arms = [sigmoid(without), sigmoid(without + treatment.effect + interactions(values))] as const;
    const arm = uniform() < sigmoid(logit(treatment.share) + choice(values)) ? 1 : 0;
    return { cells: [arm, uniform() < arms[arm] ? 1 : 0], risk: arms[arm], arms };
  };
}
