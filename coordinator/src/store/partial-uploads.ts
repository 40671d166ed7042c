/**
 * Uploads that arrive in chunks: each chunk a file of its own until all are there, so that an upload goes on where it was
 * after a lost connection and after a restart. A repeated chunk changes nothing.
 *
 * Rules: a site has few uploads open and of bounded size; opening one more closes the oldest. The whole is checked against
 * the announced hash; a whole that does not fit is thrown away and can be sent again.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFiles } from './blob-files.ts';
import type { FreeSpace } from './free-space.ts';
import { namedDiskError, WorldError } from './world-error.ts';

/** Size of every chunk but the last, bytes. Well below the 1 MB that a socket frame may have. */
export const CHUNK_BYTES = 262_144;
const OPEN_UPLOADS_A_SITE = 2;
const KEPT_BLOBS_A_SITE = 4;

export interface PartialUploads {
  /**
   * Opens an upload, or finds it again.
   *
   * @returns Indexes of the chunks that are already here; all of them when the blob is whole.
   * @throws WorldError `too-large`, `conflict` (same hash, other size) or `storage-full`.
   */
  begin(site: string, hash: string, sizeBytes: number): Promise<number[]>;
  /**
   * Keeps one chunk; the one that makes the upload complete makes the blob.
   *
   * @param digest - SHA-256 of the chunk, lower-case hex.
   * @throws WorldError `not-begun`, `wrong-size`, `wrong-hash` or `storage-full`.
   */
  add(site: string, hash: string, index: number, digest: string, bytes: Uint8Array): Promise<void>;
}

interface Upload {
  readonly folder: string;
  readonly sizeBytes: number;
  readonly chunks: number;
}

/**
 * @param directory - The study's own folder for unfinished uploads.
 * @param limitBytes - Largest blob a site may send.
 * @param isNeeded - Whether the study relies on a blob: such a one stays, however many more its site sends.
 */
export function openPartialUploads(
  directory: string,
  blobs: BlobFiles,
  space: FreeSpace,
  limitBytes: number,
  isNeeded: (hash: string) => boolean,
): PartialUploads {
  const kept = new Map<string, string[]>();
  const turns = new Map<string, Promise<unknown>>();

  /** One step at a time for each site: two chunks that arrive together must not both think they are the last. */
  function inTurn<Result>(site: string, work: () => Promise<Result>): Promise<Result> {
    const result = (turns.get(site) ?? Promise.resolve()).then(work).catch((error: unknown) => {
      throw namedDiskError(error);
    });
    turns.set(
      site,
      result.catch(() => undefined),
    );
    return result;
  }

  async function begin(site: string, hash: string, sizeBytes: number): Promise<number[]> {
    if (sizeBytes > limitBytes) throw new WorldError('too-large', `An upload may have at most ${limitBytes} bytes.`);
    const whole = await blobs.sizeOf(hash);
    if (whole !== null) {
      if (whole !== sizeBytes) throw new WorldError('conflict', 'This upload was announced with another size before.');
      return Array.from({ length: Math.ceil(sizeBytes / CHUNK_BYTES) }, (_, index) => index);
    }
    const known = await find(site, hash);
    if (known !== null) {
      if (known.sizeBytes !== sizeBytes) throw new WorldError('conflict', 'This upload was announced with another size before.');
      const here = await chunksOf(known);
      // All chunks but no blob: the disk was full, or the process died, at the last one.
      if (here.length === known.chunks) await complete(site, hash, known);
      return here;
    }
    await space.require(2 * sizeBytes);
    await closeOldest(join(directory, site), OPEN_UPLOADS_A_SITE - 1);
    await mkdir(join(directory, site, `${hash}.${sizeBytes}`), { recursive: true, mode: 0o700 });
    return [];
  }

  async function add(site: string, hash: string, index: number, digest: string, bytes: Uint8Array): Promise<void> {
    if ((await blobs.sizeOf(hash)) !== null) return;
    const upload = await find(site, hash);
    if (upload === null) throw new WorldError('not-begun', 'Announce the upload before its chunks.');
    const length = index < upload.chunks - 1 ? CHUNK_BYTES : upload.sizeBytes - CHUNK_BYTES * (upload.chunks - 1);
    if (index >= upload.chunks || bytes.length !== length) throw new WorldError('wrong-size', 'This chunk has not the size announced.');
    if (createHash('sha256').update(bytes).digest('hex') !== digest) {
      throw new WorldError('wrong-hash', 'This chunk was damaged on its way.');
    }
    await space.require(bytes.length);
    const path = join(upload.folder, String(index));
    await writeFile(`${path}.part`, bytes, { mode: 0o600 });
    await rename(`${path}.part`, path);
    if ((await chunksOf(upload)).length === upload.chunks) await complete(site, hash, upload);
  }

  async function complete(site: string, hash: string, upload: Upload): Promise<void> {
    try {
      await blobs.putParts(hash, upload.sizeBytes, inOrder(upload));
    } catch (error) {
      if (error instanceof WorldError && error.code === 'wrong-hash') await rm(upload.folder, { recursive: true, force: true });
      throw error;
    }
    await rm(upload.folder, { recursive: true, force: true });
    const mine = [...(kept.get(site) ?? []), hash];
    const spare = mine.slice(0, -KEPT_BLOBS_A_SITE).filter((old) => !isNeeded(old));
    for (const old of spare) await blobs.remove(old);
    kept.set(
      site,
      mine.filter((one) => !spare.includes(one)),
    );
  }

  async function find(site: string, hash: string): Promise<Upload | null> {
    const name = (await names(join(directory, site))).find((entry) => entry.startsWith(`${hash}.`));
    if (name === undefined) return null;
    const sizeBytes = Number(name.slice(hash.length + 1));
    return { folder: join(directory, site, name), sizeBytes, chunks: Math.ceil(sizeBytes / CHUNK_BYTES) };
  }

  return {
    begin: (site, hash, sizeBytes) => inTurn(site, () => begin(site, hash, sizeBytes)),
    add: (site, hash, index, digest, bytes) => inTurn(site, () => add(site, hash, index, digest, bytes)),
  };
}

async function* inOrder(upload: Upload): AsyncIterable<Uint8Array> {
  for (let index = 0; index < upload.chunks; index += 1) yield await readFile(join(upload.folder, String(index)));
}

async function chunksOf(upload: Upload): Promise<number[]> {
  const found = await names(upload.folder);
  return found
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((first, second) => first - second);
}

async function closeOldest(folder: string, keep: number): Promise<void> {
  const aged = await Promise.all(
    (await names(folder)).map(async (name) => ({ path: join(folder, name), touchedAt: (await stat(join(folder, name))).mtimeMs })),
  );
  aged.sort((first, second) => second.touchedAt - first.touchedAt);
  for (const { path } of aged.slice(keep)) await rm(path, { recursive: true, force: true });
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  });
}
