/**
 * A hospital's way into a study by keyboard alone: browser looked at, secret, recovery file and words, data, the list's words compared with
 * two other hospitals that see them in their own tabs, signature. Then the recovery file puts another browser in its place.
 */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from '../world/demo-hospitals.ts';
import { compareWords, enrol, type Kept, readOut } from '../world/enrol-tab.ts';
import { type HospitalTab, openTab, sayReady, sign } from '../world/hospital-tab.ts';
import { chooseFrom, giveFile, pressButton, tabTo } from '../world/keyboard.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

const OWN = DEMO_HOSPITALS[0]!;

describe('enrolment by keyboard', () => {
  let browser: Browser;
  let server: ServerProcess;
  let client: ConsoleClient;

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    client = await signIn(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  const typeInto = async (page: Page, field: ReturnType<Page['locator']>, text: string): Promise<void> => {
    await tabTo(page, field);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  };

  async function invited(study: string, name: string): Promise<{ tab: HospitalTab; secret: string; site: string }> {
    const { link, secret, site } = await client.invite(study, name);
    return { tab: await openTab({ browser, origin: server.origin, name, backend: 'plain' }, new URL(link).hash), secret, site };
  }

  /** The two words that are asked for, or others. */
  async function typeAskedWords(page: Page, words: readonly string[]): Promise<void> {
    for (const label of await page.locator('label:has(input[name=word])').all()) {
      const place = Number(/\d+/.exec((await label.textContent()) ?? '')?.[0]);
      await typeInto(page, label.locator('input'), words[place - 1] ?? '');
    }
  }

  async function enrolByKeyboard({ page }: HospitalTab, secret: string): Promise<{ file: string; words: readonly string[] }> {
    await page.getByRole('heading', { name: 'Join by invitation' }).waitFor();
    await typeInto(page, page.locator('input[name=secret]'), 'not-the-secret');
    await pressButton(page, 'Go on');
    await page.locator('[data-code=invitation-unknown]').waitFor();
    await typeInto(page, page.locator('input[name=secret]'), secret);
    await pressButton(page, 'Go on');
    await page.getByRole('heading', { name: 'Keep this hospital’s recovery file' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const saving = page.waitForEvent('download');
    await pressButton(page, 'Save the recovery file');
    const file = readFileSync(await (await saving).path(), 'utf8');
    const words = await page.locator('[data-passphrase] code').allTextContents();
    expect(words).toHaveLength(7);
    await pressButton(page, 'I have kept both');
    await page.getByRole('heading', { name: 'Two words from your paper' }).waitFor();
    // Not on the page while they are asked for.
    expect(await page.getByText(words.join(' ')).count()).toBe(0);
    await typeAskedWords(
      page,
      [...words].reverse().map((word) => `${word}x`),
    );
    await giveFile(page, 'recovery', { name: 'recovery.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await typeInto(page, page.locator('input[name=person]'), 'Ada');
    await chooseFrom(page, page.locator('select[name=role]'), 'data-protection-officer');
    await pressButton(page, 'Join the study');
    await page.locator('[data-code=wrong-words]').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await typeAskedWords(page, words);
    await pressButton(page, 'Join the study');
    return { file, words };
  }

  it('goes from the secret to the signature, and nothing is signed while words differ', async () => {
    const study = await client.create(withRoundsAlone(2)(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
    const own = await invited(study, OWN.name);
    const { page } = own.tab;
    const kept = await enrolByKeyboard(own.tab, own.secret);
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    expect(await page.locator('.banner').textContent()).toContain('Not confirmed yet: which hospitals take part.');
    const csv = { name: 'patients.csv', mimeType: 'text/csv', buffer: readFileSync(OWN.csv) };
    await giveFile(page, 'csv', csv);
    await page.getByRole('heading', { name: 'Quality report' }).waitFor();
    await pressButton(page, 'I am ready');

    const others: HospitalTab[] = [];
    const files: Kept[] = [];
    for (const { name, csv: path } of DEMO_HOSPITALS.slice(1, 3)) {
      const { tab, secret } = await invited(study, name);
      files.push(await enrol(tab, secret));
      await tab.page.locator('input[name=csv]').setInputFiles(path);
      await sayReady(tab);
      others.push(tab);
    }
    await client.until(study, (view) => view.sites.filter(({ ready }) => ready).length === 3);
    await client.act(study, 'start');

    const heard = await readOut(own.tab, others);
    expect(heard).toHaveLength(3);
    expect(heard.every(({ word }) => word !== '')).toBe(true);
    expect(await page.getByRole('button', { name: 'Sign and take part' }).count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    // A slip of the keyboard, then a word of another list, then what the others really see.
    const first = page.locator(`[data-heard="${heard[0]?.place}"]`);
    for (const { place, word } of heard) await typeInto(page, page.locator(`[data-heard="${place}"]`), word);
    await typeInto(page, first, 'zzzz');
    await pressButton(page, 'Compare');
    await page.locator('[data-code=unknown-word]').waitFor();
    await typeInto(page, first, heard[0]?.word === 'abandon' ? 'zoo' : 'abandon');
    await pressButton(page, 'Compare');
    await page.locator('[data-code=words-differ]').waitFor();
    expect(await page.getByText('The other hospital sees another list. Sign nothing.').isVisible()).toBe(true);
    expect(await page.locator('.banner').count()).toBe(1);
    await typeInto(page, first, heard[0]?.word ?? '');
    await pressButton(page, 'Compare');
    await page.getByRole('heading', { name: 'Sign the plan' }).waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);

    await compareWords(others);
    await pressButton(page, 'Sign and take part');
    for (const tab of others) await sign(tab);
    await client.until(study, ({ timeline }) => timeline.some(({ outcome }) => outcome === 'released'));
    // The recovery file takes over from another browser; the tab before is told by itself.
    await client.act(study, 'pause');
    await recoverElsewhere(study, own.tab, kept);
    await suspendElsewhere(study, others[0]!, files[0]!);
    for (const { errors } of [own.tab, ...others]) expect(errors).toEqual([]);
  });

  async function recoverElsewhere(study: string, before: HospitalTab, kept: { file: string; words: readonly string[] }): Promise<void> {
    const { page, context } = await openTab({ browser, origin: server.origin, name: OWN.name, backend: 'plain' }, `#study=${study}`);
    await page.getByRole('heading', { name: 'Join by invitation' }).waitFor();
    await pressButton(page, 'I have a recovery file');
    await page.getByRole('heading', { name: 'Bring the recovery file' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const file = (text: string) => ({ name: 'recovery.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await giveFile(page, 'recovery', file(kept.file.slice(0, -20)));
    await typeInto(page, page.locator('input[name=words]'), 'seven words that are not the right ones');
    await pressButton(page, 'Open the file');
    await page.locator('[data-code=recovery-damaged]').waitFor();
    await giveFile(page, 'recovery', file(kept.file));
    await pressButton(page, 'Open the file');
    await page.locator('[data-code=wrong-passphrase]').waitFor();
    await typeInto(page, page.locator('input[name=words]'), kept.words.join(' ').toUpperCase());
    await pressButton(page, 'Open the file');
    await page.getByRole('heading', { name: `Devices of ${OWN.name}` }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await pressButton(page, `Let this browser speak for ${OWN.name}`);
    await before.page.locator('[data-code=device-replaced]').waitFor();
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await context.close();
  }

  /** A stolen device is locked out: asked once more, then its tab is told by itself and another browser still shows it as suspended. */
  async function suspendElsewhere(study: string, stolen: HospitalTab, kept: Kept): Promise<void> {
    const { page, context } = await openTab({ browser, origin: server.origin, name: 'phone', backend: 'plain' }, `#study=${study}`);
    await pressButton(page, 'I have a recovery file');
    await giveFile(page, 'recovery', { name: 'recovery.json', mimeType: 'application/json', buffer: Buffer.from(kept.file) });
    await typeInto(page, page.locator('input[name=words]'), kept.words.join(' '));
    await pressButton(page, 'Open the file');
    const ask = page.getByRole('button', { name: /^Suspend [A-Za-z0-9+/]{8}$/ });
    await ask.click();
    await pressButton(page, 'Keep it');
    expect(await page.locator('td').getByText('speaks for the hospital').count()).toBe(1);
    await ask.click();
    await pressButton(page, 'Suspend it');
    await stolen.page.locator('[data-code=device-suspended]').waitFor();
    await page.locator('td').getByText('suspended').waitFor();
    expect(await ask.count()).toBe(0);
    await context.close();
  }
});

async function seriousFindings(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html]);
}
