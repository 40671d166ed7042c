/**
 * What goes wrong on a hospital's way in, in a real browser by keyboard: each case ends in one sentence that names the cause and what is kept, and in a
 * way on. And a hospital that nobody answers for is put off at the console, which the other tabs are told.
 */
import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { OWNER, signIn, startTestCoordinator, type TestCoordinator } from '../coordinator/world/coordinator.ts';
import { DEMO, PLAN_TEXT } from '../coordinator/world/demo-study.ts';
import { type Hospital, openHospital } from '../coordinator/world/hospital.ts';
import { until } from '../coordinator/world/tab.ts';
import { seriousFindings } from '../world/audit-page.ts';
import { asRecoveryFile, enterSecret, keepBoth, takeSeat, typeAskedWords } from '../world/enrol-tab.ts';
import { type HospitalTab, joinDemo, openTab, sayReady } from '../world/hospital-tab.ts';
import { giveFile, pressButton, tabTo, typeInto, unfold } from '../world/keyboard.ts';

const DAY_MS = 86_400_000;

describe('bad input on the way in', () => {
  const clientDir = resolve(import.meta.dirname, '../../client/dist');
  const realNow = Date.now;
  /** By which the coordinator's clock is ahead. */
  let ahead = 0;
  let browser: Browser;
  let coordinator: TestCoordinator;
  let owner: Awaited<ReturnType<typeof signIn>>;
  let study = '';

  beforeAll(async () => {
    Date.now = () => realNow() + ahead;
    browser = await launchChromium();
    coordinator = await startTestCoordinator({ clientDir, demo: DEMO });
    owner = await signIn(coordinator.origin);
    const text = PLAN_TEXT.replace('study: small-demo', 'study: bad-input');
    study = (await owner.ask('POST', '/studies', { text, fileName: 'plan.yaml' })).body.study;
  });
  afterAll(async () => {
    Date.now = realNow;
    await browser?.close();
    await coordinator?.end();
  });

  const invite = async (name: string): Promise<{ link: string; secret: string }> =>
    (await owner.ask('POST', `/studies/${study}/invitations`, { name })).body;
  const open = (link: string, context?: BrowserContext): Promise<HospitalTab> =>
    openTab({ browser, origin: coordinator.origin, name: 'hospital', backend: 'plain', context }, new URL(link).hash);
  const trouble = (page: Page, code: string) => page.locator(`[data-code="${code}"]`).waitFor();
  const asksForFile = (page: Page) => page.locator('input[name=csv]').waitFor({ state: 'attached' });

  it('a clock that is wrong by a year takes no seat and costs nothing; storage that is cleared is named, and the recovery file brings the hospital back', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    await context.addInitScript((year) => {
      const real = Date.now;
      const world = globalThis as unknown as { yearAhead: number };
      world.yearAhead = year;
      Date.now = () => real() + world.yearAhead;
    }, 366 * DAY_MS);
    const { link, secret } = await invite('North');
    const tab = await open(link, context);
    const { page } = tab;
    const kept = await keepBoth(tab, secret);
    await takeSeat(tab);
    await trouble(page, 'clock-wrong');
    await page.getByText('Nothing is lost: file, words and invitation stay good.').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.evaluate('globalThis.yearAhead = 0'); // the person has set the clock
    await typeAskedWords(page, kept.words);
    await giveFile(page, 'recovery', asRecoveryFile(kept.file));
    await typeInto(page, page.getByLabel('Your name'), 'Ada');
    await takeSeat(tab);
    await asksForFile(page);

    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: coordinator.origin, storageTypes: 'indexeddb,local_storage' });
    await trouble(page, 'storage-lost');
    expect(await seriousFindings(page)).toEqual([]);
    await pressButton(page, 'Load the page again');
    await trouble(page, 'storage-cleared');
    expect(await seriousFindings(page)).toEqual([]);
    await enterSecret(page, secret);
    await trouble(page, 'invitation-used');
    await page.getByText('this browser has lost its key, bring the recovery file').waitFor();
    await pressButton(page, 'I have a recovery file');
    expect(await page.locator('input[name=study]').inputValue()).toBe(study);
    await page.evaluate('globalThis.yearAhead = 0');
    await giveFile(page, 'recovery', asRecoveryFile(kept.file));
    await typeInto(page, page.locator('input[name=words]'), kept.words.join(' '));
    await pressButton(page, 'Open the file');
    await pressButton(page, 'Let this browser speak for North');
    await asksForFile(page);
    await context.close();
  });

  it.each(['at once', 'when the page opens its own'])(
    'storage that the browser withholds %s ends before anything is asked or sent',
    async (when) => {
      const context = await browser.newContext({ locale: 'en-GB' });
      await context.addInitScript((isAlways) => {
        const real = indexedDB.open.bind(indexedDB);
        indexedDB.open = (name, version) => {
          if (isAlways || name === 'consilium') throw new DOMException('not in a private window', 'SecurityError');
          return real(name, version);
        };
      }, when === 'at once');
      const { page, requests, close } = await open((await invite(`Private ${when}`)).link, context);
      await page.getByRole('heading', { name: 'This browser cannot take part' }).waitFor();
      await page.getByText('The browser keeps no data for this page (a private window, perhaps).').waitFor();
      expect(requests.filter((request) => request.includes('/api/'))).toEqual([]);
      await close();
    },
  );

  it('blocked downloads and a blocked clipboard: the text is there to be selected, and no seat is taken before file or text came back', async () => {
    const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: false });
    await context.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('not allowed', 'NotAllowedError'));
    });
    const { link, secret } = await invite('East');
    const tab = await open(link, context);
    const { page } = tab;
    await enterSecret(page, secret);
    await pressButton(page, 'Save the recovery file'); // nothing comes of it
    const words = await page.locator('[data-passphrase] code').allTextContents();
    await unfold(page, 'The download is blocked?');
    await pressButton(page, 'Copy the text');
    await page.getByText('This browser does not allow copying. Select the text and copy it yourself.').waitFor();
    const text = await page
      .locator('details textarea')
      .evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
    expect(JSON.parse(text)).toMatchObject({ site: 'East' });
    await pressButton(page, 'I have kept both');
    await typeAskedWords(page, words);
    await typeInto(page, page.getByLabel('Your name'), 'Ada');
    await takeSeat(tab);
    await trouble(page, 'wrong-file');
    expect(await seriousFindings(page)).toEqual([]);
    await tabTo(page, page.locator('textarea[name=text]'));
    await page.keyboard.insertText(text);
    await takeSeat(tab);
    await asksForFile(page);
    await context.close();
  });

  it('an invitation that has expired says so, and an invitation that is new still seats', async () => {
    const { link, secret } = await invite('South');
    const { page, close } = await open(link);
    ahead = 31 * DAY_MS;
    await enterSecret(page, secret);
    await trouble(page, 'invitation-expired');
    ahead = 0;
    await enterSecret(page, secret);
    await page.getByRole('heading', { name: 'Keep this hospital’s recovery file' }).waitFor();
    await close();
  });

  it('a hospital that nobody answers for is put off at the console, and the tab says on whose word', async () => {
    const tab = await openTab({ browser, origin: coordinator.origin, name: 'North Hospital', backend: 'plain' });
    await joinDemo(tab);
    const ids = DEMO.sites.map(({ id }) => id).filter((id) => id !== 'north');
    const hospitals = await Promise.all(ids.map((id): Promise<Hospital> => openHospital(coordinator.origin, id)));
    const demo = hospitals[0]?.study;
    const view = async () => (await owner.ask('GET', `/studies/${demo}`)).body;
    await sayReady(tab);
    for (const { site } of hospitals) await site.ready();
    await until('four ready', async () => (await view()).sites.filter(({ ready }: { ready: boolean }) => ready).length === 4, 30_000);
    expect((await owner.ask('POST', `/studies/${demo}/start`)).status).toBe(200);
    await tab.page.getByRole('heading', { name: 'Sign the plan' }).waitFor();
    const silent = hospitals.find(({ id }) => id === 'west');
    silent?.close();

    const console = await browser.newPage({ locale: 'en-GB' });
    await console.goto(`${coordinator.origin}/console`);
    await typeInto(console, console.locator('input[name=name]'), OWNER.name);
    await typeInto(console, console.locator('input[name=password]'), OWNER.password);
    await pressButton(console, 'Sign in');
    await pressButton(console, /^A small study/);
    const control = console.getByRole('row', { name: /West Hospital/ }).getByRole('button', { name: 'Go on without…' });
    await tabTo(console, control);
    await console.keyboard.press('Enter');
    await console.getByText('Go on without West Hospital? The other hospitals are asked to sign a list without it').waitFor();
    await pressButton(console, 'Ask the others');
    await console.locator('[data-successor="2"]').waitFor();
    expect(await seriousFindings(console)).toEqual([]);

    await tab.page.getByRole('heading', { name: 'A new list of hospitals to sign' }).waitFor();
    expect(await tab.page.locator('[data-put-off]').innerText()).toContain('Put off by the coordinator: West Hospital.');
    expect(await tab.page.locator('[data-put-off]').innerText()).toContain('Ring them before you sign.');
    expect(await tab.page.locator('[data-left]').count()).toBe(0);
    expect(await seriousFindings(tab.page)).toEqual([]);
    await pressButton(tab.page, 'Sign the new list');
    const nextOf = ({ progress }: Hospital) =>
      progress.flatMap((told) => (told.type === 'roster' && told.successor !== null ? [told.successor] : [])).at(-1);
    for (const hospital of hospitals.filter(({ id }) => id !== 'west')) {
      await until('the next list', () => nextOf(hospital) !== undefined);
      await hospital.site.succeed(nextOf(hospital)?.rosterHash ?? '');
    }
    await console.locator('[data-status="put-off"]').waitFor();
    await until('a sum without it', async () => (await view()).timeline.length > 0, 30_000);
    expect((await view()).timeline[0].survivors).toHaveLength(3);
    for (const hospital of hospitals) hospital.close();
    expect(tab.errors).toEqual([]);
  });
});
