export { demoPlan } from './demo-plan.ts';
export { COHORT_COLUMNS, type Cohort, type CohortSite, type CohortTruth, makeCohort } from './make-cohort.ts';
export { drawPatient, type Patient } from './patient.ts';
export { DEMO_PROFILES, type SiteProfile } from './profile.ts';
export { TRUE_INTERCEPT, TRUE_TERMS, type TrueTerm, trueLogit } from './truth.ts';
