/**
 * One made-up patient. Values are drawn around the hospital's case mix, correlated through one hidden severity, and rounded as a
 * hospital's system would write them: what the model sees is what the risk was computed from.
 */
import type { SiteProfile } from './profile.ts';

export interface Patient {
  /** Years. */
  readonly age: number;
  /** 0 female, 1 male. */
  readonly sex: number;
  /** Systolic blood pressure, mm[Hg]. */
  readonly systolic: number;
  /** Serum creatinine, mg/dL. */
  readonly creatinine: number;
  /** Glycated haemoglobin, %. */
  readonly hba1c: number;
  /** Admissions in the year before. */
  readonly priorAdmissions: number;
  /** 0 never, 1 former, 2 current. */
  readonly smoker: number;
  /** Days in hospital. */
  readonly stayDays: number;
}

/**
 * Draws a patient of a hospital.
 *
 * @param uniform - Next number of a stream in [0, 1).
 */
export function drawPatient(profile: SiteProfile, uniform: () => number): Patient {
  const illness = profile.severity + normal(uniform);
  const age = between(18, 100, Math.round(profile.meanAge + 13 * normal(uniform)));
  const sex = uniform() < profile.womenShare ? 0 : 1;
  const systolic = between(75, 235, Math.round(128 + 0.2 * (age - 60) + 23 * normal(uniform)));
  const creatinine = between(
    0.4,
    11,
    rounded(Math.exp(-0.05 + 0.1 * sex + 0.006 * (age - 60) + 0.22 * illness + 0.24 * normal(uniform)), 2),
  );
  const hba1c = between(4.2, 15, rounded(5.3 + Math.exp(0.1 + 0.25 * illness + 0.55 * normal(uniform)), 1));
  const priorAdmissions = between(0, 12, count(0.55 * Math.exp(0.5 * illness), uniform));
  const smokerDraw = uniform();
  const [never, former] = profile.smokerShares;
  const smoker = smokerDraw < never ? 0 : smokerDraw < never + former ? 1 : 2;
  const stayDays = between(1, 60, Math.round(Math.exp(1.45 + 0.3 * illness + 0.5 * normal(uniform))));
  return { age, sex, systolic, creatinine, hba1c, priorAdmissions, smoker, stayDays };
}

/** Box and Muller 1958. */
function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** A Poisson count by multiplying uniforms (Knuth). */
function count(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean);
  let events = 0;
  for (let product = uniform(); product > limit; product *= uniform()) events++;
  return events;
}

function between(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value));
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
