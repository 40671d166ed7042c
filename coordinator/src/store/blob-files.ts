/**
 * Blobs of one study (masked vectors, sums, model states) as files named by the SHA-256 of their bytes. A file is there
 * whole or not at all. Implements the `Blobs` of a study's world.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@consilium/shared/federation';
import { putFile, syncDirectory } from './durable-files.ts';
import type { FreeSpace } from './free-space.ts';
import { WorldError } from './world-error.ts';

export interface BlobFiles extends Blobs {
  /** Size in bytes, or null when the blob is not there. */
  sizeOf(hash: string): Promise<number | null>;
  /** Part of a blob, shorter at its end; null when the blob is not there. */
  read(hash: string, offset: number, length: number): Promise<Uint8Array | null>;
  /**
   * Keeps bytes that arrive in parts, if they are what they were said to be.
   *
   * @param hash - The SHA-256 the parts must have together, lower-case hex.
   * @throws WorldError `wrong-hash` if they do not; nothing is kept then.
   */
  putParts(hash: string, sizeBytes: number, parts: AsyncIterable<Uint8Array>): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;

/** @param directory - The study's own blob folder; made when absent. */
export async function openBlobFiles(directory: string, space: FreeSpace): Promise<BlobFiles> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await syncDirectory(join(directory, '..'));
  const pathOf = (hash: string): string | null => (HASH.test(hash) ? join(directory, hash) : null);

  async function sizeOf(hash: string): Promise<number | null> {
    const path = pathOf(hash);
    return path === null ? null : await orNull(stat(path).then((found) => found.size));
  }

  async function putParts(hash: string, sizeBytes: number, parts: AsyncIterable<Uint8Array>): Promise<void> {
    const path = pathOf(hash);
    if (path === null) throw new WorldError('wrong-hash', 'A blob is named by 64 hexadecimal digits.');
    if ((await sizeOf(hash)) !== null) return;
    await space.require(sizeBytes);
    await putFile(path, async (file) => {
      const digest = createHash('sha256');
      for await (const part of parts) {
        digest.update(part);
        await file.writeFile(part);
      }
      if (digest.digest('hex') !== hash) throw new WorldError('wrong-hash', 'The bytes that arrived are not those announced.');
    });
  }

  return {
    sizeOf,
    putParts,
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      await putParts(hash, bytes.length, only(bytes));
      return hash;
    },
    async get(hash) {
      const path = pathOf(hash);
      return path === null ? null : await orNull(readFile(path));
    },
    async has(hash) {
      return (await sizeOf(hash)) !== null;
    },
    async remove(hash) {
      const path = pathOf(hash);
      if (path !== null) await rm(path, { force: true });
    },
    async read(hash, offset, length) {
      const path = pathOf(hash);
      const file = path === null ? null : await orNull(open(path, 'r'));
      if (file === null) return null;
      try {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function orNull<Value>(found: Promise<Value>): Promise<Value | null> {
  return found.catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  });
}
