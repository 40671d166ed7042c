import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '@consilium/coordinator/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of a data folder', () => {
  it('is held by one at a time and can be taken again after it was given back', () => {
    const giveBack = takeLock(folder);
    expect(() => takeLock(folder)).toThrow(expect.objectContaining({ code: 'data-in-use' }));
    giveBack();
    giveBack();
    takeLock(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is respected while its process lives and taken over when it was killed', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const stat = (await import('node:fs')).readFileSync(`/proc/${other.pid}/stat`, 'utf8');
    const since = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(join(folder, 'lock'), `${other.pid} ${since}`);
    expect(() => takeLock(folder)).toThrow(/Another coordinator \(process \d+\) uses this data folder/);
    other.kill('SIGKILL');
    await once(other, 'exit');
    takeLock(folder)();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it.each([
    ['of a process that does not exist', '999999999 5'],
    ['of this very process number from before a restart', `${process.pid} 1`],
    ['whose number now belongs to a younger process', '1 999999999999'],
    ['that is empty', ''],
  ])('%s is stale', (_what, text) => {
    writeFileSync(join(folder, 'lock'), text);
    takeLock(folder)();
  });
});
