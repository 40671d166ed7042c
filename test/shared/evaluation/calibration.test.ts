import {
  calibrationStep,
  calibrationSums,
  directCalibration,
  directMetrics,
  readCalibration,
  startCalibration,
} from '@consilium/shared/evaluation';
import { sigmoid } from '@consilium/shared/models';
import { describe, expect, it } from 'vitest';
import { seededUniform } from '../../reference/made-rows.ts';

/** Scores whose log odds are `slope` · true log odds + `shift`, for outcomes drawn from the true ones. */
function miscalibrated(rows: number, slope: number, shift: number): { scores: number[]; labels: number[] } {
  const uniform = seededUniform(11);
  const logits = Array.from({ length: rows }, () => 6 * uniform() - 3);
  return {
    scores: logits.map((logit) => sigmoid(slope * logit + shift)),
    labels: logits.map((logit) => (uniform() < sigmoid(logit) ? 1 : 0)),
  };
}

describe('calibration', () => {
  it('undoes a known distortion of the log odds exactly', () => {
    const straight = directCalibration(...pair(miscalibrated(500, 1, 0)))!;
    const bent = directCalibration(...pair(miscalibrated(500, 2, 0.7)))!;
    // logit' = 2·logit + 0.7, so slope' = slope / 2 and intercept' = intercept − 0.35·slope
    expect(bent.slope).toBeCloseTo(straight.slope / 2, 8);
    expect(bent.intercept).toBeCloseTo(straight.intercept - 0.35 * straight.slope, 8);
  });

  it('is near 0 and 1 for true probabilities', () => {
    const { intercept, slope } = directCalibration(...pair(miscalibrated(20_000, 1, 0)))!;
    expect(Math.abs(intercept)).toBeLessThan(0.05);
    expect(Math.abs(slope - 1)).toBeLessThan(0.05);
  });

  it('is the same from sums over sites as from pooled rows', () => {
    const { scores, labels } = miscalibrated(300, 1.4, -0.3);
    let state = startCalibration(2);
    while (!state.converged && state.failure === null) {
      const first = calibrationSums(scores.slice(0, 90), labels.slice(0, 90), state.coefficients);
      const second = calibrationSums(scores.slice(90), labels.slice(90), state.coefficients);
      state = calibrationStep(
        state,
        first.map((value, i) => Math.round((value + second[i]!) * 2 ** 40) / 2 ** 40),
      );
    }
    const federated = readCalibration(state)!;
    const direct = directMetrics(scores, labels);
    expect(Math.abs(federated.intercept - direct.calibrationIntercept!)).toBeLessThan(1e-8);
    expect(Math.abs(federated.slope - direct.calibrationSlope!)).toBeLessThan(1e-8);
  });

  it('is null where no line fits: one class, one score, perfect separation', () => {
    expect(directCalibration([0.2, 0.4], [1, 1])).toBe(null);
    expect(directCalibration([0.3, 0.3, 0.3], [0, 1, 0])).toBe(null);
    expect(directCalibration([0.2, 0.3, 0.6, 0.7], [0, 0, 1, 1])).toBe(null);
    expect(directCalibration([], [])).toBe(null);
  });
});

function pair({ scores, labels }: { scores: number[]; labels: number[] }): [number[], number[]] {
  return [scores, labels];
}
