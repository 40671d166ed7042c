/** Personalisations one by one. Oracles: a grid search, a fit of two numbers by the exact logistic, cohorts whose truth is made. */
import { entriesOf, type NetworkShape, networkOf, networkOutputs, predictLogistic, type Rows, sigmoid } from '@consilium/shared/models';
import { fitLogistic, leaveOneOutLogits, ownIntercept, ownPartOf, PERSONALISATIONS, type PersonalInput } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { madeRows, seededUniform, sliceRows } from '../../reference/made-rows.ts';

const loss = (logits: ArrayLike<number>, y: ArrayLike<number>): number =>
  Array.from(y, (value, i) => Math.log(1 + Math.exp(-(value === 1 ? 1 : -1) * logits[i]!))).reduce((sum, value) => sum + value, 0);

const SHAPE: NetworkShape = { inputs: 3, hidden: [5] };

function inputOf(train: Rows, shape: NetworkShape = SHAPE, weights = networkOf(shape).init(seededUniform(3))): PersonalInput {
  return {
    shape,
    loss: { kind: 'binary' },
    weights,
    train,
    outOfFold: networkOutputs(shape, weights, train),
    config: { localEpochs: 1, batchSize: 16, learningRate: 0.1 },
    stream: (purpose) => seededUniform([...purpose].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7)),
  };
}

describe('the own intercept', () => {
  it('is the minimum of the penalised loss, by a grid', () => {
    const y = Float64Array.of(1, 1, 0, 1, 1, 1);
    const logits = Float64Array.of(-1, 0.5, 0, -2, 0.3, 1);
    const penalised = (b: number) =>
      loss(
        Array.from(logits, (logit) => logit + b),
        y,
      ) +
      0.5 * b * b;
    const grid = Array.from({ length: 8001 }, (_, i) => -4 + i / 1000);
    const best = grid.reduce((least, b) => (penalised(b) < penalised(least) ? b : least));
    expect(Math.abs(ownIntercept(logits, y) - best)).toBeLessThan(1e-3);
  });

  it('stays finite with one class only, and does not run past the minimum from far away', () => {
    expect(ownIntercept(new Float64Array(40), new Float64Array(40))).toBeGreaterThan(-5);
    const far = ownIntercept(new Float64Array(40).fill(60), new Float64Array(40));
    expect(far).toBeCloseTo(-ownIntercept(new Float64Array(40).fill(-60), new Float64Array(40).fill(1)), 9);
    expect(40 * sigmoid(60 + far) + far).toBeCloseTo(0, 6);
  });

  it('adds one number to every logit', () => {
    const { model, note } = PERSONALISATIONS.intercept.fit(inputOf(madeRows(40, 3)));
    const moved = model(madeRows(2, 3), Float64Array.of(0, 5));
    expect(moved[1]! - moved[0]!).toBeCloseTo(5, 12);
    expect(note).toBeNull();
  });
});

describe('intercept and slope', () => {
  it('are those of a logistic regression on the logit', () => {
    const input = inputOf(madeRows(300, 3, 5));
    const { model, note } = PERSONALISATIONS.recalibrate.fit(input);
    const { coefficients } = fitLogistic({ x: input.outOfFold, y: input.train.y, rows: 300, width: 1 }, 0);
    expect(note).toBeNull();
    expect(model(input.train, Float64Array.of(2))[0]).toBeCloseTo(coefficients[0]! + 2 * coefficients[1]!, 9);
  });

  it.each([49, 50])('need fifty of each class: %s events', (events) => {
    const rows = madeRows(200, 3);
    const input = inputOf({ ...rows, y: rows.y.map((_, i) => (i < events ? 1 : 0)) });
    const { model, note } = PERSONALISATIONS.recalibrate.fit(input);
    const spread = model(input.train, Float64Array.of(0, 1));
    expect(note === null).toBe(events === 50);
    expect(Math.abs(spread[1]! - spread[0]! - 1) < 1e-9).toBe(events === 49);
  });
});

/** The shared model: trained elsewhere. A site where the second column works the other way round. */
const shared = (() => {
  const rows = madeRows(600, 2, 11);
  const fit = fitLogistic(rows, 1).coefficients;
  return { shape: { inputs: 2, hidden: [] } as NetworkShape, weights: Float64Array.of(fit[1]!, fit[2]!, fit[0]!) };
})();
const mirrored = (count: number, seed: number): Rows => {
  const rows = madeRows(count, 2, seed);
  return { ...rows, x: rows.x.map((value, i) => (i % 2 === 1 ? -3 * value : value)) };
};

