/**
 * The true risk of readmission within 30 days, known because it is made up: a logistic model with terms no plain logistic regression
 * on the columns can hold (a U-shape, a logarithm, two products), so that a network has something to find.
 */
import type { Patient } from './patient.ts';

export interface TrueTerm {
  readonly name: string;
  /** Log odds per unit of the term. */
  readonly coefficient: number;
  readonly valueOf: (patient: Patient) => number;
}

/** Log odds of a patient whose terms are all 0, before the hospital's own intercept. */
export const TRUE_INTERCEPT = -3.7;

export const TRUE_TERMS: readonly TrueTerm[] = [
  { name: 'decades above 60', coefficient: 0.3, valueOf: ({ age }) => (age - 60) / 10 },
  { name: 'male', coefficient: 0.3, valueOf: ({ sex }) => sex },
  {
    name: 'squared distance of systolic pressure from 130, in 25 mm[Hg]',
    coefficient: 1.5,
    valueOf: ({ systolic }) => ((systolic - 130) / 25) ** 2,
  },
  { name: 'log creatinine', coefficient: 1.2, valueOf: ({ creatinine }) => Math.log(creatinine) },
  { name: 'HbA1c above 6.5 %', coefficient: 0.5, valueOf: ({ hba1c }) => hba1c - 6.5 },
  { name: 'HbA1c above 6.5 % times decades below 60', coefficient: 0.6, valueOf: ({ hba1c, age }) => ((hba1c - 6.5) * (60 - age)) / 10 },
  { name: 'prior admissions', coefficient: 0.7, valueOf: ({ priorAdmissions }) => priorAdmissions },
  {
    name: 'prior admissions before a stay of at most 3 days',
    coefficient: 1.4,
    valueOf: ({ priorAdmissions, stayDays }) => (stayDays <= 3 ? priorAdmissions : 0),
  },
  { name: 'former smoker', coefficient: 0.5, valueOf: ({ smoker }) => (smoker === 1 ? 1 : 0) },
  { name: 'current smoker', coefficient: 1.2, valueOf: ({ smoker }) => (smoker === 2 ? 1 : 0) },
  { name: 'weeks of stay', coefficient: 0.6, valueOf: ({ stayDays }) => stayDays / 7 },
];

/** True log odds of a patient in a hospital with the given own intercept. */
export function trueLogit(patient: Patient, siteIntercept: number): number {
  return TRUE_TERMS.reduce((sum, term) => sum + term.coefficient * term.valueOf(patient), TRUE_INTERCEPT + siteIntercept);
}
