/**
 * Which program this is, as a hash of its own files: machines that share a queue must run the same one, or their results would not be the same
 * bytes. Rule: names and contents of the built files of the simulator and of the shared rules, in order; nothing of the machine.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const CODE = /\.(?:js|ts)$/;
const TYPES = /\.d\.ts$/;

/** @returns SHA-256 in hex. */
export async function programHash(): Promise<string> {
  const own = dirname(import.meta.dirname);
  const shared = dirname(dirname(fileURLToPath(import.meta.resolve('@consilium/shared/study'))));
  const hash = createHash('sha256');
  for (const root of [own, shared]) {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && CODE.test(entry.name) && !TYPES.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) hash.update(`${relative(root, path).split(sep).join('/')}\n`).update(await readFile(path));
  }
  return hash.digest('hex');
}

/** As it is shown, and as it is part of the queue's name. */
export const shortHash = (program: string): string => program.slice(0, 12);
