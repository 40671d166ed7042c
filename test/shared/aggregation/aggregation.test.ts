import {
  fedAdagrad,
  fedAdam,
  fedAvg,
  fedAvgM,
  fedYogi,
  meanUpdate,
  SERVER_OPTIMIZERS,
  type ServerOptimizer,
  serverOptimizer,
} from '@consilium/shared/aggregation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const vector = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 });

describe('the mean update', () => {
  it('is the weighted mean of what the sites sent', () => {
    fc.assert(
      fc.property(
        vector,
        vector,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, v, w) => {
          const mean = meanUpdate(
            Float64Array.from(a, (value, i) => v * value + w * b[i]!),
            v + w,
          );
          for (const [i, value] of mean.entries()) {
            // On the line from a to b, w / (v + w) of the way.
            expect(value).toBeCloseTo(a[i]! + (w / (v + w)) * (b[i]! - a[i]!), 9);
          }
        },
      ),
    );
  });

  it('refuses no weight at all and entries that are no numbers', () => {
    expect(() => meanUpdate(Float64Array.of(1), 0)).toThrow(/above 0, got 0/);
    expect(() => meanUpdate(Float64Array.of(1), Number.NaN)).toThrow(RangeError);
    expect(() => meanUpdate(Float64Array.of(1, Number.NaN), 1)).toThrow(/entry 1/);
  });
});

describe('every server optimizer', () => {
  it.each(SERVER_OPTIMIZERS.map((optimizer) => [optimizer.kind, optimizer] as const))(
    '%s moves with the update and changes nothing in place',
    (_, optimizer) => {
      const config = { learningRate: 0.5 };
      const weights = Float64Array.of(1, 2, 3);
      const update = Float64Array.of(0.1, -0.2, 0);
      const before = optimizer.init(3, config);
      const kept = structuredClone(before);
      const after = optimizer.step(before, weights, update, config);
      expect(Array.from(after.weights, (value, i) => Math.sign(value - weights[i]!))).toEqual([1, -1, 0]);
      expect(before).toEqual(kept);
      expect(Array.from(weights)).toEqual([1, 2, 3]);
      expect(optimizer.step(before, weights, update, config)).toEqual(after);
      expect(() => optimizer.step(before, weights, Float64Array.of(1), config)).toThrow(RangeError);
    },
  );

  it('is found by its kind', () => {
    expect(serverOptimizer('fedadam')).toBe(fedAdam);
    expect(() => serverOptimizer('fedsgd')).toThrow(/fedavgm or fedadagrad or fedadam or fedyogi, got fedsgd/);
  });
});

describe('FedAvg', () => {
  it('adds the update times the learning rate', () => {
    const { weights } = fedAvg.step(fedAvg.init(2, { learningRate: 1 }), Float64Array.of(1, 2), Float64Array.of(0.5, -1), {
      learningRate: 1,
    });
    expect(Array.from(weights)).toEqual([1.5, 1]);
  });
});

describe('FedAdam', () => {
  it('has the moments and weights of Algorithm 2 after three rounds', () => {
    // python3 -c "
    // m=0;v=1e-6;x=1.
    // for d in (.5,-.25,.1):
    //   m=.9*m+(1-.9)*d; v=.99*v+(1-.99)*d*d; x=x+.1*m/(v**.5+1e-3); print(m,v,x)"
    const config = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, tau: 1e-3 };
    let state = fedAdam.init(1, config);
    let weights: Float64Array = Float64Array.of(1);
    const seen: number[][] = [];
    for (const update of [0.5, -0.25, 0.1]) {
      ({ state, weights } = fedAdam.step(state, weights, Float64Array.of(update), config));
      seen.push([state.moments[0]![0]!, state.moments[1]![0]!, weights[0]!]);
    }
    const expected = [
      [0.04999999999999999, 0.0025009900000000024, 1.0980201901209485],
      [0.019999999999999997, 0.0031009801000000028, 1.1333019936980475],
      [0.027999999999999997, 0.003169970299000003, 1.1821654904716736],
    ];
    for (const [round, values] of expected.entries())
      for (const [k, value] of values.entries()) expect(seen[round]![k]).toBeCloseTo(value, 12);
  });

  it('starts its mean of squares at τ²', () => {
    expect(fedAdam.init(1, { learningRate: 1, tau: 0.01 }).moments[1]![0]).toBeCloseTo(1e-4, 15);
  });
});

describe('FedAdagrad, FedYogi and FedAvgM', () => {
  // python3 -c "
  // for name in ('adagrad','yogi'):
  //   m=0;v=1e-6;x=1.
  //   for d in (.5,-.25,.1,0.):
  //     m=.9*m+(1-.9)*d
  //     v = v+d*d if name=='adagrad' else v-(1-.99)*d*d*((v-d*d>0)-(v-d*d<0))
  //     x=x+.1*m/(v**.5+1e-3); print(name,v,x)
  // s=0;x=1.
  // for d in (.5,-.25,.1,0.): s=.9*s+d; x+=.1*s; print('avgm',s,x)"
  const UPDATES = [0.5, -0.25, 0.1, 0];
  const follow = (optimizer: ServerOptimizer) => {
    const config = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, tau: 1e-3 };
    let state = optimizer.init(1, config);
    let weights: Float64Array = Float64Array.of(1);
    return UPDATES.map((update) => {
      ({ state, weights } = optimizer.step(state, weights, Float64Array.of(update), config));
      return [state.moments.at(-1)![0]!, weights[0]!];
    });
  };
  const EXPECTED: readonly (readonly [ServerOptimizer, readonly (readonly number[])[]])[] = [
    [
      fedAdagrad,
      [
        [0.250001, 1.00998001999998],
        [0.312501, 1.0135513344883091],
        [0.322501, 1.018473185037409],
        [0.322501, 1.0229028505315987],
      ],
    ],
    [
      fedYogi,
      [
        [0.0025010000000000024, 1.0980199980004],
        [0.003126000000000003, 1.1331628095165456],
        [0.003226000000000003, 1.1816074868489563],
        [0.003226000000000003, 1.225207696448126],
      ],
    ],
    [
      fedAvgM,
      [
        [0.5, 1.05],
        [0.2, 1.07],
        [0.28, 1.098],
        [0.25200000000000006, 1.1232000000000002],
      ],
    ],
  ];

  it.each(EXPECTED.map((pair) => [pair[0].kind, ...pair] as const))(
    '%s has the squares and weights of its paper',
    (_, optimizer, expected) => {
      for (const [round, pair] of follow(optimizer).entries())
        for (const [k, value] of pair.entries()) expect(value).toBeCloseTo(expected[round]![k]!, 12);
    },
  );
});
