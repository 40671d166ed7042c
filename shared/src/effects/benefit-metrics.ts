/**
 * How well a benefit model sorts patients, from the summed cells: observed benefit by quarter, calibration for benefit, Qini.
 *
 * Rules: quarters are of patients, cut between bins; observed benefit is a difference of event shares between arms, so a group
 * without one arm has none. Qini is the area between the gain of treating first whom the model ranks first and the gain of treating
 * at random, per patient. Source: Kent et al. 2020 (PATH); van Klaveren et al. 2018; Radcliffe 2007.
 */
import type { BenefitBin } from './benefit-cells.ts';

export interface BenefitQuarter {
  readonly patients: number;
  readonly predicted: number;
  /** Null where an arm is empty. */
  readonly observed: number | null;
}

export interface BenefitMetrics {
  /** Lowest predicted benefit first. */
  readonly quarters: readonly BenefitQuarter[];
  /** Observed on predicted benefit over the quarters, weighted by patients; null where a quarter has no observed benefit or all predict the same. */
  readonly calibrationSlope: number | null;
  /** Mean observed minus mean predicted. */
  readonly calibrationInTheLarge: number | null;
  readonly qini: number | null;
}

/** @param sign - 1 where the outcome is to be prevented, −1 where it is to be reached. */
export function benefitMetrics(bins: readonly BenefitBin[], sign: 1 | -1): BenefitMetrics {
  const quarters = quartersOf(bins).map((group): BenefitQuarter => {
    const patients = total(group.map((bin) => bin.patients));
    return {
      patients,
      predicted: patients === 0 ? 0 : total(group.map((bin) => bin.predicted)) / patients,
      observed: observedBenefit(group, sign),
    };
  });
  const filled = quarters.filter((quarter) => quarter.patients > 0);
  const all = observedBenefit(bins, sign);
  const patients = total(bins.map((bin) => bin.patients));
  const predicted = total(bins.map((bin) => bin.predicted)) / patients;
  return {
    quarters,
    calibrationSlope: slopeOf(filled),
    calibrationInTheLarge: all === null ? null : all - predicted,
    qini: qini(bins, sign),
  };
}

/** Event share of the comparator minus that of the treated, times the sign. */
export function observedBenefit(bins: readonly BenefitBin[], sign: 1 | -1): number | null {
  const sum = [0, 1, 2, 3].map((k) => total(bins.map((bin) => bin.cells[k]!)));
  const [none0 = 0, event0 = 0, none1 = 0, event1 = 0] = sum;
  if (!(none0 + event0 > 0 && none1 + event1 > 0)) return null;
  return sign * (event0 / (none0 + event0) - event1 / (none1 + event1));
}

/** Gain curve: treating the share φ with the highest predicted benefit gains φ · their observed benefit. */
export function qini(bins: readonly BenefitBin[], sign: 1 | -1): number | null {
  const overall = observedBenefit(bins, sign);
  const patients = total(bins.map((bin) => bin.patients));
  if (overall === null) return null;
  const sums = [0, 0, 0, 0];
  let treated = 0;
  let before = { share: 0, gain: 0 };
  let area = 0;
  for (const bin of [...bins].reverse()) {
    if (bin.patients === 0) continue;
    treated += bin.patients;
    bin.cells.forEach((value, k) => {
      sums[k]! += value;
    });
    const [none0 = 0, event0 = 0, none1 = 0, event1 = 0] = sums;
    const isKnown = none0 + event0 > 0 && none1 + event1 > 0;
    const share = treated / patients;
    const gain = isKnown ? share * sign * (event0 / (none0 + event0) - event1 / (none1 + event1)) : before.gain;
    area += ((share - before.share) * (gain + before.gain)) / 2;
    before = { share, gain };
  }
  return area - overall / 2;
}

/** Four groups of neighbouring bins with about equally many patients. */
export function quartersOf(bins: readonly BenefitBin[]): BenefitBin[][] {
  const patients = total(bins.map((bin) => bin.patients));
  const groups: BenefitBin[][] = [[], [], [], []];
  let before = 0;
  for (const bin of bins) {
    // A bin belongs to the quarter its middle patient is in.
    const middle = before + bin.patients / 2;
    groups[Math.min(3, Math.floor((4 * middle) / Math.max(patients, 1)))]!.push(bin);
    before += bin.patients;
  }
  return groups;
}

function slopeOf(quarters: readonly BenefitQuarter[]): number | null {
  if (quarters.length < 2 || quarters.some(({ observed }) => observed === null)) return null;
  const weight = total(quarters.map(({ patients }) => patients));
  const mean = (value: (quarter: BenefitQuarter) => number): number => total(quarters.map((q) => q.patients * value(q))) / weight;
  const predicted = mean((q) => q.predicted);
  const observed = mean((q) => q.observed ?? 0);
  const spread = mean((q) => (q.predicted - predicted) ** 2);
  return spread > 1e-12 ? mean((q) => (q.predicted - predicted) * ((q.observed ?? 0) - observed)) / spread : null;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
