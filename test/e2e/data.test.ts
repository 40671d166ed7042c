/**
 * A hospital's own export becomes a checked table by keyboard alone: another alphabet's encoding, semicolons, decimal commas, texts for
 * codes, a unit that no name tells. Then opt-outs, ready, a reload with the same files and with another. Nothing of the rows is sent.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMapping } from '@consilium/shared/schema';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { seriousFindings } from '../world/audit-page.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from '../world/demo-hospitals.ts';
import { compareWords, enrol } from '../world/enrol-tab.ts';
import { type HospitalTab, openTab, sayReady, sign } from '../world/hospital-tab.ts';
import { chooseFrom, giveFile, pressButton, tabTo } from '../world/keyboard.ts';
import { largeFile } from '../world/large-file.ts';
import { messyFile } from '../world/messy-file.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';

const { bytes, patients, header } = messyFile();
const EXCLUDED = patients.slice(0, 12);
const asFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer });
const EXPORT = asFile('export.csv', bytes);
const OPT_OUTS = asFile('opt-outs.txt', Buffer.from(`${EXCLUDED.join('\r\n')}\r\n`));

/** What a data manager decides, field by field: the column, and what its texts mean. */
const COLUMNS = {
  readmitted: 'znovu přijat',
  age: 'věk',
  sex: 'pohlaví',
  systolic_bp: 'TK syst.',
  creatinine: 'kreatinin',
  hba1c: 'HbA1c',
  prior_admissions: 'příjmů za rok',
  smoker: 'kouření',
  length_of_stay: 'dny',
} as const;
const CODES = { readmitted: { ne: '0', ano: '1' }, sex: { žena: '0', muž: '1' }, smoker: { nikdy: '0', bývalý: '1', ano: '2' } } as const;

