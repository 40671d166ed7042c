#!/usr/bin/env node
/** `pnpm bench`: every measurement in one run, one table. Ratios, because only they survive a change of machine. */
import { availableParallelism, cpus } from 'node:os';
import { bytesUp } from './bytes-up.ts';
import { coordinatorSum } from './coordinator-sum.ts';
import { dataCheck } from './data-check.ts';
import { localTraining } from './local-training.ts';
import { maskExpansion } from './mask-expansion.ts';
import type { Limits, Measurement } from './measurement.ts';
import { helpText, readOptions } from './options.ts';
import { simulation } from './simulation.ts';
import { simulationOverhead } from './simulation-overhead.ts';
import { simulationScale } from './simulation-scale.ts';
import { simulationMemory, simulationWorkers } from './simulation-threads.ts';
import { siteMasking } from './site-masking.ts';
import { figureTable, type MeasuredFigure } from './table.ts';
import { wholeRound } from './whole-round.ts';

const MEASUREMENTS: readonly Measurement[] = [
  maskExpansion,
  siteMasking,
  coordinatorSum,
  bytesUp,
  wholeRound,
  localTraining,
  simulation,
  dataCheck,
  simulationScale,
  simulationOverhead,
  simulationWorkers,
  simulationMemory,
];

const names = MEASUREMENTS.map(({ name }) => name);
const options = readOptions(process.argv.slice(2), names);
switch (options.kind) {
  case 'help':
    console.log(helpText(names));
    break;
  case 'wrong':
    console.error(options.message);
    process.exitCode = 2;
    break;
  case 'run':
    await run(
      MEASUREMENTS.filter(({ name }) => options.only.length === 0 || options.only.includes(name)),
      options.asJson,
      options.limits,
    );
}

async function run(measurements: readonly Measurement[], asJson: boolean, limits: Limits): Promise<void> {
  const start = performance.now();
  const figures: MeasuredFigure[] = [];
  for (const { name, title, run } of measurements) {
    if (process.stderr.isTTY) console.error(`… ${title}`);
    for (const figure of await run(limits)) figures.push({ measurement: name, ...figure });
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
  if (asJson) console.log(JSON.stringify({ machine, seconds, figures }));
  else {
    console.log(`Node ${machine.node}, ${machine.cores} cores, ${machine.processor}. Medians; every ratio was measured side by side.\n`);
    console.log(figureTable(measurements, figures));
    console.log(`\n${seconds} s. "limit": what this machine could do at best. "peer": another program for the same job.`);
  }
}
