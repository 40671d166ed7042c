/** A real coordinator in a process of its own, which can be killed at any moment and started again on the same data and port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { StudyView } from '@consilium/shared/federation';
import { newDataFolder } from './data-folder.ts';

const MAIN = resolve(import.meta.dirname, import.meta.dirname.includes('dist') ? '../../..' : '../..', 'coordinator/dist/main.js');

export interface ServerProcess {
  readonly origin: string;
  readonly dataDir: string;
  /** Of the latest start. */
  /** Null when the coordinator had an owner when it started. */
  adminCode(): string | null;
  /** Everything it wrote to its outputs. */
  output(): string;
  start(): Promise<void>;
  /** SIGKILL: no handler runs. */
  kill(): Promise<void>;
  /** Ends the process and removes the data. */
  dispose(): Promise<void>;
}

export async function startServer(options: readonly string[] = []): Promise<ServerProcess> {
  const dataDir = await newDataFolder();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let adminCode: string | null = null;
  let output = '';

  const server: ServerProcess = {
    origin,
    dataDir,
    adminCode: () => adminCode,
    output: () => output,
    start: async () => {
      const started = spawn(process.execPath, [MAIN, '--port', String(port), '--data', dataDir, '--json', ...options], { stdio: 'pipe' });
      child = started;
      started.stderr.on('data', (bytes) => {
        output += bytes;
      });
      const lines = createInterface({ input: started.stdout });
      lines.on('line', (text) => {
        output += `${text}\n`;
      });
      const first = await Promise.race([once(lines, 'line'), once(started, 'exit')]);
      if (typeof first[0] !== 'string') throw new Error(`the coordinator did not start: ${output}`);
      adminCode = (JSON.parse(first[0]) as { adminCode: string | null }).adminCode;
    },
    kill: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    dispose: async () => {
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** The console's interface, signed in. */
export interface ConsoleClient {
  view(study: string): Promise<StudyView>;
  create(text: string, fileName: string): Promise<string>;
  invite(study: string, name: string): Promise<{ site: string; link: string; secret: string }>;
  act(study: string, action: 'start' | 'pause' | 'resume' | 'stop'): Promise<void>;
  /** Makes a changed plan the next version; answers its study. */
  newVersion(study: string, text: string): Promise<string>;
  traffic(study: string): Promise<Record<string, { up: number; down: number }>>;
  /** Waits until a view satisfies the condition. */
  until(study: string, condition: (view: StudyView) => boolean, seconds?: number): Promise<StudyView>;
}

/** The owner of every console of the tests. */
export const OWNER = { name: 'Ada', password: 'four words of a test' };

export async function signIn(server: ServerProcess): Promise<ConsoleClient> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-consilium': '1', origin: server.origin };
  const call = async (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(
      `${server.origin}/api/console${path}`,
      body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) },
    );
  const json = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await call(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  // After a restart the owner is there, and no code is printed.
  const code = server.adminCode();
  const answer = await (code === null ? call('POST', '/sign-in', OWNER) : call('POST', '/set-up', { code, ...OWNER }));
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  headers.cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const view = async (study: string): Promise<StudyView> => (await json('GET', `/studies/${study}`)) as StudyView;
  return {
    view,
    create: async (text, fileName) => ((await json('POST', '/studies', { text, fileName })) as { study: string }).study,
    invite: async (study, name) =>
      (await json('POST', `/studies/${study}/invitations`, { name })) as Awaited<ReturnType<ConsoleClient['invite']>>,
    act: async (study, action) => {
      await json('POST', `/studies/${study}/${action}`);
    },
    newVersion: async (study, text) =>
      ((await json('POST', `/studies/${study}/versions`, { text, fileName: 'plan.yaml', trial: false })) as { study: string }).study,
    traffic: async (study) => (await json('GET', `/studies/${study}/traffic`)) as Record<string, { up: number; down: number }>,
    until: async (study, condition, seconds = 120) => {
      const end = Date.now() + seconds * 1000;
      let last: StudyView | null = null;
      for (;;) {
        last = await view(study).catch(() => last); // the coordinator may be down just now
        if (last !== null && condition(last)) return last;
        if (Date.now() > end) throw new Error(`the study did not get there: ${JSON.stringify({ ...last, results: undefined })}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
  };
}
