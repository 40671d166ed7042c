#!/usr/bin/env node
/**
 * The limit: nothing but the local training of all sites, by a typed-array loop written for this shape. Prints one line of JSON.
 * Usage: node loop-run.js SITES ROUNDS
 */
import { initMlp } from '@consilium/shared/models';
import { madeRows, seededUniform } from '../../reference/made-rows.ts';
import { tightEpoch } from '../tight-loop.ts';
import { BATCH, LEARNING_RATE, SMALL, TRAIN_ROWS } from './made-federation.ts';
import { between, processorTime } from './processor-time.ts';

const [sites = 10, rounds = 10] = process.argv.slice(2, 4).map(Number);
const [first = 1, second = 1] = SMALL.hidden;
const rows = Array.from({ length: sites }, () => madeRows(TRAIN_ROWS, SMALL.inputs));
const shared = initMlp(SMALL, seededUniform(1));
const pass = (): void => {
  for (const { x, y } of rows) {
    tightEpoch({ inputs: SMALL.inputs, first, second, weights: shared.slice() }, x, y, BATCH, LEARNING_RATE);
  }
};
for (let at = 0; at * sites < 300; at++) pass(); // compile
const before = processorTime();
const start = performance.now();
for (let round = 0; round < rounds; round++) pass();
const seconds = (performance.now() - start) / 1000 / rounds;
const { all } = between(before, processorTime());
console.log(
  JSON.stringify({
    siteRoundsPerSecond: sites / seconds,
    processorSecondsPerRound: all / rounds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
