/** A result folder appears whole or not at all, also when the disk fills up in the middle. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openResultFolder } from '@consilium/simulations/output';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'consilium-result-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const options = { isForced: false, isResumed: false, request: 'one' };

it('is not there before it is finished, and leaves nothing beside it afterwards', async () => {
  const path = join(folder, 'a');
  const result = await openResultFolder(path, options);
  await result.keep('part', { weights: Float64Array.of(0.1, 0.2) });
  expect(existsSync(path)).toBe(false);
  expect(await result.kept('part')).toEqual({ weights: Float64Array.of(0.1, 0.2) });
  expect(await result.kept('other')).toBeNull();
  await result.finish(
    new Map([
      ['results.json', '{}'],
      ['model/model.json', '1'],
    ]),
  );
  expect(readdirSync(path).sort()).toEqual(['model', 'results.json']);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('keeps what was there and what is finished when a file cannot be written', async () => {
  const path = join(folder, 'b');
  await (await openResultFolder(path, options)).finish(new Map([['results.json', 'old']]));
  const result = await openResultFolder(path, { ...options, isForced: true });
  await result.keep('part', 1);
  // A name that is a folder already: the write fails as it does on a full disk, in the middle of the files.
  const broken = new Map([
    ['results.json', 'new'],
    ['x/y', '1'],
    ['x', '2'],
  ]);
  await expect(result.finish(broken)).rejects.toThrow();
  expect(readFileSync(join(path, 'results.json'), 'utf8')).toBe('old');
  const resumed = await openResultFolder(join(folder, 'c'), options);
  await resumed.keep('part', 7);
  expect(await (await openResultFolder(join(folder, 'c'), { ...options, isResumed: true })).kept('part')).toBe(7);
});

it('never replaces a folder of other things', async () => {
  const path = join(folder, 'thesis');
  mkdirSync(path);
  writeFileSync(join(path, 'chapter-1.txt'), 'words');
  await expect(openResultFolder(path, { ...options, isForced: true })).rejects.toThrow(/no results\.json/);
  expect(readFileSync(join(path, 'chapter-1.txt'), 'utf8')).toBe('words');
});
