/**
 * Real patients of four hospitals in four real tabs over Socket.IO. The oracle is the simulator, which meets the published fit
 * (test/simulations/heart-disease.test.ts): the same coefficients to 1e-8, and the same network weights where every hospital trains in another way.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parsePlan } from '@consilium/shared/study';
import { federate, readStudyInput } from '@consilium/simulations';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { readFinalState } from '../world/final-state.ts';
import { untilResults } from '../world/hospital-tab.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

const root = resolve(import.meta.dirname, '../..');
const data = resolve(root, '../shared/data/heart-disease');
const isThere = existsSync(data);
if (!isThere) console.log('skipped: the heart-disease data are not beside the project');

const HOSPITALS = [
  ['Cleveland', 'cleveland', 'webgl'],
  ['Hungarian', 'hungarian', 'wasm'],
  ['Switzerland', 'switzerland', 'plain'],
  ['VA Long Beach', 'va-long-beach', 'webgl'],
] as const;

const planPath = (name: string) => resolve(root, 'simulations/studies', name);

/** The same study in the simulator. */
async function simulate(name: string) {
  const parsed = parsePlan(readFileSync(planPath(name), 'utf8'), name);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'));
  return federate({ plan: parsed.plan, ...(await readStudyInput(parsed.plan, data, null)), backend: 'plain' });
}

describe.skipIf(!isThere)('heart disease in four tabs', () => {
  let server: ServerProcess;
  let browser: Browser;
  let client: ConsoleClient;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function run(name: string) {
    server = await startServer();
    try {
      client = await signIn(server);
      const hospitals = HOSPITALS.map(([title, file, backend]) => ({ name: title, csv: join(data, `${file}.csv`), backend }));
      const splitCsv = join(data, 'flamby-split.csv');
      const { study, tabs } = await startStudyInTabs({ server, client, browser, planPath: planPath(name), hospitals, splitCsv });
      const view = await client.until(study, ({ phase }) => phase === 'finished' || phase === 'paused', 200);
      for (const tab of tabs.values()) await untilResults(tab);
      const errors = [...tabs.values()].flatMap((tab) => tab.errors);
      for (const tab of tabs.values()) await tab.context.close();
      return { view, errors, state: readFinalState(server.dataDir) };
    } finally {
      await server.dispose();
    }
  }

  it('gives the simulator’s coefficients to 1e-8 and its scores', async () => {
    const [live, simulated] = [await run('heart-disease.yaml'), await simulate('heart-disease.yaml')];
    expect(live.errors).toEqual([]);
    expect(live.view.phase).toBe('finished');
    const expected = simulated.view.results;
    expect(live.view.results?.coefficients).toHaveLength(14);
    for (const [i, { name, value }] of (live.view.results?.coefficients ?? []).entries()) {
      expect(name).toBe(expected?.coefficients[i]?.name);
      expect(Math.abs(value - (expected?.coefficients[i]?.value ?? Number.NaN))).toBeLessThan(1e-8);
    }
    expect(live.view.results?.models.federated?.accuracy).toBeCloseTo(0.7953, 4);
    expect(live.view.results?.models.federated?.logLoss).toBeCloseTo(0.4355, 4);
  });

  it('gives the simulator’s network weights to tolerance on WebGL, WASM and plain arrays side by side', async () => {
    const [live, simulated] = [await run('heart-disease-network.yaml'), await simulate('heart-disease-network.yaml')];
    expect(live.errors).toEqual([]);
    const weights = live.state.network?.weights ?? new Float64Array();
    const expected = simulated.programme.network?.weights ?? new Float64Array();
    expect(weights).toHaveLength(expected.length);
    const difference = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))), 0);
    console.log(`largest difference of a weight from the simulator ${difference.toExponential(2)}`);
    // Single precision and fresh rounding: a hidden unit at its kink may fall to the other side. Usually below 1e-4; 3.5e-3 was seen once.
    expect(difference).toBeLessThan(1e-2);
    expect(live.view.results?.models.federated?.logLoss).toBeCloseTo(simulated.view.results?.models.federated?.logLoss ?? 0, 3);
  });
});
