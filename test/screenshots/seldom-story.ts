/** The states one would rather not meet, and the dull ones: refused files, a second tab, stopped, nothing there, a dead coordinator. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { DEMO_HOSPITALS, DEMO_PLAN } from '../world/demo-hospitals.ts';
import { enrol, enterSecret } from '../world/enrol-tab.ts';
import { joinDemo, openTab, sayReady, sign } from '../world/hospital-tab.ts';
import { type ServerProcess, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';
import { enterCode, offerPlan, openConsole, openStudy, press, toggle, untilPhase, untilStatus } from './console-tab.ts';
import { DEMO_TITLE } from './demo-story.ts';

const BAD_PLAN = 'study: first-try\ntitel: Two typing errors\nrounds: { count: 3, quorrum: 3 }\n';

export async function tellSeldom(browser: Browser, camera: Camera): Promise<void> {
  await tellEmpty(browser, camera);
  const server = await startServer();
  try {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await openConsole(page, server.origin);
    await enterCode(page, server.adminCode());
    await tellPlans(page, camera);
    await tellInvited(server, browser, page, camera);
    await tellStopped(server, browser, page, camera);
    await tellMachine(server, browser, camera);
  } finally {
    await server.dispose();
  }
}

/** A coordinator without the demo's files. */
async function tellEmpty(browser: Browser, camera: Camera): Promise<void> {
  const nothing = mkdtempSync(join(tmpdir(), 'consilium-nothing-'));
  const server = await startServer(['--demo-data', nothing]);
  try {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await openConsole(page, server.origin);
    await enterCode(page, server.adminCode());
    await page.getByRole('heading', { level: 1, name: 'No study yet' }).waitFor();
    await camera.take('console-empty', page);
    await page.goto(server.origin);
    await page.getByRole('heading', { name: 'Join by invitation' }).waitFor();
    await camera.take('hospital-join-without-demo', page);
    await page.context().close();
  } finally {
    await server.dispose();
    rmSync(nothing, { recursive: true, force: true });
  }
}

async function tellPlans(page: Page, camera: Camera): Promise<void> {
  await press(page, 'New study');
  await camera.take('console-new', page);
  await offerPlan(page, 'plan.yaml', BAD_PLAN);
  await page.getByRole('alert').waitFor();
  await camera.take('console-new-errors', page);
  const plan = readFileSync(DEMO_PLAN, 'utf8')
    .replace(/^study:.*$/m, 'study: not-marked-synthetic')
    .replace(/^title:.*$/m, 'title: A study by invitation')
    .replace(/^synthetic:.*\n/m, '');
  await offerPlan(page, 'plan.yaml', plan);
  await page.getByRole('heading', { level: 1, name: 'A study by invitation' }).waitFor();
}

