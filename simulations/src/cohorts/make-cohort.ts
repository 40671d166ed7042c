/**
 * Made-up hospitals with a known truth: one CSV file each, as their systems would export it.
 * Rules: the same profiles and seed give the same bytes; the stream of one hospital does not depend on the others.
 */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { drawPatient, type Patient } from './patient.ts';
import type { SiteProfile } from './profile.ts';
import { TRUE_INTERCEPT, TRUE_TERMS, trueLogit } from './truth.ts';

export interface CohortSite {
  readonly id: string;
  readonly name: string;
  /** UTF-8 text with a header line; columns of `COHORT_COLUMNS`. */
  readonly csv: string;
  /** What the file was written from, nothing missing. */
  readonly patients: readonly Patient[];
  /** 1 readmitted within 30 days, 0 not; one entry a patient. */
  readonly outcomes: readonly number[];
}

export interface CohortTruth {
  readonly intercept: number;
  /** Log odds per unit of each term. */
  readonly coefficients: { readonly [term: string]: number };
  /** Each hospital's own addition to the log odds, by site id. */
  readonly siteIntercepts: { readonly [site: string]: number };
}

export interface Cohort {
  readonly sites: readonly CohortSite[];
  readonly truth: CohortTruth;
}

export const COHORT_COLUMNS = [
  'patient_id',
  'age',
  'sex',
  'systolic_bp',
  'creatinine',
  'hba1c',
  'prior_admissions',
  'smoker',
  'length_of_stay',
  'readmitted',
] as const;

/**
 * Makes the hospitals.
 *
 * @param input.sites - One profile a hospital, with distinct ids.
 * @param input.seed - A whole number; another seed gives other patients of the same truth.
 * @throws RangeError when two hospitals share an id.
 */
export function makeCohort(input: { readonly sites: readonly SiteProfile[]; readonly seed: number }): Cohort {
  const { sites, seed } = input;
  if (new Set(sites.map((site) => site.id)).size !== sites.length) throw new RangeError('makeCohort: expected distinct site ids');
  return {
    sites: sites.map((profile) => makeSite(profile, seed)),
    truth: {
      intercept: TRUE_INTERCEPT,
      coefficients: Object.fromEntries(TRUE_TERMS.map((term) => [term.name, term.coefficient])),
      siteIntercepts: Object.fromEntries(sites.map((site) => [site.id, site.intercept])),
    },
  };
}

function makeSite(profile: SiteProfile, seed: number): CohortSite {
  const { uniform } = randomStream(sha256(utf8Bytes(`consilium cohort ${seed} ${profile.id}`)));
  const patients: Patient[] = [];
  const outcomes: number[] = [];
  const lines: string[] = [COHORT_COLUMNS.join(',')];
  for (let number = 1; number <= profile.patients; number++) {
    const patient = drawPatient(profile, uniform);
    const outcome = uniform() < 1 / (1 + Math.exp(-trueLogit(patient, profile.intercept))) ? 1 : 0;
    // Age, sex and outcome are always known; the other values can be missing, each on its own.
    const measured = [patient.systolic, patient.creatinine, patient.hba1c, patient.priorAdmissions, patient.smoker, patient.stayDays];
    const cells = measured.map((value) => (uniform() < profile.missingShare ? profile.missingText : String(value)));
    const id = `${profile.id}-${String(number).padStart(5, '0')}`;
    lines.push([id, patient.age, patient.sex, ...cells, outcome].join(','));
    patients.push(patient);
    outcomes.push(outcome);
  }
  return { id: profile.id, name: profile.name, csv: `${lines.join('\n')}\n`, patients, outcomes };
}
