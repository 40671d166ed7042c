/**
 * Files that are whole or absent, also after a power cut: written beside their place, synced, renamed, and the folder synced.
 *
 * Source: POSIX rename(2) is atomic within a file system; fsync(2) of the folder makes the new name durable.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { namedDiskError } from './world-error.ts';

/** Makes renames and removals in a folder durable. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Puts a file at `path`, whole and durable before it resolves; nothing is left behind on failure.
 *
 * @param path - Where the file is to be; its folder exists.
 * @param fill - Writes the contents to the open file; a throw removes what was written.
 * @param mode - Permissions of the new file.
 * @returns What `fill` returned.
 * @throws WorldError `storage-full` or `storage-refused`; whatever `fill` throws.
 */
export async function putFile<Result>(path: string, fill: (file: FileHandle) => Promise<Result>, mode = 0o600): Promise<Result> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(temporary, 'wx', mode);
    let result: Result;
    try {
      result = await fill(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(dirname(path));
    return result;
  } catch (error) {
    await rm(temporary, { force: true });
    throw namedDiskError(error);
  }
}
