/**
 * A hospital's first hour as one story in a real tab, from the invitation to the deleted traces: by keyboard alone, at 200 % zoom (640 points wide,
 * two pixels a point), in front of a cable that can be pulled. The other three hospitals are real tabs too, and go the same way by keyboard.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StudyView } from '@consilium/shared/federation';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { createAskedGate, type Held } from '../world/asked-gate.ts';
import { expectSound } from '../world/audit-page.ts';
import { type Cable, expectSilence, layCable } from '../world/cable.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from '../world/demo-hospitals.ts';
import { compareWords, enterSecret, type Kept, readOut, saveBoth } from '../world/enrol-tab.ts';
import { type HospitalTab, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { comeIn, getReady } from '../world/invited-hospital.ts';
import { entriesByStore } from '../world/kept-by-browser.ts';
import { giveCsv, pressButton, saveFrom, typeInto, unfold } from '../world/keyboard.ts';
import { expectListEquals } from '../world/listed-ledger.ts';
import { lockOut, takeOver } from '../world/other-device.ts';
import { pressOfAMouse, watchPointers } from '../world/pointers.ts';
import { type ConsoleClient, type ServerProcess, signIn, startServer } from '../world/server.ts';
import { compareAfterSlips, takeSeatAfterSlips } from '../world/slips.ts';
import { expectServedAsBuilt, verify } from '../world/verifier.ts';

const [OWN, ...OTHERS] = DEMO_HOSPITALS as [(typeof DEMO_HOSPITALS)[0], ...typeof DEMO_HOSPITALS];
const PAGE = { locale: 'en-GB', viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, reducedMotion: 'reduce' } as const;

describe('a hospital’s first hour, by keyboard alone and at 200 %', () => {
  const folder = mkdtempSync(join(tmpdir(), 'consilium-first-hour-'));
  const gate = createAskedGate();
  const pointers: (readonly string[])[] = [];
  const others = new Map<string, HospitalTab>();
  const kept = new Map<string, Kept>();
  let held: Held;
  let browser: Browser;
  let server: ServerProcess;
  let client: ConsoleClient;
  let cable: Cable;
  let tab: HospitalTab;
  let page: Page;
  let study = '';

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startServer();
    cable = await layCable(server.origin);
    client = await signIn(server);
    study = await client.create(withRoundsAlone(6)(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
  });
  afterAll(async () => {
    await browser?.close();
    await cable?.close();
    await server?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const newContext = async () => {
    const context = await browser.newContext(PAGE);
    pointers.push(await watchPointers(context));
    return context;
  };
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const trouble = (code: string) => page.locator(`[data-code="${code}"]`).waitFor();
  const total = async () => (await page.locator('egress-ledger summary .quiet').first().innerText()).trim();
  const messages = async () => Number(/^\d*/.exec(await total())?.[0]);
  const areAllThere = ({ sites }: StudyView) => sites.filter(({ ready }) => ready).length === 4;
  const counted = (view: StudyView, round: number) =>
    view.timeline.find((one) => one.round === round && one.outcome === 'released')?.survivors.toSorted();

  async function goOnAfterStop(): Promise<void> {
    await pressButton(page, 'Take part again');
    await giveCsv(page, OWN.csv);
  }

  it('opens the link: browser fit, who serves the page and how to check it, a secret that counts once, file and words kept', async () => {
    const invited = await Promise.all(
      OTHERS.map(async ({ name }) =>
        comeIn({ browser, origin: server.origin, name, backend: 'plain', context: await newContext() }, client, study),
      ),
    );
    for (const [at, one] of invited.entries()) {
      await getReady(one, OTHERS[at]!.csv);
      others.set(one.tab.name, one.tab);
      kept.set(one.tab.name, one.kept);
    }

    const { link, secret } = await client.invite(study, OWN.name);
    const options = { browser, origin: cable.origin, name: OWN.name, backend: 'plain', context: await newContext(), onFrame: gate.onFrame };
    tab = await openTab(options, new URL(link).hash);
    page = tab.page;
    await heading('Join by invitation');
    await unfold(page, 'How rows are kept here');
    const checks = await page.locator('.panel .checks .mark').allInnerTexts();
    expect([checks.length > 6, new Set(checks)]).toEqual([true, new Set(['ready'])]);
    await unfold(page, `Served by the coordinator, ${cable.origin}`);
    await expectServedAsBuilt(page);
    await expectSound(page);

    await enterSecret(page, 'not-the-secret');
    await trouble('invitation-unknown');
    await enterSecret(page, invited[0]!.secret);
    await trouble('invitation-used');
    await enterSecret(page, secret);
    await heading('Keep this hospital’s recovery file');
    await expectSound(page);
    const own = await saveBoth(page);
    kept.set(OWN.name, own);
    expect(own.words).toHaveLength(7);
    await pressButton(page, 'I have kept both');
    await heading('Two words from your paper');
    await takeSeatAfterSlips(tab, own);
    await page.locator('input[name=csv]').waitFor({ state: 'attached' });
    expect(await page.locator('.banner').textContent()).toContain('Not confirmed yet: which hospitals take part.');
    expect(await page.locator('header').innerText()).toMatch(/harbour\s*\(data protection officer\)/);
  });

  it('reads its file here and says ready in one message; stops and leaves at once with the cable pulled, over a reload too, and comes back', async () => {
    await page.getByText('connected', { exact: true }).waitFor();
    await page.waitForTimeout(500); // what the connection itself says is listed by then
    const before = await total();
    await giveCsv(page, OWN.csv);
    await heading('Quality report');
    const report = () => page.locator('main').innerText();
    for (const words of ['read in this browser. Nothing of it is sent.', 'Training\n190', 'Validation\n26', 'Test\n94'])
      await expect.poll(report).toContain(words);
    await expectSound(page);
    expect(await total()).toBe(before);
    const sent = await messages();
    await pressButton(page, 'I am ready');
    await heading('Waiting for the other hospitals');
    await expect.poll(messages).toBe(sent + 1);
    await unfold(page, 'What left this browser');
    expect(await page.locator('.ledger li').first().innerText()).toContain('readiness, banded counts');
    await unfold(page, 'What left this browser');

    // Who leaves now has told nobody, and is told so; nothing follows when the cable is back.
    cable.unplug();
    await pressButton(page, 'Leave this study…');
    await pressButton(page, 'Leave');
    await trouble('left-untold');
    await expectSilence(cable);
    await goOnAfterStop();
    await heading('Waiting for the other hospitals');

    cable.unplug();
    await pressButton(page, 'Stop now');
    await heading('Stopped');
    await expectSilence(cable);
    await unfold(page, 'What left this browser');
    await page.locator('.ledger li').getByText('Stopped here. Nothing left after this.').waitFor();
    await expectSound(page);
    // A reload asks for the pages and for nothing that speaks for the hospital.
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.reload();
    await heading('Stopped');
    await page.waitForTimeout(1000);
    expect(sockets.filter((url) => url.includes('socket.io'))).toEqual([]);
    await goOnAfterStop();
    await heading('Waiting for the other hospitals');
  });

  it('compares the list, reads the plan, sets limits of its own and signs: two of four, and no round before the fourth', async () => {
    await client.until(study, areAllThere);
    await client.act(study, 'start');
    const heard = await readOut(tab, [...others.values()]);
    expect(heard).toHaveLength(3);
    expect(heard.every(({ word }) => word !== '')).toBe(true);
    expect(await page.getByRole('button', { name: 'Sign and take part' }).count()).toBe(0);
    await expectSound(page);
    await compareAfterSlips(page, heard);
    await heading('Sign the plan');
    expect(await page.locator('.banner').count()).toBe(0);
    const plan = await page.locator('main').innerText();
    for (const words of ['Show how four hospitals train one model together', 'HbA1c', 'What leaves, and who can read it', 'nobody alone'])
      expect(plan).toContain(words);
    await unfold(page, 'Your hospital’s own limits');
    await typeInto(page, page.getByLabel('Smallest group of patients a plan may show'), '9');
    await pressButton(page, 'Keep these limits');
    await page.getByText('Kept in this browser.').waitFor();
    await expectSound(page);

    await compareWords([...others.values()]);
    await pressButton(page, 'Sign and take part');
    await page.getByText('1 of 4 hospitals have signed.').waitFor();
    const [second, third, fourth] = [...others.values()];
    await sign(second!);
    await page.getByText('2 of 4 hospitals have signed.').waitFor();
    await sign(third!);
    await page.getByText('3 of 4 hospitals have signed.').waitFor();
    expect((await client.view(study)).timeline).toEqual([]);
    const asked = gate.holdFrom(0);
    await sign(fourth!);
    held = await asked;
  });

  it('loses its rows with a reload in the middle of a round: another file is refused, the same one is back in the next round', async () => {
    expect(await page.locator('main').innerText()).toMatch(/Round \d+: network update/);
    const lost = held.round;
    await client.act(study, 'pause');
    await page.reload();
    held.pass(false);
    await page.getByText('Choose the same file').first().waitFor();
    await giveCsv(page, OTHERS[0]!.csv);
    await trouble('other-file');
    await expectSound(page);
    await giveCsv(page, OWN.csv);
    await trouble('coordinator'); // paused, and back
    await client.until(study, areAllThere);
    // Stopped between the question and the answer, while the cable is there.
    const asked = gate.holdFrom(lost + 2);
    await client.act(study, 'resume');
    held = await asked;
    await client.act(study, 'pause');
    await pressButton(page, 'Stop now');
    await heading('Stopped');
    held.pass(true);
    await expectSilence(cable);
    const view = await client.view(study);
    expect(counted(view, lost)).toEqual(['lakeside', 'northfield', 'st-alban']);
    expect(counted(view, lost + 1)).toEqual(['harbour', 'lakeside', 'northfield', 'st-alban']);
  });

  it('is back in the next round after the stop; then another hospital comes by its recovery file and sits out one sum by name', async () => {
    const stopped = held.round;
    await goOnAfterStop();
    await trouble('coordinator'); // paused, and back
    await client.until(study, areAllThere);
    const back = gate.holdFrom(stopped + 1);
    await client.act(study, 'resume');
    held = await back;
    await client.act(study, 'pause');
    held.pass(true);
    await client.until(study, (view) => counted(view, stopped + 1) !== undefined);

    const before = others.get('lakeside')!;
    const options = { browser, origin: server.origin, name: 'lakeside', backend: 'plain', context: await newContext() };
    const anew = await takeOver(options, study, kept.get('lakeside')!);
    await before.page.locator('[data-code=device-replaced]').waitFor();
    others.set('lakeside', anew);
    await giveCsv(anew.page, OTHERS[0]!.csv);
    await sayReady(anew);
    // It compares the list again; the ones that have signed still have its words within reach.
    await unfold(page, 'The list of hospitals in twelve words');
    await expectSound(page);
    for (const { place, word } of await readOut(anew, [tab])) await typeInto(anew.page, anew.page.locator(`[data-heard="${place}"]`), word);
    await pressButton(anew.page, 'Compare');
    await sign(anew);
    await anew.page.getByRole('heading', { name: 'Signed', exact: true }).waitFor();
    await client.until(study, areAllThere);
    // Held in the sum that it sits out, so that there is time to read.
    const asked = gate.holdFrom(stopped + 2);
    await client.act(study, 'resume');
    held = await asked;
    await anew.page.locator('[data-code=answered-elsewhere]').getByText('This device came by the recovery file').waitFor();
    held.pass(true);
    const view = await client.until(study, ({ phase }) => phase === 'finished');
    expect(counted(view, stopped)).toEqual(['lakeside', 'northfield', 'st-alban']);
    expect(counted(view, stopped + 1)).toEqual(['harbour', 'lakeside', 'northfield', 'st-alban']);
    expect(counted(view, stopped + 2)).toEqual(['harbour', 'northfield', 'st-alban']);
    expect(counted(view, stopped + 3)).toEqual(['harbour', 'lakeside', 'northfield', 'st-alban']);
  });

  it('shows its results, and proves what left: totals as the coordinator counted them to the byte, and a record that is intact', async () => {
    await untilResults(tab);
    await page.getByRole('region', { name: 'At your hospital', exact: true }).waitFor();
    await expectSound(page);
    const told = (await client.traffic(study)).harbour as unknown as { contentUp: number; messagesUp: number };
    await expectListEquals(page, { messages: told.messagesUp, bytes: told.contentUp });

    await unfold(page, 'Record of this hospital');
    const record = await saveFrom(page, 'Save the record');
    await pressButton(page, 'Show the record');
    await page.getByText('Signed: unmask').first().waitFor();
    await expectSound(page);
    const path = join(folder, 'record.jsonl');
    writeFileSync(path, record);
    expect(await verify(path, '--report')).toContain('is intact');
  });

  it('leaves with a last signed word, and deletes its traces, keys last', async () => {
    await pressButton(page, 'Leave this study…');
    await pressButton(page, 'Leave');
    await trouble('left');
    await expectSilence(cable);
    expect((await client.view(study)).sites.find(({ id }) => id === 'harbour')?.status).toBe('left');
    const entries = await entriesByStore(page);
    for (const name of ['audit', 'keys', 'ledger', 'mappings', 'memberships', 'policies', 'records'])
      expect([name, (entries[name] ?? 0) > 0]).toEqual([name, true]);
    await pressButton(page, 'Delete what this browser keeps…');
    await expectSound(page);
    await pressButton(page, 'Delete');
    await heading('Train one model together. Patient rows stay in this browser.');
    expect(Object.values(await entriesByStore(page)).reduce((sum, count) => sum + count, 0)).toBe(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it('asked one host for anything, and no page of the story felt a pointer; a stolen device is locked out from a phone', async () => {
    const phone = { browser, origin: server.origin, name: 'phone', backend: 'plain', context: await newContext() };
    await lockOut(phone, study, kept.get('st-alban')!, others.get('st-alban')!);
    expect([...tab.hosts]).toEqual([new URL(cable.origin).host]);
    for (const { errors } of [tab, ...others.values()]) expect(errors.filter((text) => !/ERR_|Failed to fetch/.test(text))).toEqual([]);
    expect(pointers.flat()).toEqual([]);
    const felt = await pressOfAMouse(browser); // the watch would have seen one
    await expect.poll(() => [...felt]).toEqual(['pointerdown', 'mousedown', 'click']);
    expect(pointers).toHaveLength(6);
  });
});
