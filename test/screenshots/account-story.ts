/** The console's accounts: making one, signing in, the second factor, people and the log. */
import type { Browser } from 'playwright';
import { OWNER, type ServerProcess, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';
import { enterCode, openConsole, press } from './console-tab.ts';

export async function tellAccounts(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  try {
    await tell(server, browser, camera);
  } finally {
    await server.dispose();
  }
}

async function tell(server: ServerProcess, browser: Browser, camera: Camera): Promise<void> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await openConsole(page, server.origin);
  await camera.take('console-set-up', page);
  await enterCode(page, server.adminCode());
  await page.getByRole('heading', { level: 1, name: 'Studies' }).waitFor();
  await press(page, 'Account');
  await page.getByRole('heading', { name: 'What was done' }).waitFor();
  const begin = page.locator('form', { has: page.getByRole('button', { name: 'Set up a second factor' }) });
  await begin.locator('input[name=password]').fill(OWNER.password);
  await press(page, 'Set up a second factor');
  await page.getByRole('img', { name: 'The secret as a picture for an authenticator app' }).waitFor();
  await press(page, 'Make a code for a colleague');
  await page.getByText('A code for one coordinator').waitFor();
  await camera.take('console-account', page);
  await press(page, 'Sign out');
  await page.getByLabel('Password', { exact: true }).waitFor();
  await camera.take('console-sign-in', page);
  await page.getByLabel('Name').fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await press(page, 'Sign in');
  await page.getByRole('alert').waitFor();
  await camera.take('console-wrong-password', page);
  await page.context().close();
}
