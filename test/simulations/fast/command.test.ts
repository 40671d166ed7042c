/** `simulate run --secure`: the same result files but for what the choice is about, declared in them; and its refusals. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { demoPlan } from '@consilium/simulations/cohorts';
import { afterAll, describe, expect, it } from 'vitest';
import { fourSites } from './fast-world.ts';

const cli = resolve(import.meta.dirname, '../../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-fast-'));
const [data, plan] = [join(folder, 'data'), join(folder, 'plan.yaml')];
mkdirSync(data);
for (const { id, csv } of fourSites) writeFileSync(join(data, `${id}.csv`), csv);
writeFileSync(plan, demoPlan('mlp'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(out: string, ...words: string[]): Promise<{ code: number; error: string }> {
  const all = [
    cli,
    'run',
    plan,
    '--data',
    data,
    '--out',
    join(folder, out),
    '--set',
    'rounds.count=2',
    '--set',
    'algorithm.fits=1',
    ...words,
  ];
  try {
    const { stderr } = await promisify(execFile)(process.execPath, all);
    return { code: 0, error: stderr };
  } catch (error) {
    const failed = error as { code: number; stderr: string };
    return { code: failed.code, error: failed.stderr };
  }
}
const results = (out: string) => JSON.parse(readFileSync(join(folder, out, 'results.json'), 'utf8'));

describe('simulate run --secure', () => {
  it('says what was chosen, and everything else is the same', async () => {
    expect(await run('on')).toMatchObject({ code: 0 });
    expect(await run('off', '--secure', 'off', '--workers', '2')).toMatchObject({ code: 0 });
    expect(await run('counted', '--secure', 'counted', '--memory', '4GB')).toMatchObject({ code: 0 });
    const { secure, wire, ...rest } = results('on');
    const { secure: offSecure, wire: offWire, ...offRest } = results('off');
    expect([secure, offSecure]).toEqual(['on', 'off']);
    expect(offRest).toEqual(rest);
    expect(offWire).toEqual({});
    expect(results('counted')).toEqual({ secure: 'counted', wire, ...rest });
    const predictions = ['on', 'off', 'counted'].map((name) => readFileSync(join(folder, name, 'predictions.csv'), 'utf8'));
    expect(new Set(predictions).size).toBe(1);
  }, 120_000);

  it.each([
    [
      'a memory that does not suffice',
      ['--secure', 'off', '--memory', '64MB'],
      /^Out of memory: 4 sites on 1 worker need more than the 64 MB/,
    ],
    ['a memory that does not suffice for masks', ['--memory', '64MB'], /^Out of memory: 4 sites on 1 worker need more than the 64 MB/],
    ['a memory that is none', ['--memory', 'much'], /--memory needs a size as 512MB or 2GB/],
    ['a choice that is none', ['--secure', 'maybe'], /Allowed choices are on, off, counted/],
  ])('refuses %s with one sentence and writes no result', async (_what, words, sentence) => {
    const { code, error } = await run('refused', ...words);
    expect(code).toBe(1);
    expect(error).toMatch(sentence);
    for (const name of ['refused', 'refused.unfinished']) expect(existsSync(join(folder, name)), name).toBe(false);
  });
});
