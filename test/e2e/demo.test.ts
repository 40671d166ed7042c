/** The demo as a visitor meets it: four tabs of one browser, one click each, ten rounds, results with charts and tables. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type HospitalTab, joinDemo, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { openConsoleStudy, riskOfRow, saved, useModel } from '../world/model-pages.ts';
import { askForRow, openPatients } from '../world/patient-page.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DEMO = join(ROOT, 'coordinator/demo');
const CLI = join(ROOT, 'simulations/dist/cli.js');
const HOSPITALS = ['Harbour', 'Lakeside', 'Northfield', 'St Alban'];

describe('the demo in four tabs', () => {
  let server: ServerProcess;
  let browser: Browser;
  let client: ConsoleClient;
  let context: BrowserContext;
  /** Where the archive of the shared model is. */
  let shared: string;
  const tabs: HospitalTab[] = [];

  beforeAll(async () => {
    server = await startServer();
    browser = await launchChromium();
    client = await signIn(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('trains from a click a tab to results in every tab', async () => {
    const { demo } = (await (await fetch(`${server.origin}/api/info`)).json()) as { demo: { study: string } };
    context = await browser.newContext({ locale: 'en-GB' });
    for (const name of HOSPITALS) {
      const tab = await openTab({ browser, origin: server.origin, name, context });
      tabs.push(tab);
      await joinDemo(tab);
      await sayReady(tab);
    }
    await client.until(demo.study, (view) => view.sites.filter((site) => site.ready).length === 4);
    await client.act(demo.study, 'start');
    for (const tab of tabs) await sign(tab);
    const view = await client.until(demo.study, ({ phase }) => phase === 'finished', 150);
    for (const tab of tabs) await untilResults(tab);
    expect(view.timeline.filter(({ kind, outcome }) => kind === 'update' && outcome === 'released')).toHaveLength(10);
    for (const { survivors } of view.timeline) expect(survivors).toHaveLength(4);
    const federated = view.results?.models.federated;
    expect(federated?.aurocWithin).toBeGreaterThan(0.75);
    expect(view.results?.models.exact?.aurocWithin).toBeLessThan(federated?.aurocWithin ?? 0);
  });

  it('puts a model in use with a reason, and every hospital reads it', async () => {
    const console_ = await context.newPage();
    await openConsoleStudy(console_, server.origin, 'Readmission within 30 days');
    const titled = (title: RegExp) => console_.locator('article').filter({ has: console_.getByRole('heading', { name: title }) });
    const [network, exact] = [titled(/^Model trained in rounds/), titled(/^Exact fit/)];
    // What the rule says is what may be done.
    const isBetter = ((await network.textContent()) ?? '').includes('May be put in use');
    expect(await network.getByRole('button', { name: 'Put in use' }).count()).toBe(isBetter ? 1 : 0);
    await exact.getByRole('button', { name: 'Put in use' }).click();
    await console_.getByRole('button', { name: 'Put it in use' }).click();
    // Without a reason the browser's own field stops it.
    expect(await console_.locator('textarea:invalid').count()).toBe(1);
    await console_.locator('textarea[name=why]').fill('Agreed by the board.');
    await console_.getByRole('button', { name: 'Put it in use' }).click();
    await console_.locator('article[data-status=promoted]', { hasText: 'Put in use by Ada' }).waitFor();
    const model = await exact.getAttribute('data-model');
    for (const { page } of tabs.slice(0, 2)) {
      await page.getByRole('button', { name: 'Ask again' }).click();
      await page.locator(`li[data-model="${model}"][data-status=promoted]`, { hasText: 'Agreed by the board.' }).waitFor();
    }
    shared = await saved(console_, network.getByRole('link', { name: 'Download the files' }));
    await console_.close();
  });

  it('gives a file’s patients the same scores on the page for files as on the command line, and its own page’s to its own model', async () => {
    const [{ page, name }] = tabs as [HospitalTab];
    const csv = join(DEMO, `${name.toLowerCase()}.csv`);
    const user = await openTab({ browser, origin: server.origin, name: 'user', context });
    await useModel(user.page, server.origin, shared, csv);
    const scores = readFileSync(await saved(user.page, user.page.getByRole('button', { name: 'Save all scores as CSV' })), 'utf8');
    const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'predict', shared, '--data', csv], { maxBuffer: 1e8 });
    expect(scores).toBe(stdout);
    expect(scores.split('\n').length).toBeGreaterThan(200);

    const own = await saved(page, page.getByRole('button', { name: 'Save your hospital’s own model' }));
    await useModel(user.page, server.origin, own, csv);
    const [row] = await openPatients(page);
    const { risk } = await askForRow(page, row!);
    expect(await riskOfRow(user.page, row!)).toBeCloseTo(risk, 9);
    expect(await user.page.getByText('Instability range of 5 fits').count()).toBe(1);
    // Nothing went out: only files of the page itself were asked for.
    const sent = user.requests.filter((text) => !/ $/.test(text));
    expect(sent.filter((text) => !text.includes('/socket.io/'))).toEqual([]);
    expect(user.errors).toEqual([]);
    await user.page.getByRole('button', { name: 'Sheet for the patient' }).click();
    await user.page.getByRole('heading', { level: 1, name: 'What the numbers say' }).waitFor();
    expect(await user.page.getByRole('heading', { name: 'Use a model' }).count()).toBe(0);
    await user.close();
    await page.getByRole('button', { name: '← Results' }).click();
  });

  it('made no error, asked no other host, and shows a table behind each chart', async () => {
    for (const { page, errors, hosts } of tabs) {
      expect(errors).toEqual([]);
      expect([...hosts]).toEqual([new URL(server.origin).host]);
      expect(await page.locator('figure svg').count()).toBeGreaterThanOrEqual(2);
      expect(await page.locator('figure details table, details table').count()).toBeGreaterThanOrEqual(2);
    }
  });
});
