/** The demo from start to results in four tabs and the console: the states everyone meets, in the order they are met. */
import type { Browser } from 'playwright';
import { type HospitalTab, joinDemo, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { type ServerProcess, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';
import { enterCode, openConsole, openStudy, press, toggle, untilPhase, untilStatus } from './console-tab.ts';
import { createGate } from './gate.ts';

export const DEMO_TITLE = 'Readmission within 30 days';
const HOSPITALS = ['Harbour', 'Lakeside', 'Northfield', 'St Alban'] as const;
/** The update round in which Harbour is looked at. */
const WATCHED_ROUND = 5;

export async function tellDemo(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  try {
    await tell(server, browser, camera);
  } finally {
    await server.dispose();
  }
}

async function tell(server: ServerProcess, browser: Browser, camera: Camera): Promise<void> {
  const { origin } = server;
  const console = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await openConsole(console, origin);
  await enterCode(console, 'not-the-code');
  await console.getByRole('alert').waitFor();
  await camera.take('console-wrong-code', console);
  await enterCode(console, server.adminCode());
  await console.getByRole('heading', { level: 1, name: 'Studies' }).waitFor();
  await camera.take('console-studies', console);
  await openStudy(console, DEMO_TITLE);
  await camera.take('console-nobody-yet', console);

  const context = await browser.newContext({ locale: 'en-GB' });
  const gate = createGate('update', WATCHED_ROUND - 1);
  const tabs: HospitalTab[] = [];
  for (const name of HOSPITALS) {
    const tab = await openTab({ browser, origin, name, context, onFrame: name === 'Harbour' ? gate.onFrame : undefined });
    tabs.push(tab);
    await tab.page.getByRole('button', { name: `Join as ${name}` }).waitFor();
    if (name === 'Harbour') await camera.take('hospital-join', tab.page);
    if (name === 'Lakeside') await camera.take('hospital-join-one-taken', tab.page);
    await joinDemo(tab);
    await tab.page.getByRole('button', { name: 'I am ready' }).waitFor();
    if (name === 'Harbour') await lookAtData(tab, camera);
    await sayReady(tab);
    if (name === 'Harbour') {
      await tab.page.getByRole('heading', { name: 'Waiting for the other hospitals' }).waitFor();
      await camera.take('hospital-gathering', tab.page);
    }
  }
  const [harbour] = tabs;
  if (harbour === undefined) throw new Error('no tab');
  const { page } = harbour;
  await untilStatus(console, 'ready', HOSPITALS.length);
  await camera.take('console-gathering', console);

  await press(console, 'Start');
  await untilPhase(console, 'signing');
  await page.getByRole('button', { name: 'Sign and take part' }).waitFor();
  await camera.take('hospital-sign', page);
  await sign(harbour);
  await page.getByRole('heading', { level: 1, name: 'Signed' }).waitFor();
  await camera.take('hospital-waiting', page);
  await camera.take('console-signing', console);
  for (const tab of tabs.slice(1)) await sign(tab);

  await gate.reached;
  await camera.take('console-running', console);
  await camera.take('hospital-training', page);
  await toggle(page, 'Rounds so far');
  await camera.take('hospital-training-rounds', page);
  await toggle(page, 'Rounds so far');
  await toggle(page, 'What left this browser');
  await camera.take('hospital-what-left', page);
  await toggle(page, 'What left this browser');
  await toggle(page, 'How rows are kept here');
  await camera.take('hospital-machine', page);
  await toggle(page, 'How rows are kept here');

  await press(console, 'Pause');
  await untilPhase(console, 'paused');
  await camera.take('console-paused', console);
  await page.getByRole('heading', { level: 1, name: 'Paused' }).waitFor();
  await camera.take('hospital-paused', page);
  gate.open();
  await press(console, 'Resume');
  await untilPhase(console, 'finished');
  for (const tab of tabs) await untilResults(tab);
  await camera.take('console-results', console);
  await camera.take('hospital-results', page);
  await page.locator('summary', { hasText: 'The same as a table' }).nth(1).click();
  await camera.take('hospital-results-table', page);
  for (const opened of [console.context(), context]) await opened.close();
}

async function lookAtData({ page }: HospitalTab, camera: Camera): Promise<void> {
  await camera.take('hospital-data', page);
  await toggle(page, 'First rows');
  await camera.take('hospital-data-preview', page);
}
