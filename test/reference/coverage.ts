/** Rows with a known truth, and how often a model's 95 % intervals hold it. */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import type { Rows } from '@consilium/shared/models';
import { type ExactSpec, effectiveParameters, exactModel, fitExact, parameterTable } from '@consilium/shared/training';

export const TRUTH = [0.5, -0.3, 0.2] as const;
const PER_SITE = 250;

export interface CoverageCase {
  readonly name: string;
  readonly spec: ExactSpec;
  /** In the order of the model's parameters; an intercept of 0 and the slopes when absent. */
  readonly truth?: readonly number[];
  /** Whether each site has a level of its own, drawn as the penalty on it supposes: normal with SD 1. */
  readonly hasLevels?: boolean;
  readonly outcome: (
    eta: number,
    uniform: () => number,
    normal: () => number,
    x: Float64Array,
  ) => { readonly y: number; readonly time: number };
}

/** Log odds of the event in each interval of the hazard, for the mean patient. */
const INTERVALS = [-2, -1.8, -1.6, -1.4];
/** Slopes of the second class beside the first's, which are TRUTH. */
const SECOND = [-0.4, 0.2, 0.5];
const CLASS_LEVELS = [0.3, -0.2];

const exponential = (uniform: () => number) => -Math.log(1 - uniform());

export const CASES: readonly CoverageCase[] = [
  { name: 'logistic', spec: { kind: 'logistic' }, outcome: (eta, u) => ({ y: u() < 1 / (1 + Math.exp(-eta)) ? 1 : 0, time: 0 }) },
  { name: 'linear', spec: { kind: 'linear', mean: 0, sd: 1 }, outcome: (eta, _u, normal) => ({ y: eta + 1.5 * normal(), time: 0 }) },
  {
    name: 'poisson',
    spec: { kind: 'poisson', mean: 1, most: 5000 },
    outcome: (eta, u) => {
      let count = 0;
      for (let at = exponential(u); at < Math.exp(eta); at += exponential(u)) count += 1;
      return { y: count, time: 0 };
    },
  },
  {
    name: 'cox',
    spec: { kind: 'cox' },
    outcome: (eta, u) => {
      const [event, end] = [exponential(u) * Math.exp(-eta), 2 * u()];
      return { y: event <= end ? 1 : 0, time: Math.min(event, end) };
    },
  },
  {
    name: 'hazard',
    spec: { kind: 'hazard', cuts: [1, 2, 3, 4] },
    truth: [...INTERVALS, ...TRUTH],
    hasLevels: true,
    outcome: (eta, u) => {
      // Censored at the end of an interval, so that what is simulated is the model itself.
      const last = u() < 0.3 ? 1 + Math.floor(4 * u()) : 4;
      const at = INTERVALS.findIndex((level, k) => k < last && u() < 1 / (1 + Math.exp(-level - eta)));
      return at < 0 ? { y: 0, time: last } : { y: 1, time: at + 0.5 };
    },
  },
  {
    name: 'softmax',
    spec: { kind: 'softmax', classes: 3 },
    truth: [...CLASS_LEVELS, ...TRUTH, ...SECOND],
    outcome: (eta, u, _normal, x) => {
      const [first = 0, second = 0] = CLASS_LEVELS;
      const odds = [1, Math.exp(first + eta), Math.exp(second + SECOND.reduce((sum, b, j) => sum + b * x[j]!, 0))];
      const drawn = u() * odds.reduce((a, b) => a + b);
      return { y: drawn < odds[0]! ? 0 : drawn < odds[0]! + odds[1]! ? 1 : 2, time: 0 };
    },
  },
];

/** Share of runs in which each coefficient's 95 % interval holds the truth; slopes only for Cox. Three sites of 250 rows. */
export function coverage({ name, spec, outcome, hasLevels, truth: told }: CoverageCase, runs: number): number[] {
  const { uniform } = randomStream(sha256(new TextEncoder().encode(`coverage ${name}`)));
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const truth = told ?? (spec.kind === 'cox' ? TRUTH : [0, ...TRUTH]);
  const held = truth.map(() => 0);
  for (let run = 0; run < runs; run++) {
    const sites = [0, 1, 2].map((): Rows => {
      const x = Float64Array.from({ length: PER_SITE * 3 }, (_, i) => (i % 3 === 2 ? Number(uniform() < 0.4) : normal()));
      const level = hasLevels === true ? normal() : 0;
      const seen = Array.from({ length: PER_SITE }, (_, i) => {
        const eta = TRUTH.reduce((sum, b, j) => sum + b * x[i * 3 + j]!, level);
        return outcome(eta, uniform, normal, x.subarray(3 * i, 3 * i + 3));
      });
      return { x, y: Float64Array.from(seen, ({ y }) => y), time: Float64Array.from(seen, ({ time }) => time), rows: PER_SITE, width: 3 };
    });
    const fit = fitExact(spec, sites, 0);
    const freedom = fit.rows - effectiveParameters(fit);
    const dispersion = spec.kind === 'linear' ? { variance: (2 * fit.loss!) / freedom, freedom } : null;
    parameterTable(fit, exactModel(spec).names(['a', 'b', 'c']), dispersion).forEach(({ interval }, j) => {
      if (interval !== null && interval[0] <= truth[j]! && truth[j]! <= interval[1]) held[j]! += 1;
    });
  }
  return held.map((count) => count / runs);
}
