import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedDiskError, putFile } from '@consilium/coordinator/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a durable file', () => {
  it('is there whole, readable only by its owner', async () => {
    const path = join(folder, 'file');
    expect(
      await putFile(path, async (file) => {
        await file.writeFile('whole');
        return 7;
      }),
    ).toBe(7);
    expect(readFileSync(path, 'utf8')).toBe('whole');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps its old contents, and leaves nothing beside it, when writing fails half-way', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const failing = putFile(path, async (file) => {
      await file.writeFile('ne');
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    });
    await expect(failing).rejects.toMatchObject({ code: 'storage-full' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
    expect(existsSync(path)).toBe(true);
  });

  it('names failures of the disk and leaves others as they are', () => {
    const other = new Error('something else');
    expect(namedDiskError(Object.assign(new Error(), { code: 'EROFS' }))).toMatchObject({ code: 'storage-refused' });
    expect(namedDiskError(other)).toBe(other);
  });
});
