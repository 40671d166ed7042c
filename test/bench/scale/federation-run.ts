#!/usr/bin/env node
/**
 * One federation of the bench in a process of its own, so that its peak memory is its own. Prints one line of JSON.
 * Usage: node federation-run.js SITES ROUNDS WORKERS [unchanged]
 */
import { federateInThreads } from '@consilium/simulations/fast';
import { LARGE, madePlan, madeSites, SMALL } from './made-federation.ts';
import { between, processorTime } from './processor-time.ts';

const [sites = 10, rounds = 10, workers = 1] = process.argv.slice(2, 5).map(Number);
const isUnchanged = process.argv[5] === 'unchanged';
const shape = isUnchanged ? LARGE : SMALL;
const UNCHANGED = `data:text/javascript,${encodeURIComponent(
  "export const algorithm = { name: 'unchanged', train: ({ weights }) => ({ update: new Float64Array(weights.length) }) };",
)}`;

// The first rounds compile; the others are what a round costs.
const skipped = Math.min(Math.floor(rounds / 5), 200);
const ends: number[] = [];
const memory: number[] = [];
let [start, end] = [processorTime(), processorTime()];
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
    if (ends.length === skipped + 1) start = processorTime();
    if (ends.length === rounds) end = processorTime();
  },
});
const counted = ends.length - 1 - skipped;
const seconds = ((ends.at(-1) ?? 0) - (ends[skipped] ?? 0)) / 1000 / counted;
const { all, longestWay } = between(start, end);
const kept = memory.slice(skipped);
const half = kept.length >> 1;
const highest = (values: readonly number[]): number => Math.max(...values) / 1024;
console.log(
  JSON.stringify({
    siteRoundsPerSecond: sites / seconds,
    secondsPerRound: seconds,
    processorSecondsPerRound: all / counted,
    longestWaySecondsPerRound: longestWay === null ? null : longestWay / counted,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    highestMegabytes: [highest(kept.slice(0, half)), highest(kept.slice(half))],
    slopeKb: slope(kept),
  }),
);

/** Least squares of memory on the round, in KB a round. */
function slope(values: readonly number[]): number {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  let [sxy, sxx] = [0, 0];
  values.forEach((value, x) => {
    sxy += (x - meanX) * (value - meanY);
    sxx += (x - meanX) ** 2;
  });
  return sxy / sxx;
}
