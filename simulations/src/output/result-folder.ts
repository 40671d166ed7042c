/**
 * The folder of a result, which appears whole or not at all. While simulations run, what is finished of them lies beside it in
 * `NAME.unfinished`; there a later `--resume` finds it. At the end everything is written there and the folder is renamed.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { SimulationError } from '../input/simulation-error.ts';
import { put } from './put.ts';

export interface ResultFolderOptions {
  /** Replaces a folder that exists, and forgets an unfinished run. */
  readonly isForced: boolean;
  /** Continues an unfinished run of the same request. */
  readonly isResumed: boolean;
  /** What was asked, as a hash: only the same request can be continued. */
  readonly request: string;
}

export interface ResultFolder {
  readonly path: string;
  readonly unfinishedPath: string;
  /** Where simulations are kept while they run. */
  readonly checkpointPath: string;
  /** A finished part of an unfinished run; null when it is not there. */
  kept(key: string): Promise<unknown>;
  /** Keeps a finished part, written whole and then renamed. */
  keep(key: string, value: unknown): Promise<void>;
  /** After a failure: forgets the unfinished run if nothing of it is kept. */
  abandon(): void;
  /** Writes the result: path inside the folder → content. */
  finish(files: ReadonlyMap<string, string | Uint8Array>): Promise<void>;
}

/** @throws SimulationError when the folder exists, or an unfinished run is there and was not asked for, or is another one. */
export async function openResultFolder(path: string, options: ResultFolderOptions): Promise<ResultFolder> {
  const full = resolve(path);
  const unfinished = join(dirname(full), `${basename(full)}.unfinished`);
  const partsPath = join(unfinished, 'parts');
  const requestPath = join(unfinished, 'request.txt');
  await refuseWhatIsThere(full, path, options);
  const begun = await readFile(requestPath, 'utf8').catch(() => null);
  if (begun !== null && !options.isForced) {
    if (!options.isResumed) {
      throw new SimulationError(`An unfinished run is kept in "${unfinished}". Continue it with --resume, or begin anew with --force.`);
    }
    if (begun !== options.request) {
      throw new SimulationError(
        `The unfinished run in "${unfinished}" was begun with another plan, other data or other options. Use the same ones, or begin anew with --force.`,
      );
    }
  }
  if (options.isForced) await rm(unfinished, { recursive: true, force: true });
  const checkpointPath = join(unfinished, 'checkpoints');
  await mkdir(partsPath, { recursive: true });
  await mkdir(checkpointPath, { recursive: true });
  await put(requestPath, options.request);
  return {
    path,
    unfinishedPath: unfinished,
    checkpointPath,
    kept: async (key) => {
      const bytes = await readFile(join(partsPath, key)).catch(() => null);
      return bytes === null ? null : deserialize(bytes);
    },
    keep: (key, value) => put(join(partsPath, key), serialize(value)),
    abandon: () => {
      const isEmpty = [partsPath, checkpointPath].every((folder) => existsSync(folder) && readdirSync(folder).length === 0);
      if (isEmpty) rmSync(unfinished, { recursive: true, force: true });
    },
    finish: async (files) => {
      const whole = join(unfinished, 'whole');
      await rm(whole, { recursive: true, force: true });
      for (const [name, content] of files) {
        const target = join(whole, ...name.split('/'));
        await mkdir(dirname(target), { recursive: true });
        await put(target, content);
      }
      const old = `${unfinished}.old`;
      if (options.isForced) {
        await rm(old, { recursive: true, force: true });
        await rename(full, old).catch(() => undefined);
      }
      await rename(whole, full);
      await rm(old, { recursive: true, force: true });
      await rm(unfinished, { recursive: true, force: true });
    },
  };
}

async function refuseWhatIsThere(full: string, shown: string, { isForced, isResumed }: ResultFolderOptions): Promise<void> {
  const info = await stat(full).catch(() => null);
  if (info === null) return;
  if (!info.isDirectory()) throw new SimulationError(`"${shown}" is a file; --out needs a folder.`);
  if (isForced) {
    const names = await readdir(full);
    if (names.length > 0 && !names.includes('results.json')) {
      throw new SimulationError(
        `"${shown}" holds files and no results.json, so --force does not replace it. Choose another folder with --out.`,
      );
    }
    return;
  }
  const hint = isResumed ? 'That run is finished.' : 'Nothing was run.';
  throw new SimulationError(`The result folder "${shown}" exists. ${hint} Choose another one with --out, or replace it with --force.`);
}
