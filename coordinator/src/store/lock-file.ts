/**
 * One process per data folder. The lock file names its process and when that process began; a lock whose process is gone is
 * taken over, also after kill -9, also when the number was given to another process since.
 */
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WorldError } from './world-error.ts';

const heldHere = new Set<string>();

/**
 * Takes the lock of a data folder.
 *
 * @returns Gives the lock back; calling it twice does nothing.
 * @throws WorldError `data-in-use` when a living process holds it.
 */
export function takeLock(directory: string): () => void {
  const path = resolve(join(directory, 'lock'));
  const own = describeProcess(process.pid);
  const ticket = `${path}.${process.pid}`;
  if (heldHere.has(path)) throw inUse(process.pid);
  writeFileSync(ticket, own);
  try {
    for (let attempt = 0; !linked(ticket, path); attempt += 1) {
      const holder = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const pid = Number.parseInt(holder, 10);
      if (attempt > 9 || (pid !== process.pid && holder !== '' && holder === describeProcess(pid))) throw inUse(pid);
      discard(path, holder);
    }
  } finally {
    rmSync(ticket, { force: true });
  }
  heldHere.add(path);
  return () => {
    if (heldHere.delete(path)) rmSync(path, { force: true });
  };
}

function inUse(pid: number): WorldError {
  return new WorldError(
    'data-in-use',
    `Another coordinator (process ${pid}) uses this data folder. Stop it, or choose another with --data.`,
  );
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away; if someone else took it in between, puts theirs back. */
function discard(path: string, holder: string): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') !== holder) linked(aside, path);
  rmSync(aside, { force: true });
}

/** `pid start-time`; the start time is empty where the system does not tell. Not equal to any lock when the process is gone. */
function describeProcess(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return `${pid} gone`;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, counted after the name in brackets, which may itself hold spaces: proc(5).
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return `${pid} `;
  }
}
