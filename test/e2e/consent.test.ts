/**
 * How a hospital controls and proves what happens, in real tabs by keyboard: own limits, a changed plan, pages served by the hospital itself, a
 * cable that is pulled, the list and the record, stopping, deleting.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
import { pressButton, tabTo } from '../world/keyboard.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

const verifier = resolve(import.meta.dirname, '../../coordinator/dist/verify-main.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-consent-'));
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
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a part of the page by keyboard. */
async function unfold(page: Page, summary: string | RegExp): Promise<void> {
  await tabTo(page, page.locator('summary', { hasText: summary }));
  await page.keyboard.press('Enter');
}

/** Types into a field by keyboard, in place of what was there. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

const trouble = (page: Page, code: string) => page.locator(`.trouble[data-code="${code}"]`).waitFor();
const totalOf = async (page: Page) => (await page.locator('egress-ledger summary .quiet').first().innerText()).trim();

/** Saves a file by keyboard and reads it. */
async function save(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download');
  await pressButton(page, button);
  const path = join(folder, (await download).suggestedFilename());
  await (await download).saveAs(path);
  return readFileSync(path, 'utf8');
}

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
    await fill(page, 'Fewest hospitals in any sum', '5');
    await pressButton(page, 'Keep these limits');
    await pressButton(page, 'Sign and take part');
    await trouble(page, 'policy-contributors');
    expect(await totalOf(page)).toBe(before);
    await fill(page, 'Fewest hospitals in any sum', '3');
    await tabTo(page, page.getByLabel('Take part only from pages this hospital serves itself'));
    await page.keyboard.press('Space');
    await pressButton(page, 'Keep these limits');

    await unfold(lakeside, 'Your hospital’s own limits');
    await tabTo(lakeside, lakeside.getByLabel('Take part only from pages this hospital serves itself'));
    await lakeside.keyboard.press('Space');
    await pressButton(lakeside, 'Keep these limits');
    await pressButton(lakeside, 'Sign and take part');
    await trouble(lakeside, 'policy-own-bundle');
    await tabTo(lakeside, lakeside.getByLabel('Take part only from pages this hospital serves itself'));
    await lakeside.keyboard.press('Space');
    await pressButton(lakeside, 'Keep these limits');
    expect((await client.view(study)).sites.filter(({ approved }) => approved)).toEqual([]);
  });

  it('is not given for a hospital that leaves: the others are shown who left by whose word, and sign the list without it', async () => {
    const gone = tabOf('st-alban');
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

  it('can be proved: the list equals the coordinator’s count to the byte, and the record is intact', async () => {
    const { page } = tabOf('northfield');
    await unfold(page, 'What left this browser');
    const listed = JSON.parse(await save(page, 'Save as JSON')) as {
      totals: { messages: number; bytes: number };
      entries: { kind: string; bytes: number; shape: string }[];
    };
    const counted = (await client.traffic(study)).northfield as unknown as { contentUp: number; messagesUp: number };
    expect(listed.totals).toEqual({ messages: counted.messagesUp, bytes: counted.contentUp });
    expect(listed.totals.messages).toBeGreaterThan(100);
    expect(listed.entries.find(({ kind }) => kind === 'blob')?.shape).toMatch(/^\d+ × 64 bit/);
    expect((await save(page, 'Save as CSV')).trimEnd().split('\r\n')).toHaveLength(listed.totals.messages + 1);

    await unfold(page, 'Record of this hospital');
    const record = await save(page, 'Save the record');
    await pressButton(page, 'Show the record');
    await page.getByText('Signed: unmask').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const path = join(folder, 'record.jsonl');
    writeFileSync(path, record);
    const report = execFileSync(process.execPath, [verifier, path, '--report'], { encoding: 'utf8' });
    expect(report).toContain('is intact');
  });

  it('ends at once, offline too, holds over a reload, and its traces can be deleted, keys last', async () => {
    await tabOf('harbour').close(); // nothing but this hospital's own tab may use the cable from here on
    const other = await client.create(PLAN, 'plan.yaml');
    const tab = await invite(other, 'South', cable.origin);
    const { page } = tab;
    await chooseFiles(tab, csvOf('harbour'), null);
    await sayReady(tab);
    await page.getByRole('heading', { name: 'Waiting for the other hospitals' }).waitFor();
    cable.unplug();
    // Who leaves now has told nobody, and is told so; nothing follows when the cable is back.
    await pressButton(page, 'Leave this study…');
    await pressButton(page, 'Leave');
    await trouble(page, 'left-untold');
    const before = cable.counts().bytes;
    cable.plug();
    await page.waitForTimeout(1000);
    expect(cable.counts().bytes).toBe(before);
    await pressButton(page, 'Take part again');
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await chooseFiles(tab, csvOf('harbour'), null);
    await page.getByRole('heading', { name: 'Waiting for the other hospitals' }).waitFor();
    cable.unplug();
    await pressButton(page, 'Stop now');
    await page.getByRole('heading', { name: 'Stopped', exact: true }).waitFor();
    const { bytes } = cable.counts();
    cable.plug();
    await page.waitForTimeout(2500);
    expect(cable.counts().bytes).toBe(bytes);
    await unfold(page, 'What left this browser');
    await page.locator('.ledger li').getByText('Stopped here. Nothing left after this.').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    // A reload asks for the pages and for nothing that speaks for the hospital.
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.reload();
    await page.getByRole('heading', { name: 'Stopped', exact: true }).waitFor();
    await page.waitForTimeout(1000);
    expect(sockets.filter((url) => url.includes('socket.io'))).toEqual([]);

    // From the stopped page too, leaving is told where it can be.
    await pressButton(page, 'Leave this study…');
    await pressButton(page, 'Leave');
    await trouble(page, 'left');
    expect((await client.view(other)).sites).toMatchObject([{ status: 'left' }]);

    const kept = await databaseOf(page);
    for (const name of ['audit', 'keys', 'ledger', 'memberships', 'records']) expect([name, (kept[name] ?? 0) > 0]).toEqual([name, true]);
    await pressButton(page, 'Delete what this browser keeps…');
    expect(await seriousFindings(page)).toEqual([]);
    await pressButton(page, 'Delete');
    await page.getByRole('heading', { name: 'Train one model together' }).waitFor();
    expect(Object.values(await databaseOf(page)).reduce((sum, entries) => sum + entries, 0)).toBe(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});

/** How many entries each store of the browser's database holds, read past the page's own code. */
async function databaseOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('consilium');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const names = [...opening.result.objectStoreNames];
          const transaction = opening.result.transaction(names);
          const counts: Record<string, number> = {};
          for (const name of names) {
            const counting = transaction.objectStore(name).count();
            counting.onsuccess = () => {
              counts[name] = counting.result;
            };
          }
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(counts);
          };
        };
      }),
  );
}