/** One invited hospital, from a wrong secret to a good file, and its second tab. */
async function tellInvited(server: ServerProcess, browser: Browser, page: Page, camera: Camera): Promise<void> {
  await page.getByLabel('Name of the hospital').fill('Riverside');
  await press(page, 'Make an invitation');
  await page.locator('[data-invitation=secret]').waitFor();
  await camera.take('console-invitation', page);
  const [link, secret] = await Promise.all(['link', 'secret'].map((part) => page.locator(`[data-invitation=${part}]`).textContent()));
  const { hash } = new URL(link ?? '');
  const tab = await openTab({ browser, origin: server.origin, name: 'Riverside' }, hash);
  await tab.page.getByLabel('Invitation secret').waitFor();
  await camera.take('hospital-invited', tab.page);
  await enterSecret(tab.page, 'not-the-secret');
  await tab.page.getByRole('alert').waitFor();
  await camera.take('hospital-wrong-secret', tab.page);
  await enrol(tab, secret ?? '');
  await tab.page.locator('input[name=csv]').waitFor();
  await camera.take('hospital-data-empty', tab.page);

  const good = readFileSync(DEMO_HOSPITALS[0]?.csv ?? '', 'utf8');
  await offer(tab.page, '');
  await tab.page.getByRole('alert').waitFor();
  await camera.take('hospital-data-refused', tab.page);
  await offer(tab.page, good.replace(/,1\r?$/gm, ',0'));
  await tab.page.getByRole('heading', { name: 'Quality report' }).waitFor();
  await camera.take('hospital-data-one-class', tab.page);
  await offer(tab.page, good.replace(/^(\S+?-0000[12]),(\d+)/gm, '$1,four score'));
  await toggle(tab.page, 'Cells that were not accepted');
  await camera.take('hospital-data-cells', tab.page);

  const second = await openTab({ browser, origin: server.origin, name: 'Riverside', context: tab.context });
  await second.page.getByRole('button', { name: 'Go on as Riverside' }).waitFor();
  await camera.take('hospital-join-known', second.page);
  await second.page.getByRole('button', { name: 'Go on as Riverside' }).click();
  await second.page.getByRole('heading', { name: 'This hospital is open in another tab' }).waitFor();
  await camera.take('hospital-second-tab', second.page);
  await second.page.getByRole('button', { name: 'Use this tab instead' }).click();
  await tab.page.getByText('Another tab has taken over').waitFor();
  await camera.take('hospital-taken-over', tab.page);
  await page.getByLabel('Name of the hospital').fill('University Hospital of the Upper Valley and its Daughter Clinics');
  await press(page, 'Make an invitation');
  await page.locator('[data-state=open]').waitFor();
  await page.getByRole('button', { name: 'Take back: Riverside' }).click();
  await page.getByText('leaves the study at once').waitFor();
  await camera.take('console-invitations', page);
  await tab.context.close();
}

/** Three demo hospitals: one stops, the coordinator stops the rest, then the coordinator is gone. */
async function tellStopped(server: ServerProcess, browser: Browser, page: Page, camera: Camera): Promise<void> {
  await page.getByRole('button', { name: 'All studies' }).click();
  await openStudy(page, DEMO_TITLE);
  const context = await browser.newContext({ locale: 'en-GB' });
  const [leaver, stayer] = await Promise.all(
    ['Harbour', 'Lakeside', 'Northfield'].map(async (name) => {
      const tab = await openTab({ browser, origin: server.origin, name, context });
      await joinDemo(tab);
      await sayReady(tab);
      return tab;
    }),
  );
  if (leaver === undefined || stayer === undefined) throw new Error('no tab');
  await untilStatus(page, 'ready', 3);
  await press(page, 'Start');
  await untilPhase(page, 'signing');
  await sign(leaver);
  await leaver.page.getByRole('button', { name: 'Stop now' }).click();
  await leaver.page.getByRole('heading', { level: 1, name: 'Stopped' }).waitFor();
  await camera.take('hospital-stopped', leaver.page);
  await press(page, 'Stop the study');
  await page.getByText('Stop for good?').waitFor();
  await camera.take('console-stop-sure', page);
  await press(page, 'Stop it');
  await untilPhase(page, 'stopped');
  await camera.take('console-stopped', page);
  await stayer.page.getByRole('heading', { level: 1, name: 'Stopped' }).waitFor();
  await camera.take('hospital-study-stopped', stayer.page);
  await context.close();
}

/** A browser that lacks something, the check of a machine, and a coordinator that does not answer. */
async function tellMachine(server: ServerProcess, browser: Browser, camera: Camera): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${server.origin}/check.html`);
  await page.locator('button:enabled', { hasText: 'Measure again' }).waitFor({ timeout: 60_000 });
  await camera.take('check', page);
  const lacking = await context.newPage();
  await lacking.addInitScript('delete Navigator.prototype.locks');
  await lacking.goto(server.origin);
  await lacking.getByRole('heading', { name: 'This browser cannot take part' }).waitFor();
  await camera.take('hospital-blocked', lacking);
  const late = await context.newPage();
  await late.route('**/api/info', (route) => route.abort());
  await late.goto(server.origin);
  await late.getByRole('alert').waitFor();
  await camera.take('hospital-unreachable', late);
  await context.close();
}

async function offer(page: Page, csv: string): Promise<void> {
  await page.locator('input[name=csv]').setInputFiles({ name: 'patients.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
}
