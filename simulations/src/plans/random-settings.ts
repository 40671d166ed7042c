/** Settings drawn at random between two values of some keys (Bergstra and Bengio 2012). */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { SimulationError } from '../input/simulation-error.ts';
import { named, type Setting } from './settings.ts';

export interface Range {
  readonly key: string;
  readonly low: number;
  readonly high: number;
  /** `log`: evenly in the logarithm; `whole`: both ends are whole numbers and so are the draws. */
  readonly scale: 'linear' | 'log' | 'whole';
}

/** @example readRange('algorithm.learningRate=0.001:0.1:log') */
export function readRange(text: string): Range {
  const match = /^([^=]+)=([^:]+):([^:]+?)(:log)?$/.exec(text);
  const [low, high] = [Number(match?.[2] ?? Number.NaN), Number(match?.[3] ?? Number.NaN)];
  if (match === null || !(low < high) || (match[4] !== undefined && low <= 0)) {
    throw new SimulationError(`--range needs key=low:high or key=low:high:log with low below high, got "${text}".`);
  }
  const isWhole = Number.isInteger(low) && Number.isInteger(high) && !/[.e]/.test(`${match[2]}${match[3]}`);
  return { key: match[1]?.trim() ?? '', low, high, scale: match[4] !== undefined ? 'log' : isWhole ? 'whole' : 'linear' };
}

/**
 * Every setting of the grid with every draw of the ranges.
 *
 * @param samples - How many draws; without ranges the grid is returned as it is.
 */
export function drawSettings(grid: readonly Setting[], ranges: readonly Range[], samples: number, seed: number): Setting[] {
  if (ranges.length === 0) return [...grid];
  const { uniform } = randomStream(sha256(utf8Bytes(`consilium sweep ${seed}`)));
  const draws = Array.from({ length: samples }, () => Object.fromEntries(ranges.map((range) => [range.key, draw(range, uniform())])));
  const combinations = grid.flatMap(({ changes }) => draws.map((drawn) => ({ ...changes, ...drawn })));
  const keys = Object.keys(combinations[0] ?? {});
  const varied = keys.filter(
    (key) => new Set(combinations.map((changes) => JSON.stringify((changes as Record<string, unknown>)[key]))).size > 1,
  );
  return named(combinations, varied);
}

function draw({ low, high, scale }: Range, share: number): number {
  if (scale === 'whole') return low + Math.floor(share * (high - low + 1));
  const value = scale === 'log' ? Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low))) : low + share * (high - low);
  return Number(value.toPrecision(4));
}
