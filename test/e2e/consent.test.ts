/**
 * How a hospital controls what happens, in real tabs by keyboard: own limits, a changed plan, pages served by the hospital itself, a hospital that
 * leaves, a cable that is pulled. What it can prove, and how it deletes what is kept: test/e2e/first-hour.test.ts.
 */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { seriousFindings } from '../world/audit-page.ts';
import { type Cable, layCable } from '../world/cable.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from '../world/demo-hospitals.ts';
import { compareWords, enrol } from '../world/enrol-tab.ts';
import { createRoundKinds } from '../world/frames.ts';
import { type HospitalServer, startHospitalServer } from '../world/hospital-server.ts';
import { chooseFiles, type HospitalTab, openTab, sayReady, untilResults } from '../world/hospital-tab.ts';
import { pressButton, tick, typeInto, unfold } from '../world/keyboard.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

/** Training takes seconds, so that a cable can be pulled in the middle of it. */
const PLAN = withRoundsAlone(1)(readFileSync(DEMO_PLAN, 'utf8'))
  .replace(/hidden: \[[^\]]*\]/, 'hidden: [64, 64]')
  .replace(/localEpochs: \d+/, 'localEpochs: 60')
  .replace(/trainSeconds: \d+/, 'trainSeconds: 120')
  .replace(/fits: \d+/, 'fits: 1');

let browser: Browser;
let own: HospitalServer;
let server: ServerProcess;
let client: ConsoleClient;
let cable: Cable;

beforeAll(async () => {
  browser = await launchChromium();
  own = await startHospitalServer();
  server = await startServer(['--allow-origin', own.origin]);
  cable = await layCable(server.origin);
  own.pointTo(cable.origin);
  client = await signIn(server);
});
afterAll(async () => {
  await browser?.close();
  await cable?.close();
  await own?.close();
  await server?.dispose();
});

const trouble = (page: Page, code: string) => page.locator(`.trouble[data-code="${code}"]`).waitFor();
const totalOf = async (page: Page) => (await page.locator('egress-ledger summary .quiet').first().innerText()).trim();

async function invite(
  study: string,
  name: string,
  origin: string,
  onFrame?: Parameters<typeof openTab>[0]['onFrame'],
): Promise<HospitalTab> {
  const { link, secret } = await client.invite(study, name);
  const tab = await openTab({ browser, origin, name, backend: 'plain', onFrame }, new URL(link).hash);
  await enrol(tab, secret);
  return tab;
}