describe('the data page by keyboard', () => {
  let browser: Browser;
  let server: ServerProcess;
  let client: ConsoleClient;
  const sent: Buffer[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'consilium-data-'));

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    client = await signIn(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const row = (page: Page, field: string) => page.locator(`[data-field="${field}"]`);
  const columnList = (page: Page, field: string) => row(page, field).locator('.map-column select');

  /** Whether a person must still say something about the field. */
  const waits = async (page: Page, field: string) => (await row(page, field).getAttribute('data-certainty')) === 'open';
  const settled = (page: Page, field: string) => page.locator(`[data-field="${field}"]:not([data-certainty=open])`).waitFor();

  async function takeColumn(page: Page, field: string, column: string): Promise<void> {
    if ((await columnList(page, field).inputValue()) === column) return;
    await chooseFrom(page, columnList(page, field), column);
    await page.locator(`[data-field="${field}"][data-column="${column}"]`).waitFor();
  }

  /** Every field gets its column and its codes, wherever the page did not find them itself. */
  async function mapByKeyboard(page: Page): Promise<void> {
    await page.locator('mapping-table .map-row').first().waitFor();
    await takeColumn(page, 'patient', header[0] ?? '');
    for (const [field, column] of Object.entries(COLUMNS)) await takeColumn(page, field, column);
    for (const [field, meanings] of Object.entries(CODES)) {
      if (!(await waits(page, field))) continue;
      for (const [text, code] of Object.entries(meanings)) {
        const label = row(page, field).locator('.codes label', { has: page.locator(`code:text-is("${text}")`) });
        if ((await label.locator('select').inputValue()) === code) continue;
        await chooseFrom(page, label.locator('select'), code);
        await label.and(page.locator(':not(.waits)')).waitFor();
      }
      await settled(page, field);
    }
  }

  async function mendUnit(page: Page): Promise<void> {
    await chooseFrom(page, row(page, 'creatinine').getByLabel('Unit in the file'), 'umol/L');
    await settled(page, 'creatinine');
  }

  it('reads, maps, mends a unit, leaves out who opted out, and is ready with one message', async () => {
    const study = await client.create(withRoundsAlone(8)(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
    const invited = await client.invite(study, 'Nemocnice Brod');
    const tab = await openTab(
      {
        ...{ browser, origin: server.origin, name: 'Nemocnice Brod', backend: 'plain' },
        onFrame: () => true,
        onBytes: (_tab, direction, frame) => direction === 'up' && sent.push(frame),
      },
      new URL(invited.link).hash,
    );
    const { page } = tab;
    await enrol(tab, invited.secret);
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await giveFile(page, 'csv', EXPORT);

    // What the file is, and whom it names.
    await page.locator('.file-line', { hasText: '310 rows' }).waitFor();
    await expect.poll(() => page.locator('file-drop').textContent()).toContain('Windows-1250, semicolon, decimal comma');
    await expect.poll(() => page.locator('.chip.withheld', { hasText: 'jméno' }).textContent()).toContain('recognised as a name: not read');
    expect(await page.getByText('Dvořák').count()).toBe(0);

    await mapByKeyboard(page);
    const creatinine = row(page, 'creatinine');
    expect(await creatinine.locator('.map-why').textContent()).toContain('The values look like µmol/L: choose the unit.');
    expect(await page.getByRole('button', { name: 'Check the table' }).isEnabled()).toBe(false);
    await mendUnit(page);
    await creatinine.locator('figure', { hasText: 'as the study will read them' }).waitFor();

    // A step back and forth again.
    await pressButton(page, 'Undo');
    await row(page, 'creatinine').and(page.locator('[data-certainty=open]')).waitFor();
    await pressButton(page, 'Redo');
    await row(page, 'creatinine').and(page.locator('[data-certainty=open]')).waitFor({ state: 'detached' });

    expect(await seriousFindings(page)).toEqual([]);
    await pressButton(page, 'Check the table');
    await page.getByRole('heading', { name: 'Quality report' }).waitFor();
    await giveFile(page, 'exclusions', OPT_OUTS);
    await page.getByText('12 rows of patients who opted out are excluded.').waitFor();
    expect(await page.locator('[data-check="unit:creatinine"]').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);

    const before = sent.length;
    await pressButton(page, 'I am ready');
    await page.getByRole('heading', { name: 'Waiting for the other hospitals' }).waitFor();
    const said = sent.slice(before).filter((frame) => frame.includes('"say"'));
    expect(said).toHaveLength(1);
    expect(said[0]?.toString()).toContain('"kind":"ready"');
    const view = await client.view(study);
    expect(view.sites[0]).toMatchObject({ ready: true, bands: { rows: '200-499' } });

    await beginStudy(study, tab);
    await reloads(study, tab);
    noRowLeft(tab);
  });

  /** Three more hospitals; the study runs until an update is released, then pauses. */
  async function beginStudy(study: string, tab: HospitalTab): Promise<void> {
    const others: HospitalTab[] = [];
    for (const { name, csv } of DEMO_HOSPITALS.slice(1)) {
      const { link, secret } = await client.invite(study, name);
      const other = await openTab({ browser, origin: server.origin, name, backend: 'plain' }, new URL(link).hash);
      others.push(other);
      await enrol(other, secret);
      await other.page.locator('input[name=csv]').setInputFiles(csv);
      await sayReady(other);
    }
    await client.until(study, (view) => view.sites.filter(({ ready }) => ready).length === 4);
    await client.act(study, 'start');
    await compareWords([tab, ...others]);
    for (const each of [tab, ...others]) await sign(each);
    await client.until(study, ({ timeline }) => timeline.some(({ kind, outcome }) => kind === 'statistics' && outcome === 'released'));
    await client.act(study, 'pause');
    await client.until(study, ({ phase }) => phase === 'paused');
  }

  async function reloads(study: string, { page }: HospitalTab): Promise<void> {
    await page.reload();
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    // Another hospital's export in the same form: the mapping of before fits it, the rows are not the frozen ones.
    const other = messyFile(1);
    await giveFile(page, 'csv', asFile('export.csv', other.bytes));
    await giveFile(page, 'exclusions', OPT_OUTS);
    await pressButton(page, 'Read the file');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('This is not the file used before.');
    expect(await alert.textContent()).toContain('Nothing of the file was sent.');

    await page.reload();
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await giveFile(page, 'csv', EXPORT);
    await giveFile(page, 'exclusions', OPT_OUTS);
    await pressButton(page, 'Read the file');
    // Back where the study is; rounds that this page load has not seen are over for it.
    await page.getByRole('heading', { level: 1, name: /^(?:Signed|Paused)$/ }).waitFor();
    await client.until(study, (view) => view.sites.filter(({ ready, connected }) => ready && connected).length === 4);
  }

  /** Names, patient numbers, texts and values of the rows, in each form they could have, are in nothing that was sent. */
  function noRowLeft(tab: HospitalTab): void {
    const all = [...sent, ...tab.requests.map((request) => Buffer.from(request))];
    const decoded = new TextDecoder('windows-1250').decode(bytes);
    const [, first = ''] = decoded.split('\r\n');
    const patterns = [
      ...[...EXCLUDED, 'Dvořák', 'kreatinin', 'kouření', 'bývalý', 'rod_cislo_pac', 'opt-outs', 'export.csv', first].map((text) =>
        Buffer.from(text),
      ),
      bytes.subarray(200, 240),
    ];
    for (const pattern of patterns) expect(all.filter((frame) => frame.includes(pattern)).length, pattern.toString('latin1')).toBe(0);
    // The search finds what is there.
    expect(all.some((frame) => frame.includes('Nemocnice Brod') || frame.includes('"kind":"ready"'))).toBe(true);
    expect(tab.errors).toEqual([]);
  }

  it('keeps what was read of a large table quick, and the page free all the while', async () => {
    const study = await client.create(readFileSync(DEMO_PLAN, 'utf8'), 'plan.yaml');
    const { link, secret } = await client.invite(study, 'Large');
    const tab = await openTab({ browser, origin: server.origin, name: 'Large', backend: 'plain' }, new URL(link).hash);
    const { page } = tab;
    await enrol(tab, secret);
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const blocked: number[] = [];
      Object.assign(globalThis, { blocked });
      new PerformanceObserver((list) => blocked.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    });
    const large = largeFile(100_000, 50);
    // From the disk, as a person's file: bytes handed over by the test would be unpacked in the page.
    const largePath = join(folder, 'large.csv');
    writeFileSync(largePath, large);
    const startedAt = Date.now();
    const since = () => (Date.now() - startedAt) / 1000;
    await page.locator('input[name=csv]').setInputFiles(largePath);
    await page.locator('.first-rows').waitFor();
    const previewSeconds = since();
    await page.getByRole('heading', { name: 'Quality report' }).waitFor({ timeout: 120_000 });
    const checkedSeconds = since();
    const blocked = (await page.evaluate('blocked')) as number[];
    const longest = Math.max(0, ...blocked);
    console.log(
      `100,000 × 50 (${(large.length / 1e6).toFixed(1)} MB): preview ${previewSeconds.toFixed(1)} s, checked ${checkedSeconds.toFixed(1)} s, longest task of the page ${longest.toFixed(0)} ms`,
    );
    expect(await page.locator('.file-line').textContent()).toContain('100,000 rows');
    expect(await page.getByRole('button', { name: 'I am ready' }).isEnabled()).toBe(true);

    // Reading it again, and away in the middle.
    await page.locator('input[name=csv]').setInputFiles([]);
    await page.locator('input[name=csv]').setInputFiles(largePath);
    await pressButton(page, 'Cancel');
    await page.getByText('Cancelled. Nothing was kept and nothing was sent.').waitFor();
    await page.locator('input[name=csv]').setInputFiles(DEMO_HOSPITALS[1]?.csv ?? '');
    await page.getByRole('heading', { name: 'Quality report' }).waitFor();
    expect(tab.errors).toEqual([]);
    await tab.context.close();
  });

  it('shows and offers again the mapping of the last visit, and takes a saved one', async () => {
    const study = await client.create(readFileSync(DEMO_PLAN, 'utf8'), 'plan.yaml');
    const { link, secret } = await client.invite(study, 'Again');
    const tab = await openTab({ browser, origin: server.origin, name: 'Again', backend: 'plain' }, new URL(link).hash);
    const { page } = tab;
    await enrol(tab, secret);
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await page.locator('input[name=csv]').setInputFiles(EXPORT);
    await mapByKeyboard(page);
    await mendUnit(page);
    await tabTo(page, page.getByRole('button', { name: 'Save the mapping' }));
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const saved = readFileSync(await download.path(), 'utf8');
    for (const patient of patients) expect(saved).not.toContain(patient);
    // What the lists show is what was taken: each text has the code that a person gave it.
    const mapping = parseMapping(JSON.parse(saved));
    const codesOf = (codes: readonly { from: string; to: string }[] = []) => Object.fromEntries(codes.map(({ from, to }) => [from, to]));
    const smoker = mapping.features.smoker;
    expect(codesOf(smoker !== undefined && 'codes' in smoker ? smoker.codes : [])).toEqual(CODES.smoker);
    expect(codesOf(mapping.outcome.readmitted?.codes)).toEqual(CODES.readmitted);
    expect(mapping.features.creatinine).toMatchObject({ column: 'kreatinin', unit: 'umol/L' });
    await pressButton(page, 'Check the table');
    await page.getByRole('heading', { name: 'Quality report' }).waitFor();
    await page.reload();
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    await page.locator('input[name=csv]').setInputFiles(EXPORT);
    await page.getByText('As on your last visit.').waitFor();
    await page.getByRole('heading', { name: 'Quality report' }).waitFor();

    const elsewhere = await openTab(
      { browser, origin: server.origin, name: 'Fresh', backend: 'plain' },
      new URL((await client.invite(study, 'Fresh')).link).hash,
    );
    await elsewhere.context.close();
    await page.locator('summary', { hasText: 'Fields and columns' }).click();
    await page
      .locator('input[name=mapping]')
      .setInputFiles({ name: 'not.json', mimeType: 'application/json', buffer: Buffer.from('{"mapping":2}') });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('This is not a mapping.');
    await page
      .locator('input[name=mapping]')
      .setInputFiles({ name: 'mapping.json', mimeType: 'application/json', buffer: Buffer.from(saved) });
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await tab.context.close();
  });
});
