/** The demo as a visitor meets it: four tabs of one browser, one click each, ten rounds, results with charts and tables. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { releaseModel } from '@consilium/shared/export';
import { modelForecast } from '@consilium/shared/prediction';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { finishedStudy } from '../reference/finished-study.ts';
import { taskHospitals, taskPlan } from '../reference/task-hospitals.ts';
import { type HospitalTab, joinDemo, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { openConsoleStudy, riskOfRow, saved, useModel } from '../world/model-pages.ts';
import { askForRow, openPatients } from '../world/patient-page.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DEMO = join(ROOT, 'coordinator/demo');
const CLI = join(ROOT, 'simulations/dist/cli.js');
/** Files of a model of classes, of a count and of a quantity: the page's numbers are those of the file, and each has a sheet. */
async function expectValuePages(page: Page, origin: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'consilium-values-'));
  for (const outcome of VALUE_OUTCOMES) {
    const plan = JSON.stringify(taskPlan(`  - ${outcome}`));
    const study = finishedStudy(
      plan,
      taskHospitals(60).map(({ csv }) => new TextDecoder().decode(csv)),
    );
    const model = releaseModel(study.plan, study.hash, study.state);
    writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
    await useModel(page, origin, join(folder, 'model.json'), null);
    await page.locator('input[name=age]').fill('71');
    // A page that is drawn anew while a person types takes nothing away.
    await page.evaluate(() => (document.querySelector('model-patient') as HTMLElement & { requestUpdate(): void }).requestUpdate());
    expect(await page.locator('input[name=age]').inputValue()).toBe('71');
    await page.locator('input[name=age]').press('Tab');
    await page.locator('select[name=smoker]').selectOption({ index: 2 });
    await page.getByRole('button', { name: 'Show the estimate' }).click();
    const told = modelForecast(model, { age: 71, smoker: 1 });
    const answer = page.locator('section[data-value], section[data-classes]');
    await answer.waitFor();
    if (told.kind !== 'classes' && told.kind !== 'count' && told.kind !== 'quantity') throw new Error(told.kind);
    const numbers = told.kind === 'classes' ? told.classes : [told];
    const shown = await answer.getAttribute(told.kind === 'classes' ? 'data-classes' : 'data-value');
    expect(shown?.split(' ').map(Number)).toEqual(numbers.map(({ value }) => expect.closeTo(value, 12)));
    expect(await answer.innerText()).toMatch(/Spread of the fit|spread of the fit/);
    await page.getByRole('button', { name: 'Sheet for the patient' }).click();
    expect(await page.locator('article.sheet').innerText()).toContain(told.kind === 'classes' ? 'Of 100 people like you' : 'on average');
  }
  rmSync(folder, { recursive: true, force: true });
}

const VALUE_OUTCOMES = [
  '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }',
  '{ name: visits, task: count, column: visits, range: [0, 100] }',
  '{ name: pressure, task: regression, column: pressure, range: [60, 220] }',
];

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
    await expectValuePages(user.page, server.origin);
    expect(user.errors).toEqual([]);
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
