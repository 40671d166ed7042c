/** `pnpm verify` as a hospital's IT runs it, outside the browser. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readClientBuild } from '@consilium/coordinator/http';
import type { Page } from 'playwright';
import { expect } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What the program prints; it rejects where something is wrong. */
export const verify = async (...words: readonly string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(root, 'coordinator/dist/verify-main.js'), ...words])).stdout;

/** The page does not say that it was checked: it names its build and says what to run elsewhere, and that works. */
export async function expectServedAsBuilt(page: Page): Promise<void> {
  const served = page.locator('main .served');
  expect(await served.locator('.hash').innerText()).toBe(readClientBuild(join(root, 'client/dist'))?.build);
  const command = (await served.locator('code').innerText()).split(' ');
  expect(command.slice(0, 3)).toEqual(['pnpm', 'verify', '--client']);
  expect(await verify(...command.slice(2))).toContain(command.at(-1));
}
