/** A real coordinator on a free port, and what tests ask it over HTTP. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Coordinator, type CoordinatorOptions, startCoordinator } from '@consilium/coordinator/server';
import { newDataFolder } from '../../world/data-folder.ts';
import { DEMO } from './demo-study.ts';

export const ADMIN_CODE = 'TEST1-TEST2-TEST3-TEST4-TEST5';

/** What the coordinator logged, as one text, to look for what must not be there. */
export const logged: string[] = [];
const keep = (fields: object, text: string): void => void logged.push(`${JSON.stringify(fields)} ${text}`);
export const log = { debug: keep, info: keep, warn: keep, error: keep };

export interface TestCoordinator extends Coordinator {
  readonly dataDir: string;
  /** Closes it and removes its data folder. */
  end(): Promise<void>;
}

export async function startTestCoordinator(options: Partial<CoordinatorOptions> = {}): Promise<TestCoordinator> {
  const dataDir = options.dataDir ?? (await newDataFolder());
  const clientDir = join(dataDir, 'no-client');
  const coordinator = await startCoordinator({
    ...{ port: 0, dataDir, clientDir, demo: DEMO, adminCode: ADMIN_CODE, graceMs: 150, passwordCost: 12, reserveBytes: 0, log },
    ...options,
  });
  return {
    ...coordinator,
    dataDir,
    end: async () => {
      await coordinator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes of answers.
  readonly body: any;
  readonly headers: Headers;
}

/** One request; JSON in, JSON out where the answer is JSON. */
export async function ask(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(origin + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}

export const OWNER = { name: 'Owner', password: 'four words of a test' };

/** Signs in as the owner, making the account with the code where there is none yet; answers a function for requests of the console. */
export async function signIn(origin: string, code = ADMIN_CODE) {
  const from = { 'x-consilium': '1' };
  const made = await ask(origin, 'POST', '/api/console/set-up', { code, ...OWNER }, from);
  const answer = made.status === 200 ? made : await ask(origin, 'POST', '/api/console/sign-in', OWNER, from);
  return { ...consoleOf(origin, answer), made };
}

/** What an answer that signed somebody in is good for. */
export function consoleOf(origin: string, answer: Reply) {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const consoleAsk = (method: string, path: string, body?: unknown) =>
    ask(origin, method, `/api/console${path}`, body, { cookie, 'x-consilium': '1' });
  return { answer, cookie, ask: consoleAsk };
}