describe('training the shared weights on', () => {
  it.each(['finetune', 'ditto'] as const)('%s is better than the shared model on held-out patients of a site that is different', (kind) => {
    const input = inputOf(mirrored(300, 4), shared.shape, shared.weights);
    const { model, note } = PERSONALISATIONS[kind].fit(input);
    const test = mirrored(2000, 5);
    const logits = networkOutputs(shared.shape, shared.weights, test);
    expect(note).toBeNull();
    expect(loss(model(test, logits), test.y) / 2000).toBeLessThan(loss(logits, test.y) / 2000 - 0.02);
  });

  it.each(['finetune', 'ditto', 'head'] as const)(
    '%s leaves the shared model where it is best, or where there are too few patients',
    (kind) => {
      const few = inputOf(sliceRows(madeRows(30, 3), 0, 12));
      const { model, note } = PERSONALISATIONS[kind].fit(few);
      expect(note).toMatch(/needs 10/);
      expect(model(few.train, few.outOfFold)).toEqual(few.outOfFold);
    },
  );

  it('is the same model from the same stream', () => {
    const input = inputOf(madeRows(120, 3));
    const run = () => PERSONALISATIONS.ditto.fit(input).model(input.train, input.outOfFold);
    expect(run()).toEqual(run());
  });

  it('gives the shared model, and a reason, where it cannot get better: labels without any pattern', () => {
    // Every patient twice, once with and once without the outcome.
    const rows = madeRows(100, 2, 6);
    const twice = {
      x: Float64Array.of(...rows.x, ...rows.x),
      y: Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0)),
      rows: 200,
      width: 2,
    };
    const constant = inputOf(twice, shared.shape, new Float64Array(3));
    expect(PERSONALISATIONS.finetune.fit(constant).note).toMatch(/no better/);
  });
});

describe('own parts of a network', () => {
  const shape: NetworkShape = { inputs: 3, hidden: [5], norm: 'batch' };

  it.each([
    ['head', 'head', SHAPE],
    ['fedper', 'head', SHAPE],
    ['fedbn', 'norm', shape],
  ] as const)('%s trains its part and nothing else', (kind, part, of) => {
    const network = networkOf(of);
    const input = inputOf(madeRows(200, 3, 2), of);
    // Units of the shared body, read through models whose own part is replaced by probes: outputs must be those of the shared body.
    const own = entriesOf(network.tensors, [part]);
    const { model } = PERSONALISATIONS[kind].fit(input);
    const outputs = model(input.train, input.outOfFold);
    expect(outputs.some((value, i) => Math.abs(value - input.outOfFold[i]!) > 1e-3)).toBe(true);
    if (part !== 'head') return;
    // A head is linear in the units of the body: solve for it from 6 rows and predict the others.
    const units = (row: number): number[] => {
      const body = input.weights.map((value, i) => (own[i] === 1 ? 0 : value));
      const at = 3 * 5 + 5;
      return [0, 1, 2, 3, 4].map((k) => {
        const probe = body.slice();
        probe[at + k] = 1;
        return networkOutputs(of, probe, { x: input.train.x.subarray(3 * row, 3 * row + 3), rows: 1, width: 3 })[0]!;
      });
    };
    const design = Array.from({ length: 200 }, (_, row) => [1, ...units(row)]);
    expect(residualOfLinearFit(design, [...outputs])).toBeLessThan(1e-6);
  });

  it('are own during the rounds for FedPer and FedBN only', () => {
    expect((['none', 'intercept', 'head', 'fedper', 'fedbn', 'ditto', 'finetune'] as const).map(ownPartOf)).toEqual([
      null,
      null,
      null,
      'head',
      'norm',
      null,
      null,
    ]);
  });
});

describe('leave-one-out logits', () => {
  it('are close to those of the fits without the row, and far from the fit itself for a row that leads it', () => {
    const rows = madeRows(60, 3, 9);
    const fit = fitLogistic(rows, 1);
    const fast = leaveOneOutLogits(fit.state!, rows);
    for (let row = 0; row < 60; row++) {
      const others = {
        x: Float64Array.from([...rows.x.subarray(0, 3 * row), ...rows.x.subarray(3 * row + 3)]),
        y: Float64Array.from([...rows.y.subarray(0, row), ...rows.y.subarray(row + 1)]),
        rows: 59,
        width: 3,
      };
      const one = { x: rows.x.slice(3 * row, 3 * row + 3), y: rows.y.slice(row, row + 1), rows: 1, width: 3 };
      const slow = predictLogistic(fitLogistic(others, 1).coefficients, one)[0]!;
      expect(Math.abs(sigmoid(fast[row]!) - slow)).toBeLessThan(0.02);
    }
    const own = predictLogistic(fit.coefficients, rows);
    expect(Math.max(...fast.map((logit, i) => Math.abs(sigmoid(logit) - own[i]!)))).toBeGreaterThan(0.03);
  });
});

/** Largest residual of least squares, by the normal equations and Gauss–Jordan elimination. */
function residualOfLinearFit(design: readonly (readonly number[])[], targets: readonly number[]): number {
  const size = design[0]!.length;
  const table = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => design.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-12 : 0)),
    design.reduce((sum, row, at) => sum + row[i]! * targets[at]!, 0),
  ]);
  for (let pivot = 0; pivot < size; pivot++) {
    const factor = table[pivot]![pivot]!;
    table[pivot] = table[pivot]!.map((value) => value / factor);
    for (let i = 0; i < size; i++) {
      const by = table[i]![pivot]!;
      if (i !== pivot) table[i] = table[i]!.map((value, j) => value - by * table[pivot]![j]!);
    }
  }
  return Math.max(...design.map((row, at) => Math.abs(row.reduce((sum, value, j) => sum + value * table[j]![size]!, 0) - targets[at]!)));
}
