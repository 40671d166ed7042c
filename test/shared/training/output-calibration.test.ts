/** Recalibration of class log odds. Oracles: the logistic calibration fit, numeric derivatives, and weights whose answer is known. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { type NetworkShape, networkOf, networkOutputs, rescaleOutputs } from '@consilium/shared/models';
import {
  fitLogistic,
  type NewtonState,
  newtonStep,
  outputCalibrationOf,
  outputCalibrationSums,
  startOutputCalibration,
} from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';

const { uniform } = randomStream(sha256(utf8Bytes('output calibration')));
const ROWS = 400;

function fitted(classes: number, outputs: Float64Array, y: Float64Array): NewtonState {
  let fit = startOutputCalibration(classes);
  while (!fit.converged && fit.failure === null) fit = newtonStep(fit, outputCalibrationSums(classes, outputs, y, fit.coefficients));
  return fit;
}

/** One a row; the truth is `offset + slope · output`. */
function twoClasses(offset: number, slope: number) {
  const outputs = Float64Array.from({ length: ROWS }, () => 6 * uniform() - 3);
  const y = outputs.map((output) => Number(uniform() < 1 / (1 + Math.exp(-offset - slope * output))));
  return { outputs, y };
}

describe('recalibration', () => {
  it('of two classes is the logistic regression of the outcome on the log odds', () => {
    const { outputs, y } = twoClasses(-1.5, 0.6);
    const { coefficients, converged } = fitted(2, outputs, y);
    expect(converged).toBe(true);
    const reference = fitLogistic({ x: outputs, y, rows: ROWS, width: 1 }, 0).coefficients;
    expect(coefficients[0]).toBeCloseTo(reference[0]!, 4);
    expect(coefficients[1]).toBeCloseTo(reference[1]!, 4);
  });

  it('has the derivatives of its loss, for three classes', () => {
    const outputs = Float64Array.from({ length: 3 * 50 }, () => 4 * uniform() - 2);
    const y = Float64Array.from({ length: 50 }, () => Math.floor(3 * uniform()));
    const at = [0.3, -0.7, 0.8];
    const sums = outputCalibrationSums(3, outputs, y, at);
    const moved = (j: number, by: number) =>
      outputCalibrationSums(
        3,
        outputs,
        y,
        at.map((value, i) => value + (i === j ? by : 0)),
      );
    let packed = 2 + 3;
    for (let j = 0; j < 3; j++) {
      expect(sums[2 + j]).toBeCloseTo((moved(j, 1e-5)[1]! - moved(j, -1e-5)[1]!) / 2e-5, 5);
      for (let k = j; k < 3; k++) {
        expect(sums[packed++]).toBeCloseTo((moved(j, 1e-5)[2 + k]! - moved(j, -1e-5)[2 + k]!) / 2e-5, 5);
      }
    }
  });

  it('gives each class of three its share of the training rows back', () => {
    const outputs = Float64Array.from({ length: 3 * ROWS }, () => 4 * uniform() - 2);
    const y = Float64Array.from({ length: ROWS }, (_, row) => {
      const odds = [0, 1, 2].map((k) => Math.exp(0.7 * outputs[3 * row + k]! + [1, -1, 0.4][k]!));
      let left = uniform() * odds.reduce((a, b) => a + b);
      return odds.findIndex((value) => (left -= value) < 0);
    });
    const { slope, offsets } = outputCalibrationOf(fitted(3, outputs, y), 3);
    const mean = [0, 0, 0];
    for (let row = 0; row < ROWS; row++) {
      const odds = [0, 1, 2].map((k) => Math.exp(slope * outputs[3 * row + k]! + offsets[k]!));
      const total = odds.reduce((a, b) => a + b);
      odds.forEach((value, k) => {
        mean[k]! += value / total / ROWS;
      });
    }
    for (const k of [0, 1, 2]) expect(mean[k]).toBeCloseTo(y.filter((value) => value === k).length / ROWS, 8);
    expect(slope).toBeGreaterThan(0.5);
    expect(slope).toBeLessThan(0.9);
  });

  it('keeps a finite slope where the model makes no mistake, and has no answer without a class', () => {
    const outputs = Float64Array.from({ length: 40 }, (_, row) => (row < 20 ? -3 : 3));
    const right = fitted(
      2,
      outputs,
      outputs.map((output) => Number(output > 0)),
    );
    expect(right.converged).toBe(true);
    expect(right.coefficients[1]).toBeGreaterThan(1);
    expect(Number.isFinite(right.coefficients[1])).toBe(true);
    expect(fitted(2, outputs, new Float64Array(40)).converged).toBe(false);
  });
});

describe('rescaled outputs', () => {
  it.each<[string, NetworkShape]>([
    ['an MLP', { inputs: 3, hidden: [4], outputs: 2, norm: 'layer' }],
    ['a linear layer', { inputs: 3, hidden: [], outputs: 1 }],
    ['an additive network', { kind: 'additive', groups: [2, 1], hidden: 3, outputs: 2 }],
  ])('of %s are slope · output + offset', (_, shape) => {
    const network = networkOf(shape);
    const weights = network.init(uniform).map((value) => value + 0.2 * uniform());
    const rows = { x: Float64Array.from({ length: 15 }, () => 2 * uniform() - 1), rows: 5, width: 3 };
    const offsets = [0.4, -1.1].slice(0, network.outputs);
    const before = networkOutputs(shape, weights, rows);
    const after = networkOutputs(shape, rescaleOutputs(shape, weights, 0.7, offsets), rows);
    for (const [i, value] of before.entries()) expect(after[i]).toBeCloseTo(0.7 * value + offsets[i % network.outputs]!, 12);
  });
});
