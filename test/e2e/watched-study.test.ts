/**
 * One study in four real tabs, watched at the wire, on the coordinator's disk and beside the simulator. A pattern planted in one hospital's
 * rows must not be found in anything that left its tab, nor in anything the coordinator wrote: not as text, not as a number in any form.
 * And the same plan in the simulator gives the same weights after every round.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { StudyView } from '@consilium/shared/federation';
import { parsePlan, planHash } from '@consilium/shared/study';
import { federate, type SiteInput } from '@consilium/simulations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRounds } from '../world/demo-hospitals.ts';
import { filesUnder, readFinalState } from '../world/final-state.ts';
import { messageOf } from '../world/frames.ts';
import { createModelsByRound, largestDifference } from '../world/models-by-round.ts';
import { numberForms } from '../world/number-forms.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

const CANARY = 'canary-7f3a9c';
const NUMBER = 6.8790123;
const ROUNDS = 3;
/**
 * Both worlds train with the same 64-bit arithmetic on the same rows; they differ by the random rounding of updates to the plan's step alone,
 * which each site draws for itself, and by what a round of training makes of that difference.
 */
const TOLERANCE = 1e-4;
const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');

describe('a study in four tabs', () => {
  let server: ServerProcess;
  let client: ConsoleClient;
  let view: StudyView;
  const folder = mkdtempSync(join(tmpdir(), 'consilium-watched-'));
  const hospitals = withCanary(folder);
  const edit = withRounds(ROUNDS);
  const live = createModelsByRound();
  const sent: Buffer[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    client = await signIn(server);
    const browser = await launchChromium();
    try {
      const looked = new Set<number>();
      const { study, tabs } = await startStudyInTabs({
        ...{ server, client, browser, planPath: DEMO_PLAN, edit, hospitals, splitCsv: null, backend: 'plain' },
        onFrame: (_tab, direction, frame) => {
          const message = direction === 'up' ? messageOf(frame) : null;
          if (message?.kind === 'advertise-keys' && message.round !== undefined && !looked.has(message.round)) {
            looked.add(message.round);
            live.lookIn(server.dataDir); // the round is open and waits for this very message
          }
          return true;
        },
        onBytes: (_tab, direction, bytes) => direction === 'up' && sent.push(bytes),
      });
      view = await client.until(study, ({ phase }) => phase === 'finished' || phase === 'paused', 200);
      for (const tab of tabs.values()) {
        sent.push(...tab.requests.map((request) => Buffer.from(request)));
        errors.push(...tab.errors);
      }
    } finally {
      await browser.close();
    }
  }, 240_000);
  afterAll(async () => {
    await server?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the same weights as in the simulator after every round', async () => {
    expect(view.phase).toBe('finished');
    expect(errors).toEqual([]);
    const parsed = parsePlan(edit(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
    if (!parsed.ok) throw new Error('expected a plan');
    expect(view.planHash).toBe(planHash(parsed.plan));
    const sites = hospitals.map(({ name, csv }): SiteInput => ({ id: name, name, csv: readFileSync(csv) }));
    const apart = createModelsByRound();
    const simulated = await federate({
      ...{ plan: parsed.plan, sites, splitCsv: null, backend: 'plain' },
      onSend: (site) => apart.add(site.site()?.state().programme),
    });

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

  it.each(['study.yaml', 'study.json'])('is created from an exported %s with the hash that was printed', async (name) => {
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

  it('holds no trace of a row', async () => {
    expect(view.timeline.length).toBeGreaterThan(5);
    await server.kill(); // nothing is written or deleted any more
    const written = [
      ...filesUnder(server.dataDir).map((path) => readFileSync(path)),
      Buffer.from(server.output()),
      Buffer.from(JSON.stringify(view)),
      ...sent,
    ];
    const patterns = [Buffer.from(CANARY), Buffer.from(CANARY).toString('base64').slice(0, 15), ...numberForms(NUMBER)];
    for (const pattern of patterns) expect(written.filter((bytes) => bytes.includes(pattern)).length).toBe(0);
    // The search can find what is there: the hospital's name on disk, a message of every round on the wire, masked bytes.
    expect(written.some((bytes) => bytes.includes(hospitals[0]?.name ?? ''))).toBe(true);
    expect(sent.filter((bytes) => bytes.includes('"advertise-keys"'))).toHaveLength(4 * view.timeline.length);
    expect(sent.filter((bytes) => bytes.length > 100 && !/^[0-9]/.test(bytes.toString('latin1'))).length).toBeGreaterThan(
      view.timeline.length,
    );
  });
});

/** The demo's hospitals; the first one's patients carry the planted name and the planted number. */
function withCanary(folder: string): typeof DEMO_HOSPITALS {
  const [first, ...others] = DEMO_HOSPITALS;
  if (first === undefined) throw new Error('no hospital');
  const lines = readFileSync(first.csv, 'utf8').trimEnd().split('\n');
  const columns = (lines[0] ?? '').split(',');
  const planted = lines.map((line, row) => {
    if (row === 0) return line;
    const cells = line.split(',');
    cells[0] = `${CANARY}-${row}`;
    // Half of the patients: a column of one value would be left out of the fit.
    if (row % 2 === 0) cells[columns.indexOf('hba1c')] = String(NUMBER);
    return cells.join(',');
  });
  const csv = join(folder, `${CANARY}.csv`);
  writeFileSync(csv, `${planted.join('\n')}\n`);
  return [{ name: first.name, csv }, ...others];
}
