#!/usr/bin/env node
/**
 * One federation of the bench in a process of its own, so that its peak memory is its own. Prints one line of JSON.
 * Usage: node federation-run.js SITES ROUNDS WORKERS [unchanged]
 */
import { federateInThreads } from '@consilium/simulations/fast';
import { LARGE, madePlan, madeSites, SMALL } from './made-federation.ts';

const [sites = 10, rounds = 10, workers = 1] = process.argv.slice(2, 5).map(Number);
const isUnchanged = process.argv[5] === 'unchanged';
const shape = isUnchanged ? LARGE : SMALL;
const UNCHANGED = `data:text/javascript,${encodeURIComponent(
  "export const algorithm = { name: 'unchanged', train: ({ weights }) => ({ update: new Float64Array(weights.length) }) };",
)}`;

const ends: number[] = [];
const memory: number[] = [];
await federateInThreads({
  plan: madePlan(shape, rounds),
  sites: madeSites(shape, sites),
  splitCsv: null,
  backend: 'plain',
  workers,
  withSiteResults: false,
  algorithm: isUnchanged ? UNCHANGED : null,
  onRound: ({ kind }) => {
    if (kind !== 'update') return;
    ends.push(performance.now());
    memory.push(process.memoryUsage.rss() / 1024);
  },
});
// The first rounds compile; the others are what a round costs.
const skipped = Math.min(Math.floor(ends.length / 5), 200);
const seconds = ((ends.at(-1) ?? 0) - (ends[skipped] ?? 0)) / 1000 / (ends.length - 1 - skipped);
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({ siteRoundsPerSecond: sites / seconds, secondsPerRound: seconds, peakMegabytes, ...slope(memory.slice(skipped)) }),
);

/** Least squares of memory on the round, in KB a round, with its standard error. */
function slope(values: readonly number[]): { readonly slopeKb: number; readonly slopeError: number } {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  let [sxy, sxx] = [0, 0];
  values.forEach((value, x) => {
    sxy += (x - meanX) * (value - meanY);
    sxx += (x - meanX) ** 2;
  });
  const b = sxy / sxx;
  const rest = values.reduce((sum, value, x) => sum + (value - meanY - b * (x - meanX)) ** 2, 0);
  return { slopeKb: b, slopeError: Math.sqrt(rest / Math.max(1, n - 2) / sxx) };
}
