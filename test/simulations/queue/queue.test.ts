/** Simulations through a queue on a real PostgreSQL: three worker processes, one killed in the middle of a job, the bytes of one machine. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { demoPlan } from '@consilium/simulations/cohorts';
import { openJobQueue, openQueueStore, patientAsk, programHash, type SimulationJob, workerName } from '@consilium/simulations/queue';
import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../world/postgres.ts';
import { fourSites } from '../fast/fast-world.ts';

const cli = resolve(import.meta.dirname, '../../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-queue-'));
const [data, plan] = [join(folder, 'data'), join(folder, 'plan.yaml')];
mkdirSync(data);
for (const { id, csv } of fourSites) writeFileSync(join(data, `${id}.csv`), csv);
writeFileSync(plan, demoPlan('mlp'));
const postgres = await startPostgres();
if (postgres === null) console.log('skipped: the npm registry has no PostgreSQL for this machine');
const workers: ChildProcess[] = [];
/** What workers said, for whoever reads why a test failed. */
const told: string[] = [];
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const words = ['run', plan, '--data', data, '--seeds', '3', '--secure', 'off', '--set', 'rounds.count=40', '--set', 'algorithm.fits=1'];

async function simulate(...all: string[]): Promise<{ code: number; error: string }> {
  try {
    const { stderr } = await promisify(execFile)(process.execPath, [cli, ...all]);
    return { code: 0, error: stderr };
  } catch (error) {
    const failed = error as { code: number; stderr: string };
    return { code: failed.code, error: failed.stderr };
  }
}

function startWorker(url: string, onJob: (worker: ChildProcess) => void = () => undefined): void {
  const worker = spawn(process.execPath, [cli, 'worker', '--queue', url], { stdio: ['ignore', 'ignore', 'pipe'] });
  worker.stderr?.on('data', (text: Buffer) => {
    told.push(String(text));
    if (String(text).includes('Working on')) onJob(worker);
  });
  workers.push(worker);
}

/** Every file of a result but the one with this machine's clock. */
function bytesOf(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'timings.json',
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((file) => [relative(path, file), createHash('sha256').update(readFileSync(file)).digest('hex')]));
}

describe.skipIf(postgres === null)('a queue', () => {
  const url = postgres?.url ?? '';

  it('gives the bytes of one machine, though a worker is killed in the middle of a job', async () => {
    const here = simulate(...words, '--out', join(folder, 'here'));
    let killed = 0;
    startWorker(url, (worker) => {
      if (killed++ === 0) setTimeout(() => worker.kill('SIGKILL'), 50);
    });
    const there = simulate(...words, '--out', join(folder, 'there'), '--queue', url);
    for (let waited = 0; killed === 0 && waited < 120_000; waited += 50) await new Promise((next) => setTimeout(next, 50));
    expect(killed, told.join('')).toBe(1);
    startWorker(url);
    startWorker(url);
    expect(await there).toMatchObject({ code: 0, error: expect.stringMatching(/went away in the middle of a job/) });
    expect(await here).toMatchObject({ code: 0 });
    expect(workers[0]?.signalCode).toBe('SIGKILL');
    expect(bytesOf(join(folder, 'there'))).toEqual(bytesOf(join(folder, 'here')));
  }, 300_000);

  it('answers the same run from what it keeps, without any worker', async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    expect(await simulate(...words, '--out', join(folder, 'again'), '--queue', url)).toMatchObject({ code: 0 });
    expect(bytesOf(join(folder, 'again'))).toEqual(bytesOf(join(folder, 'here')));
  }, 120_000);

  it('carries a worker’s sentence back', async () => {
    startWorker(url);
    const refused = await simulate(...words, '--set', 'rounds.quorum=9', '--out', join(folder, 'refused'), '--queue', url);
    expect(refused).toMatchObject({ code: 1, error: expect.stringMatching(/at least 9 sites; there are 4/) });
  }, 60_000);

  it('keeps programs of different versions apart, and tells each of the other', async () => {
    const ask = patientAsk({ url, after: '' });
    const connect = async (program: string) => {
      const store = await openQueueStore(url, ask, `${workerName(program)}#test`);
      return { store, queue: await openJobQueue(url, store.pool, ask, program) };
    };
    for (const worker of workers) worker.kill('SIGKILL');
    const [old, fresh] = [await connect('a'.repeat(64)), await connect('b'.repeat(64))];
    const job: SimulationJob = { key: 'k', plan: '{}', data: 'd', backend: 'plain', secure: 'off', world: null };
    await fresh.queue.add([job]);
    expect(await old.queue.take()).toBeNull();
    expect(await old.queue.strangers()).toBe(1);
    expect(await fresh.queue.strangers()).toBe(0);
    expect((await fresh.queue.workers()).own).toBe(1);
    expect((await fresh.queue.workers()).others).toBeGreaterThanOrEqual(1);
    expect((await fresh.queue.take())?.job).toEqual(job);
    for (const { store, queue } of [old, fresh]) {
      await queue.close();
      await store.close();
    }
    expect(await programHash()).toMatch(/^[0-9a-f]{64}$/);
    expect(await programHash()).toBe(await programHash());
  }, 60_000);

  it.each([
    [
      'a database that is not there',
      'postgres://me:secret@127.0.0.1:1/none',
      /The queue at postgres:\/\/me@127\.0\.0\.1:1\/none cannot be used/,
    ],
    ['an address that is none', 'nowhere', /--queue needs an address|cannot be used/],
  ])(
    'refuses %s with one sentence',
    async (_what, address, sentence) => {
      const { code, error } = await simulate(...words, '--out', join(folder, 'none'), '--queue', address);
      expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
      expect(code).toBe(1);
      expect(error).toMatch(sentence);
      expect(error).not.toContain('secret');
    },
    60_000,
  );
});
