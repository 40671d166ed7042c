import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BlobFiles,
  CHUNK_BYTES,
  openBlobFiles,
  openPartialUploads,
  type PartialUploads,
  watchFreeSpace,
} from '@consilium/coordinator/store';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const LIMIT = 4 * CHUNK_BYTES;

let folder: string;
let blobs: BlobFiles;
let uploads: PartialUploads;
/** Blobs that the study relies on. */
const needed = new Set<string>();

const open = async () => {
  const space = watchFreeSpace(folder, 0);
  blobs = await openBlobFiles(join(folder, 'blobs', 'study'), space);
  uploads = openPartialUploads(join(folder, 'uploads', 'study'), blobs, space, LIMIT, (hash) => needed.has(hash));
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-blobs-'));
  // The store's parent is the data folder, which exists.
  await open();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const chunk = (bytes: Uint8Array, index: number) => bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
const send = (site: string, bytes: Uint8Array, index: number) =>
  uploads.add(site, sha(bytes), index, sha(chunk(bytes, index)), chunk(bytes, index));

describe('blobs', () => {
  it('gives back what was put, named by its SHA-256, also after reopening', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const hash = await blobs.put(bytes);
        expect(hash).toBe(sha(bytes));
        await open();
        expect(Buffer.from((await blobs.get(hash)) ?? [])).toEqual(Buffer.from(bytes));
        expect(await blobs.sizeOf(hash)).toBe(bytes.length);
        const middle = Math.floor(bytes.length / 2);
        expect(Buffer.from((await blobs.read(hash, middle, 7)) ?? [])).toEqual(Buffer.from(bytes.subarray(middle, middle + 7)));
      }),
      { numRuns: 25 },
    );
  });

  it('has nothing under a name that is not a hash, and a removed blob is gone', async () => {
    const hash = await blobs.put(new Uint8Array([1]));
    await blobs.remove(hash);
    await blobs.remove('../../etc/passwd');
    expect([await blobs.has(hash), await blobs.get(hash), await blobs.get('../../etc/passwd')]).toEqual([false, null, null]);
  });
});

describe('uploads', () => {
  it('make a blob of chunks sent in any order, some of them twice', async () => {
    const bytes = new Uint8Array(randomBytes(2 * CHUNK_BYTES + 100));
    expect(await uploads.begin('a', sha(bytes), bytes.length)).toEqual([]);
    for (const index of [2, 0, 0, 2, 1]) await send('a', bytes, index);
    expect(sha((await blobs.get(sha(bytes))) ?? new Uint8Array())).toBe(sha(bytes));
    expect(await uploads.begin('a', sha(bytes), bytes.length)).toEqual([0, 1, 2]);
  });

  it('go on after a restart where they were', async () => {
    const bytes = new Uint8Array(randomBytes(3 * CHUNK_BYTES));
    await uploads.begin('a', sha(bytes), bytes.length);
    await send('a', bytes, 1);
    await open();
    expect(await uploads.begin('a', sha(bytes), bytes.length)).toEqual([1]);
    await send('a', bytes, 0);
    await send('a', bytes, 2);
    expect(await blobs.has(sha(bytes))).toBe(true);
  });

  it('make one blob when all chunks arrive at the same moment', async () => {
    const bytes = new Uint8Array(randomBytes(4 * CHUNK_BYTES));
    await uploads.begin('a', sha(bytes), bytes.length);
    await Promise.all([0, 1, 2, 3, 0, 1, 2, 3].map((index) => send('a', bytes, index)));
    expect(await blobs.has(sha(bytes))).toBe(true);
  });

  it.each([
    ['too large', (bytes: Uint8Array) => uploads.begin('a', sha(bytes), LIMIT + 1), 'too-large'],
    ['announced twice with different sizes', (bytes: Uint8Array) => uploads.begin('a', sha(bytes), 11), 'conflict'],
    [
      'of a chunk that is too short',
      (bytes: Uint8Array) => uploads.add('a', sha(bytes), 0, sha(bytes), bytes.subarray(0, 9)),
      'wrong-size',
    ],
    ['of a chunk beyond the end', (bytes: Uint8Array) => uploads.add('a', sha(bytes), 1, sha(bytes), bytes), 'wrong-size'],
    ['of a damaged chunk', (bytes: Uint8Array) => uploads.add('a', sha(bytes), 0, sha(new Uint8Array(1)), bytes), 'wrong-hash'],
    ['never announced by this site', (bytes: Uint8Array) => uploads.add('b', sha(bytes), 0, sha(bytes), bytes), 'not-begun'],
  ])('are refused by name when %s', async (_what, attempt, code) => {
    const bytes = new Uint8Array(randomBytes(10));
    await uploads.begin('a', sha(bytes), bytes.length);
    await expect(attempt(bytes)).rejects.toMatchObject({ code });
    expect(await blobs.has(sha(bytes))).toBe(false);
  });

  it('that are not what was announced leave nothing and can be sent again', async () => {
    const bytes = new Uint8Array(randomBytes(10));
    const claimed = sha(new Uint8Array(randomBytes(10)));
    await uploads.begin('a', claimed, 10);
    await expect(uploads.add('a', claimed, 0, sha(bytes), bytes)).rejects.toMatchObject({ code: 'wrong-hash' });
    expect(await blobs.has(claimed)).toBe(false);
    expect(await uploads.begin('a', claimed, 10)).toEqual([]);
    expect(readdirSync(join(folder, 'blobs', 'study'))).toEqual([]);
  });

  it('keep at most two open for a site, whatever it announces', async () => {
    for (let number = 0; number < 20; number += 1) await uploads.begin('a', sha(randomBytes(8)), 10);
    expect(readdirSync(join(folder, 'uploads', 'study', 'a')).length).toBe(2);
  });

  it('keep a bounded number of whole blobs for a site', async () => {
    for (let number = 0; number < 10; number += 1) {
      const bytes = new Uint8Array(randomBytes(10));
      await uploads.begin('a', sha(bytes), 10);
      await send('a', bytes, 0);
    }
    expect(readdirSync(join(folder, 'blobs', 'study')).length).toBe(4);
  });

  it('never push out bytes that the study relies on', async () => {
    const announced = new Uint8Array(randomBytes(10));
    needed.add(sha(announced));
    for (const bytes of [announced, ...Array.from({ length: 10 }, () => new Uint8Array(randomBytes(10)))]) {
      await uploads.begin('a', sha(bytes), 10);
      await send('a', bytes, 0);
    }
    expect(await blobs.has(sha(announced))).toBe(true);
    expect(readdirSync(join(folder, 'blobs', 'study')).length).toBe(5);
  });
});
