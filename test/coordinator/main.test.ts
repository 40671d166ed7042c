/** The program as people start it: its help, what it prints, a port or folder in use, and a clean end. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogCheck } from '@consilium/coordinator/audit';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDataFolder } from '../world/data-folder.ts';
import { signIn, startTestCoordinator } from './world/coordinator.ts';
import { DEMO } from './world/demo-study.ts';
import { type Hospital, openHospital } from './world/hospital.ts';
import { until } from './world/tab.ts';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'coordinator/dist/main.js');
const folders: string[] = [];
const running = new Set<ChildProcess>();

interface Started {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly adminCode: string;
}

beforeAll(() => {
  // The program is what the compiler makes of it now; types are checked elsewhere.
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'coordinator')], { stdio: 'inherit' });
  expect(existsSync(program)).toBe(true);
}, 120_000);

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function newFolders(): Promise<{ data: string; demo: string }> {
  const data = await newDataFolder();
  const demo = join(data, 'demo');
  mkdirSync(demo);
  writeFileSync(join(demo, 'plan.yaml'), DEMO.planText);
  for (const { id, csv } of DEMO.sites) writeFileSync(join(demo, `${id}.csv`), csv);
  folders.push(data);
  return { data, demo };
}

async function start(data: string, demo: string, port = 0): Promise<Started> {
  const options = ['--json', '--port', String(port), '--data', data, '--demo-data', demo];
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const { origin, adminCode } = JSON.parse(line);
  return { child, origin, adminCode };
}

async function end({ child }: Started, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the program', () => {
  it('explains itself, with examples', () => {
    const help = execFileSync(process.execPath, [program, '--help'], { encoding: 'utf8' });
    for (const word of ['--port', '--data', '--public-origin', 'Examples:']) expect(help).toContain(word);
  });

  it('refuses what is not a port, in a sentence', () => {
    const { status, stderr } = spawnSync(process.execPath, [program, '--port', 'eighty'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('A port is a number from 0 to 65535')]);
  });

  it('prints where it is and a code, keeps its folder to itself, and ends cleanly', async () => {
    const { data, demo } = await newFolders();
    const first = await start(data, demo);
    expect((await signIn(first.origin, first.adminCode)).made.status).toBe(200);
    const second = spawnSync(process.execPath, [program, '--port', '0', '--data', data], { encoding: 'utf8' });
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('Another coordinator (process')]);
    const other = await newFolders();
    const { port } = new URL(first.origin);
    const third = spawnSync(process.execPath, [program, '--port', port, '--data', other.data], { encoding: 'utf8' });
    expect([third.status, third.stderr]).toEqual([1, `Port ${port} is in use. Choose another with --port.\n`]);
    expect(await end(first, 'SIGINT')).toBe(0);
    expect(existsSync(join(data, 'lock'))).toBe(false);
  }, 60_000);
});

interface Told {
  // biome-ignore lint/suspicious/noExplicitAny: a view as it came over HTTP.
  readonly view: any;
  readonly kills: number;
  readonly hospitals: readonly Hospital[];
  readonly log: LogCheck;
}

/** Carries a study to its end. `fate` hears each message of the first hospital and says after how many ms to kill, or null. */
async function runStudy(fate: (message: CoordinatorMessage) => number | null): Promise<Told> {
  const { data, demo } = await newFolders();
  let started = await start(data, demo);
  const { origin } = started;
  const port = Number(new URL(origin).port);
  const console_ = await signIn(origin, started.adminCode);
  let kills = 0;
  let reviving: Promise<void> | null = null;
  const revive = async (afterMs: number) => {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await end(started, 'SIGKILL');
    started = await start(data, demo, port);
    kills += 1;
    reviving = null;
  };
  const hear = (message: CoordinatorMessage) => {
    const afterMs = fate(message);
    if (afterMs !== null && reviving === null) reviving = revive(afterMs);
  };
  const hospitals = await Promise.all(DEMO.sites.map(({ id }, index) => openHospital(origin, id, index === 0 ? hear : undefined)));
  const { study } = hospitals[0]!;
  const view = async () => (await console_.ask('GET', `/studies/${study}`)).body;
  await until(
    'four connected',
    async () => (await view()).sites.filter((site: { connected: boolean }) => site.connected).length === 4,
    60_000,
  );
  for (const { site } of hospitals) await site.ready();
  expect((await console_.ask('POST', `/studies/${study}/start`)).status).toBe(200);
  await until('rosters', () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'roster')));
  for (const hospital of hospitals) await hospital.approve();
  await until(
    'results at every site',
    () => hospitals.every(({ progress }) => progress.some(({ type }) => type === 'results')),
    300_000,
    view,
  );
  await until('the last start', () => reviving === null);
  const final = await view();
  for (const hospital of hospitals) hospital.close();
  expect(await end(started, 'SIGTERM')).toBe(0);
  const again = await startTestCoordinator({ dataDir: data });
  const log = await again.verifyLog(study);
  await again.close();
  return { view: final, kills, hospitals, log };
}

/** Sites in the order of their names: their order in the roster is that in which they joined. */
const timelineOf = ({ view }: Told) =>
  view.timeline.map((round: { survivors: string[] }) => ({ ...round, survivors: [...round.survivors].sort() }));

describe('killed with SIGKILL and started again', () => {
  it('in every phase of a round, and at any moment of others, the study comes to the same rounds and the same result', async () => {
    const calm = await runStudy(() => null);
    const due = new Set<string>(['open-round', 'adverts', 'envelopes', 'survivors', 'agreement', 'released']);
    let further = 3;
    const stormy = await runStudy((message) => {
      if (due.delete(message.kind)) return 0;
      return message.kind === 'open-round' && message.round > 8 && further-- > 0 ? Math.random() * 40 : null;
    });
    console.log(`killed ${stormy.kills} times in ${stormy.view.timeline.length} rounds`);
    expect(due.size).toBe(0);
    expect(stormy.kills).toBeGreaterThan(6);
    expect(calm.view.phase).toBe('finished');
    expect(stormy.view.results).toEqual(calm.view.results);
    expect(timelineOf(stormy)).toEqual(timelineOf(calm));
    expect(stormy.log).toMatchObject({ ok: true });
    for (const { progress } of stormy.hospitals) {
      const rounds = progress.flatMap((step) => (step.type === 'released' ? [step.round] : []));
      expect(rounds).toEqual(calm.view.timeline.map(({ round }: { round: number }) => round));
    }
  }, 600_000);
});
