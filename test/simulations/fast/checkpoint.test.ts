/** A long simulation that is killed goes on within its rounds, to the bytes of one that was not. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deserialize } from 'node:v8';
import { demoPlan } from '@consilium/simulations/cohorts';
import { afterAll, describe, expect, it } from 'vitest';
import { fastInThisThread, fourSites, smallPlan } from './fast-world.ts';

const cli = resolve(import.meta.dirname, '../../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const DIVISION = [0, 0, 1, 1];

describe('a federation kept while it runs', () => {
  it('goes on after the last sum that was kept, to the same state, timeline and bytes', async () => {
    const plan = smallPlan('mlp');
    const checkpoint = { path: join(folder, 'one'), everyMs: 0 };
    const whole = await fastInThisThread(plan, fourSites, DIVISION, { isCounted: true });
    const stop = new AbortController();
    const onRound = ({ round }: { readonly round: number }) => {
      if (round === 4) stop.abort();
    };
    await expect(
      fastInThisThread(plan, fourSites, DIVISION, { isCounted: true, checkpoint, onRound, signal: stop.signal }),
    ).rejects.toThrow();
    const asked: number[] = [];
    const again = await fastInThisThread(plan, fourSites, DIVISION, {
      isCounted: true,
      checkpoint,
      onRound: ({ round }) => void asked.push(round),
    });
    expect(asked).toEqual(Array.from({ length: whole.view.timeline.length - 4 }, (_, at) => at + 5));
    expect(again.programme).toEqual(whole.programme);
    expect(again.view).toEqual(whole.view);
    expect(again.results).toEqual(whole.results);
    expect(again.wire).toEqual(whole.wire);
  }, 60_000);

  it('takes up no other study, and nothing that cannot be read', async () => {
    const plan = { ...smallPlan('linear'), seed: 9 };
    const whole = await fastInThisThread(plan, fourSites, DIVISION);
    for (const content of [readFileSync(join(folder, 'one')), Buffer.from('half')]) {
      const path = join(folder, 'other');
      writeFileSync(path, content);
      expect((await fastInThisThread(plan, fourSites, DIVISION, { checkpoint: { path, everyMs: 1e9 } })).programme).toEqual(
        whole.programme,
      );
    }
  }, 60_000);

  it('writes nothing where sites keep something of their own', async () => {
    const plan = smallPlan('mlp');
    const path = join(folder, 'own-part');
    await fastInThisThread({ ...plan, personal: 'fedper' }, fourSites, DIVISION, { checkpoint: { path, everyMs: 0 } });
    expect(existsSync(path)).toBe(false);
  }, 60_000);
});

describe('simulate run', () => {
  it('killed in the middle of its rounds goes on with --resume to the same files', async () => {
    const [data, plan] = [join(folder, 'data'), join(folder, 'plan.yaml')];
    mkdirSync(data);
    for (const { id, csv } of fourSites) writeFileSync(join(data, `${id}.csv`), csv);
    writeFileSync(plan, demoPlan('mlp'));
    const words = [
      'run',
      plan,
      '--data',
      data,
      '--secure',
      'counted',
      '--set',
      'rounds.count=30',
      '--set',
      'algorithm.fits=1',
      '--keep-every',
      '0',
    ];
    const start = (out: string, ...more: string[]) =>
      spawn(process.execPath, [cli, ...words, '--out', join(folder, out), ...more], { stdio: 'ignore' });
    const ended = (child: ReturnType<typeof start>) => new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
    const checkpoints = join(folder, 'killed.unfinished', 'checkpoints');
    const child = start('killed');
    const end = ended(child);
    const rounds = (): number => {
      const [name] = existsSync(checkpoints) ? readdirSync(checkpoints).filter((file) => !file.endsWith('.part')) : [];
      return name === undefined ? 0 : (deserialize(readFileSync(join(checkpoints, name))) as { timeline: unknown[] }).timeline.length;
    };
    while (rounds() < 8 && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
    child.kill('SIGKILL');
    expect(await end).toBe('SIGKILL');
    expect(rounds()).toBeLessThan(30);
    expect(await ended(start('killed', '--resume'))).toBe(0);
    expect(await ended(start('whole'))).toBe(0);
    expect(filesOf('killed')).toEqual(filesOf('whole'));
  }, 120_000);
});

/** Hashes of every file of a result but the one with this machine's clock. */
function filesOf(out: string): (readonly [string, string])[] {
  return readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'timings.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(join(folder, out).length), createHash('sha256').update(readFileSync(path)).digest('hex')] as const);
}
