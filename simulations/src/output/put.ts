/** Files written whole: to another name, forced to the disk, then renamed. A name never stands for half a file, not on a full disk either. */
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { SimulationError } from '../input/simulation-error.ts';

export async function put(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, content);
    const file = await open(part, 'r+');
    await file.sync().finally(() => file.close());
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The same for a file that a person may have written: @throws SimulationError where one is there and `isForced` is not. */
export async function putNew(path: string, content: string | Uint8Array, isForced: boolean): Promise<void> {
  if (!isForced && (await stat(path).catch(() => null)) !== null)
    throw new SimulationError(`"${path}" exists. Choose another name, or replace it with --force.`);
  await put(path, content);
}
