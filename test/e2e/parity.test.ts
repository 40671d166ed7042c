/**
 * One plan, two worlds: a network trained in four real tabs and in the simulator, compared after every round; and a plan that the simulator
 * exported, created through the coordinator's interface.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parsePlan, planHash } from '@consilium/shared/study';
import { federate, type SiteInput } from '@consilium/simulations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRounds } from '../world/demo-hospitals.ts';
import { readFinalState } from '../world/final-state.ts';
import { messageOf } from '../world/frames.ts';
import { createModelsByRound, largestDifference } from '../world/models-by-round.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

const ROUNDS = 3;
/**
 * Both worlds train with the same 64-bit arithmetic on the same rows; they differ by the random rounding of updates to the plan's step alone,
 * which each site draws for itself, and by what a round of training makes of that difference.
 */
const TOLERANCE = 1e-4;
const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');

describe('the same plan in tabs and in the simulator', () => {
  let server: ServerProcess;
  let client: ConsoleClient;
  const folder = mkdtempSync(join(tmpdir(), 'consilium-parity-'));
  beforeAll(async () => {
    server = await startServer();
    client = await signIn(server);
  });
  afterAll(async () => {
    await server?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the same weights after every round', async () => {
    const edit = withRounds(ROUNDS);
    const parsed = parsePlan(edit(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
    if (!parsed.ok) throw new Error('expected a plan');
    const sites = DEMO_HOSPITALS.map(({ name, csv }): SiteInput => ({ id: name, name, csv: readFileSync(csv) }));
    const apart = createModelsByRound();
    const simulated = await federate({
      ...{ plan: parsed.plan, sites, splitCsv: null, backend: 'plain' },
      onSend: (site) => apart.add(site.site()?.state().programme),
    });

    const live = createModelsByRound();
    const browser = await launchChromium();
    try {
      const looked = new Set<number>();
      const { study, tabs } = await startStudyInTabs({
        ...{ server, client, browser, planPath: DEMO_PLAN, edit, hospitals: DEMO_HOSPITALS, splitCsv: null, backend: 'plain' },
        onFrame: (_tab, direction, frame) => {
          const message = direction === 'up' ? messageOf(frame) : null;
          if (message?.kind === 'advertise-keys' && message.round !== undefined && !looked.has(message.round)) {
            looked.add(message.round);
            live.lookIn(server.dataDir); // the round is open and waits for this very message
          }
          return true;
        },
      });
      const view = await client.until(study, ({ phase }) => phase === 'finished' || phase === 'paused', 200);
      expect(view.phase).toBe('finished');
      expect(view.planHash).toBe(planHash(parsed.plan));
      expect([...tabs.values()].flatMap(({ errors }) => errors)).toEqual([]);
    } finally {
      await browser.close();
    }

    expect([...live.models.keys()].sort()).toEqual([...apart.models.keys()].sort());
    expect(live.models.size).toBe(ROUNDS);
    const first = [...live.models.keys()].sort()[0]!;
    expect(largestDifference(live.models.get(first)!, apart.models.get(first)!)).toBe(0); // model 0 follows from the plan alone
    for (const [round, weights] of live.models) {
      const difference = largestDifference(weights, apart.models.get(round)!);
      console.log(`before round ${round}: largest difference of a weight ${difference.toExponential(2)}`);
      expect(difference).toBeLessThan(TOLERANCE);
      // The tolerance can tell: a round moves the weights by much more.
      if (round !== first) expect(largestDifference(weights, live.models.get(first)!)).toBeGreaterThan(100 * TOLERANCE);
    }
    const end = largestDifference(readFinalState(server.dataDir).network!.weights, simulated.programme.network!.weights);
    console.log(`after the last round: ${end.toExponential(2)}`);
    expect(end).toBeLessThan(TOLERANCE);
  });

  it.each(['study.yaml', 'study.json'])('creates the study of an exported %s with the hash that was printed', async (name) => {
    const out = join(folder, name);
    const words = [
      'export-plan',
      DEMO_PLAN,
      '--set',
      `study=exported-${name.split('.')[1]}`,
      '--set',
      'rounds.count=4',
      '--out',
      out,
      '--json',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words]);
    const study = await client.create(readFileSync(out, 'utf8'), name);
    expect((await client.view(study)).planHash).toBe((JSON.parse(stdout) as { planHash: string }).planHash);
  });
});