describe('consent', () => {
  const tabs = new Map<string, HospitalTab>();
  const tabOf = (name: string): HospitalTab => tabs.get(name)!;
  const csvOf = (name: string): string => DEMO_HOSPITALS.find((hospital) => hospital.name === name)!.csv;
  const kinds = createRoundKinds();
  let study = '';
  let release = (): void => {};
  const held = new Promise<void>((done) => {
    release = done;
  });

  it('is asked for by a page the hospital serves itself, with the same build, and anew for a changed plan', async () => {
    const first = await client.create(PLAN, 'plan.yaml');
    for (const { name, csv } of DEMO_HOSPITALS) {
      const isHarbour = name === 'harbour';
      // Lakeside holds back its part of the first update until Harbour is back.
      const gate = async (_tab: HospitalTab, direction: 'up' | 'down', frame: string) => {
        const message = kinds.read(frame);
        if (direction === 'up' && message?.kind === 'masked-vector' && message.asks === 'update') await held;
        return true;
      };
      const tab = await invite(first, name, isHarbour ? own.origin : server.origin, name === 'lakeside' ? gate : undefined);
      tabs.set(name, tab);
      await chooseFiles(tab, csv, null);
    }
    const { page } = tabOf('harbour');
    await unfold(page, 'How rows are kept here');
    await page.getByText(`Served by ${own.origin}, not by the coordinator`).waitFor();
    expect(await page.locator('.served .hash').textContent()).toBe(own.build);

    // Before rounds have begun, a changed plan is a new version, and nothing that was said holds for it.
    for (const name of ['harbour', 'lakeside', 'northfield', 'st-alban']) await sayReady(tabOf(name));
    const changed = PLAN.replace(/^population: .*$/m, 'population: Adults who were discharged alive, once each.');
    expect(changed).not.toBe(PLAN);
    study = await client.newVersion(first, changed);
    for (const [name, tab] of tabs) {
      await tab.page.getByRole('heading', { name: 'There is a newer version of this study' }).waitFor();
      await pressButton(tab.page, 'Go to the newer version');
      await tab.page.locator('input[name=csv]').waitFor({ state: 'attached' });
      await chooseFiles(tab, csvOf(name), null);
      await sayReady(tab);
    }
    await client.until(study, (view) => view.sites.filter((site) => site.ready).length === 4);
    await client.act(study, 'start');
    await compareWords([...tabs.values()]);
    await page.getByRole('heading', { name: 'What changed since version 1' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('Can isolate patients');
    expect(await page.locator('main').innerText()).toContain('Adults who were discharged alive, once each.');
  });

  it('is refused where the hospital’s own limits forbid it, and then nothing is sent', async () => {
    const [{ page }, lakeside] = [tabOf('harbour'), tabOf('lakeside').page];
    const before = await totalOf(page);
    await unfold(page, 'Your hospital’s own limits');
    expect(await seriousFindings(page)).toEqual([]);
    await typeInto(page, page.getByLabel('Fewest hospitals in any sum'), '5');
    await pressButton(page, 'Keep these limits');
    await pressButton(page, 'Sign and take part');
    await trouble(page, 'policy-contributors');
    expect(await totalOf(page)).toBe(before);
    await typeInto(page, page.getByLabel('Fewest hospitals in any sum'), '3');
    await tick(page, page.getByLabel('Take part only from pages this hospital serves itself'));
    await pressButton(page, 'Keep these limits');

    await unfold(lakeside, 'Your hospital’s own limits');
    await tick(lakeside, lakeside.getByLabel('Take part only from pages this hospital serves itself'));
    await pressButton(lakeside, 'Keep these limits');
    await pressButton(lakeside, 'Sign and take part');
    await trouble(lakeside, 'policy-own-bundle');
    await tick(lakeside, lakeside.getByLabel('Take part only from pages this hospital serves itself'));
    await pressButton(lakeside, 'Keep these limits');
    expect((await client.view(study)).sites.filter(({ approved }) => approved)).toEqual([]);
  });

  it('is not given for a hospital that leaves: the others are shown who left by whose word, and sign the list without it', async () => {
    const gone = tabOf('st-alban');
    await pressButton(gone.page, 'Stop now');
    await gone.page.getByRole('heading', { name: 'Stopped', exact: true }).waitFor();
    // From the stopped page too, leaving is told where it can be.
    await pressButton(gone.page, 'Leave this study…');
    await pressButton(gone.page, 'Leave');
    await trouble(gone.page, 'left');
    await gone.page.getByText('The coordinator has your signed word').waitFor();
    expect(await seriousFindings(gone.page)).toEqual([]);
    expect(await gone.page.getByRole('button', { name: 'Take part again' }).count()).toBe(0);
    await gone.close();
    tabs.delete('st-alban');
    const view = await client.until(study, ({ successor }) => successor !== null);
    expect(view).toMatchObject({ phase: 'signing', successor: { version: 2, without: ['st-alban'] } });
    expect(view.sites.find(({ id }) => id === 'st-alban')?.status).toBe('left');
    for (const { page } of tabs.values()) {
      await page.getByRole('heading', { name: 'A new list of hospitals to sign' }).waitFor();
      expect(await page.locator('[data-left]').innerText()).toContain('Left the study: st-alban. Their own signature says so');
      expect(await page.locator('[data-put-off]').count()).toBe(0);
    }
    expect(await seriousFindings(tabOf('northfield').page)).toEqual([]);
  });

  it('lasts over a pulled cable: the work goes on, nothing leaves, and all of it when the cable is back', async () => {
    const { page } = tabOf('harbour');
    let isPulled = false;
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const message = kinds.read(String(payload));
        if (message?.kind !== 'envelopes' || message.asks !== 'update' || isPulled) return;
        isPulled = true;
        cable.unplug();
      }),
    );
    // The socket that is open was opened before anybody listened: a pulled cable brings a new one.
    cable.unplug();
    await page.getByText('connection lost').first().waitFor();
    cable.plug();
    await page.getByText('connected', { exact: true }).waitFor();
    // With the word of who left, two signatures put the list in force; the third hospital signs the plan under it.
    for (const name of ['harbour', 'lakeside']) await pressButton(tabOf(name).page, 'Sign the new list');
    const third = tabOf('northfield').page;
    await third.getByText('This is version 2 of the list').waitFor();
    await pressButton(third, 'Sign and take part');

    await expect.poll(() => isPulled, { timeout: 60_000 }).toBe(true);
    await page.getByText('connection lost').first().waitFor();
    const [left, passed] = [await totalOf(page), cable.counts().bytes];
    await unfold(page, 'What left this browser');
    await unfold(page, 'Before masking, in this round');
    const look = async () => {
      await pressButton(page, 'Look now');
      return page.locator('.held').innerText();
    };
    await expect.poll(look, { timeout: 20_000 }).toContain('Update, whole numbers before masking');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await totalOf(page)).toBe(left);
    expect(cable.counts().bytes).toBe(passed);
    cable.plug();
    await client.until(study, ({ sites }) => sites.find(({ id }) => id === 'harbour')?.status === 'uploaded');
    release();
    const view = await client.until(study, ({ phase }) => phase === 'finished', 150);
    for (const tab of tabs.values()) await untilResults(tab);
    expect(await totalOf(page)).not.toBe(left);
    for (const { survivors, outcome } of view.timeline) expect([outcome, survivors.length]).toEqual(['released', 3]);
    for (const { name, hosts, errors } of tabs.values()) {
      const hostOf = (origin: string) => new URL(origin).host;
      expect([...hosts].sort()).toEqual((name === 'harbour' ? [own.origin, cable.origin] : [server.origin]).map(hostOf).sort());
      expect(errors.filter((text) => !/ERR_|Failed to fetch/.test(text))).toEqual([]);
    }
  });
});
