/** A disk that is really full: a small file system in memory, mounted for the test. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHUNK_BYTES, openBlobFiles, openPartialUploads, watchFreeSpace } from '@consilium/coordinator/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'consilium-full-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0;
if (!isMounted) console.log('skipped: mounting a small file system needs root');

beforeAll(() => mkdirSync(join(folder, 'blobs'), { recursive: true }));

afterAll(() => {
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!isMounted)('a full disk', () => {
  it('refuses a blob by name, leaves nothing half-written, and takes it once there is room', async () => {
    const blobs = await openBlobFiles(join(folder, 'blobs', 'a'), { require: async () => undefined });
    const filling = join(folder, 'filling');
    writeFileSync(filling, new Uint8Array(1_500_000));
    const bytes = new Uint8Array(randomBytes(1_000_000));
    await expect(blobs.put(bytes)).rejects.toMatchObject({ name: 'WorldError', code: 'storage-full' });
    expect(readdirSync(join(folder, 'blobs', 'a'))).toEqual([]);
    rmSync(filling);
    expect(await blobs.put(bytes)).toBe(sha(bytes));
    await blobs.remove(sha(bytes));
  });

  it('stops an upload at its last chunk and finishes it, without new bytes, once there is room', async () => {
    const blobs = await openBlobFiles(join(folder, 'blobs', 'b'), { require: async () => undefined });
    const uploads = openPartialUploads(join(folder, 'uploads'), blobs, { require: async () => undefined }, 4 * CHUNK_BYTES, () => false);
    const bytes = new Uint8Array(randomBytes(3 * CHUNK_BYTES));
    const filling = join(folder, 'filling');
    await uploads.begin('a', sha(bytes), bytes.length);
    writeFileSync(filling, new Uint8Array(2_000_000 - 4 * CHUNK_BYTES));
    const part = (index: number) => bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
    for (const index of [0, 1]) await uploads.add('a', sha(bytes), index, sha(part(index)), part(index));
    await expect(uploads.add('a', sha(bytes), 2, sha(part(2)), part(2))).rejects.toMatchObject({ code: 'storage-full' });
    expect(await blobs.has(sha(bytes))).toBe(false);
    rmSync(filling);
    expect(await uploads.begin('a', sha(bytes), bytes.length)).toEqual([0, 1, 2]);
    expect(await blobs.has(sha(bytes))).toBe(true);
    await blobs.remove(sha(bytes));
  });

  it('is seen before it is full, by the reserve that has to stay free', async () => {
    await expect(watchFreeSpace(folder, 1_000_000).require(100_000)).resolves.toBeUndefined();
    await expect(watchFreeSpace(folder, 1_000_000).require(1_900_000)).rejects.toMatchObject({ code: 'storage-full' });
  });
});
