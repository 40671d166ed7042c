/**
 * A browser driven over the plain DevTools pipe. Playwright makes every page believe it is in front; here a page in the
 * background knows that it is, as at a hospital.
 *
 * Source: https://chromedevtools.github.io/devtools-protocol/ (messages end with a zero byte on pipes 3 and 4).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts';

type Answer = { readonly [key: string]: unknown };

export interface RawPage {
  readonly target: string;
  /** The value of an expression; promises are awaited. */
  evaluate(expression: string): Promise<unknown>;
  command(method: string, parameters?: object): Promise<Answer>;
}

export interface RawBrowser {
  open(url: string): Promise<RawPage>;
  command(method: string, parameters?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts a browser of our own; the caller closes it. */
export async function launchRaw(): Promise<RawBrowser> {
  const place = await findChromium();
  const profile = mkdtempSync(join(tmpdir(), 'consilium-profile-'));
  const flags = [...CHROMIUM_FLAGS, '--headless', '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(place.executable, flags, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...place.environment },
    detached: true, // a group of its own, so that the browser's children end with it
  });
  const send = talk(child);
  return {
    command: (method, parameters) => send(method, parameters),
    async open(url) {
      const { targetId } = await send('Target.createTarget', { url });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      const command = (method: string, parameters: object = {}) => send(method, parameters, String(sessionId));
      await untilLoaded(command, url);
      return {
        target: String(targetId),
        command,
        async evaluate(expression) {
          const answer = await command('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
          if (answer.exceptionDetails !== undefined) throw new Error(JSON.stringify(answer.exceptionDetails));
          return (answer.result as { readonly value?: unknown }).value;
        },
      };
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

/** The first moments of a page have no place to evaluate in. */
async function untilLoaded(command: RawPage['command'], url: string): Promise<void> {
  const expression = `document.readyState === 'complete' && location.href.startsWith(${JSON.stringify(url)})`;
  for (;;) {
    const answer = await command('Runtime.evaluate', { expression, returnByValue: true }).catch(() => null);
    if ((answer?.result as { readonly value?: unknown } | undefined)?.value === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function talk(child: ChildProcess) {
  const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let next = 1;
  let rest = '';
  from.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const message = JSON.parse(part) as { id?: number; result?: Answer; error?: { message: string } };
      const entry = message.id === undefined ? undefined : waiting.get(message.id);
      if (message.error !== undefined) entry?.reject(new Error(message.error.message));
      else entry?.resolve(message.result ?? {});
    }
  });
  return (method: string, params: object = {}, sessionId?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      to.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    });
}
