#!/usr/bin/env node
/**
 * Writes the demo study: a plan and one CSV for each of four synthetic hospitals, the same bytes every time.
 * `node simulations/dist/demo-data.js FOLDER [linear|mlp]`
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_PROFILES, demoPlan, makeCohort } from './cohorts/index.ts';

const DEMO_SEED = 1;
const [folder, kind = 'mlp'] = process.argv.slice(2);
if (folder === undefined || (kind !== 'linear' && kind !== 'mlp')) {
  console.error('demo-data needs a folder, and linear or mlp.');
  process.exit(2);
}
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'plan.yaml'), demoPlan(kind));
for (const { id, csv } of makeCohort({ sites: DEMO_PROFILES, seed: DEMO_SEED }).sites) await writeFile(join(folder, `${id}.csv`), csv);
