/** Quarters, calibration, Qini and their intervals against slow twins over rows; weights, E-values, pseudo-outcomes by hand. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import {
  benefitBin,
  benefitCells,
  benefitMetrics,
  cellInterval,
  eValue,
  foldOf,
  observedBenefit,
  pseudoOutcome,
  qini,
  readBenefitCells,
  resampleCells,
  treatmentWeight,
} from '@consilium/shared/effects';
import { describe, expect, it } from 'vitest';

const { uniform } = randomStream(sha256(utf8Bytes('benefit metrics')));
const rows = Array.from({ length: 4000 }, () => {
  const benefit = 0.4 * uniform() - 0.1;
  const arm = uniform() < 0.5 ? 1 : 0;
  return { benefit, arm, y: uniform() < 0.4 - arm * benefit ? 1 : 0 };
});
const cellsOf = (part: typeof rows) =>
  readBenefitCells(
    benefitCells({ benefit: part.map(({ benefit }) => benefit), arm: part.map(({ arm }) => arm), y: part.map(({ y }) => y), weight: null }),
  );
const bins = cellsOf(rows);

/** Straight from the definition, row by row. */
const share = (part: typeof rows, arm: number) => {
  const own = part.filter((row) => row.arm === arm);
  return own.reduce((sum, { y }) => sum + y, 0) / own.length;
};

describe('benefit metrics', () => {
  const metrics = benefitMetrics(bins, 1);

  it('have quarters of a quarter of the patients each, rising, with the observed benefit of their rows', () => {
    const sorted = [...rows].sort((a, b) => benefitBin(a.benefit) - benefitBin(b.benefit));
    let at = 0;
    for (const quarter of metrics.quarters) {
      expect(quarter.patients).toBeGreaterThan(850);
      expect(quarter.patients).toBeLessThan(1150);
      const own = sorted.slice(at, at + quarter.patients);
      at += quarter.patients;
      expect(quarter.observed).toBeCloseTo(share(own, 0) - share(own, 1), 12);
      expect(quarter.predicted).toBeCloseTo(own.reduce((sum, { benefit }) => sum + benefit, 0) / own.length, 12);
    }
  });

  it('find the truth calibrated, and one that is twice too large not', () => {
    expect(metrics.calibrationSlope).toBeGreaterThan(0.7);
    expect(metrics.calibrationSlope).toBeLessThan(1.3);
    const doubled = benefitMetrics(cellsOf(rows.map((row) => ({ ...row, benefit: 2 * row.benefit }))), 1);
    expect(doubled.calibrationSlope).toBeCloseTo(metrics.calibrationSlope! / 2, 1);
    expect(Math.abs(metrics.calibrationInTheLarge!)).toBeLessThan(0.04);
  });

  it('have the Qini of its definition over groups of equal bins', () => {
    const groups = [...new Set(rows.map(({ benefit }) => benefitBin(benefit)))].sort((a, b) => b - a);
    const points = groups.map((bin) => {
      const treated = rows.filter(({ benefit }) => benefitBin(benefit) >= bin);
      const phi = treated.length / rows.length;
      return [phi, phi * (share(treated, 0) - share(treated, 1))] as const;
    });
    const overall = share(rows, 0) - share(rows, 1);
    const area = points.reduce((sum, [phi, gain], k) => {
      const [before, gained] = points[k - 1] ?? [0, 0];
      return sum + ((phi - before) * (gain + gained)) / 2;
    }, 0);
    expect(qini(bins, 1)).toBeCloseTo(area - overall / 2, 12);
    expect(qini(bins, 1)).toBeGreaterThan(0.01);
    const { uniform: other } = randomStream(sha256(utf8Bytes('useless')));
    expect(Math.abs(qini(cellsOf(rows.map((row) => ({ ...row, benefit: 0.4 * other() - 0.1 }))), 1)!)).toBeLessThan(0.012);
  });

  it('change their sign with the aim, and have no figure for a group with one arm', () => {
    expect(observedBenefit(bins, -1)).toBeCloseTo(-observedBenefit(bins, 1)!, 15);
    expect(observedBenefit(cellsOf(rows.filter(({ arm }) => arm === 1)), 1)).toBeNull();
    expect(qini(cellsOf([]), 1)).toBeNull();
  });

  it('have intervals as wide as the bootstrap of rows', () => {
    const interval = cellInterval(bins, (cells) => observedBenefit(cells, 1), uniform, 1000)!;
    const values = Array.from({ length: 300 }, () => {
      const drawn = rows.map(() => rows[Math.floor(uniform() * rows.length)]!);
      return share(drawn, 0) - share(drawn, 1);
    }).sort((a, b) => a - b);
    const width = values[292]! - values[7]!;
    expect((interval[1] - interval[0]) / width).toBeGreaterThan(0.85);
    expect((interval[1] - interval[0]) / width).toBeLessThan(1.15);
    expect(resampleCells(bins, uniform).reduce((sum, { patients }) => sum + patients, 0)).toBe(rows.length);
  });
});

describe('pieces', () => {
  it('weighs by estimand and cuts extreme propensities', () => {
    expect(treatmentWeight('average', 0.25, 1)).toBe(4);
    expect(treatmentWeight('average', 0.25, 0)).toBeCloseTo(4 / 3, 15);
    expect(treatmentWeight('treated', 0.8, 0)).toBeCloseTo(4, 12);
    expect(treatmentWeight('overlap', 0.8, 1)).toBeCloseTo(0.2, 15);
    expect(treatmentWeight('average', 0.0001, 1)).toBeCloseTo(50, 10);
  });

  it('has the E-values of VanderWeele and Ding 2017', () => {
    // Their example: risk ratio 3.9 (1.8, 8.7) gives 7.26 and 3.0.
    const published = eValue({ estimate: 3.9, interval: [1.8, 8.7] }, 0.01);
    expect(published.estimate).toBeCloseTo(7.26, 2);
    expect(published.limit).toBeCloseTo(3.0, 2);
    expect(eValue({ estimate: 1 / 3.9, interval: [1 / 8.7, 1 / 1.8] }, 0.01).estimate).toBeCloseTo(7.26, 2);
    expect(eValue({ estimate: 2, interval: [0.9, 4] }, 0.5).limit).toBe(1);
  });

  it('makes pseudo-outcomes whose mean is the effect where the propensity is right, whatever the risks', () => {
    for (const [zero, one] of [
      [0.1, 0.9],
      [0.5, 0.5],
    ] as const) {
      // Truth: risk .6 without, .3 with; propensity .25. Exact expectation over arm and outcome.
      let mean = 0;
      for (const arm of [0, 1]) {
        for (const y of [0, 1]) {
          const p = arm === 1 ? 0.3 : 0.6;
          const weight = (arm === 1 ? 0.25 : 0.75) * (y === 1 ? p : 1 - p);
          mean += weight * pseudoOutcome('dr', { y, arm, zero, one, propensity: 0.25 });
        }
      }
      expect(mean).toBeCloseTo(-0.3, 12);
    }
  });

  it('deals patients over folds by their id alone', () => {
    const folds = Array.from({ length: 5000 }, (_, i) => foldOf('study', `patient ${i}`, 5));
    for (let fold = 0; fold < 5; fold++) expect(folds.filter((value) => value === fold).length).toBeGreaterThan(900);
    expect(foldOf('study', ' patient 1 ', 5)).toBe(foldOf('study', 'patient 1', 5));
  });
});
