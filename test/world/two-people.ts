/**
 * A hospital whose plans two people sign, by keyboard alone: its tab, and a browser for each of the two. Up to the signatures, no rounds. The other hospitals
 * are keys over real sockets that say ready and compare words: they hold no rows.
 */
import { pbkdf2 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { toBase64 } from '@consilium/shared/crypto';
import { type Roster, rosterWords } from '@consilium/shared/identity';
import { readyBytes } from '@consilium/shared/protocol';
import type { Browser, Page } from 'playwright';
import { ask } from '../coordinator/world/coordinator.ts';
import { type Identity, newIdentity, openTab as openSocket, type Tab } from '../coordinator/world/tab.ts';
import { DEMO_HOSPITALS, DEMO_PLAN, withRoundsAlone } from './demo-hospitals.ts';
import { enrol, type Kept, wordsShown } from './enrol-tab.ts';
import { type HospitalTab, openTab } from './hospital-tab.ts';
import { chooseFrom, giveFile, pressButton, tabTo } from './keyboard.ts';
import type { ConsoleClient } from './server.ts';

/** Looked at in each state that is new to a reader: for axe, or for pictures. */
export type LookAt = (state: string, page: Page) => Promise<void>;

export interface Setting {
  readonly browser: Browser;
  readonly origin: string;
  readonly client: ConsoleClient;
  readonly look: LookAt;
}

export interface Story {
  readonly study: string;
  readonly site: string;
  readonly own: HospitalTab;
  readonly kept: Kept;
  readonly others: readonly Tab[];
}

const OWN = DEMO_HOSPITALS[0]!;
const OTHERS = ['Lakeside', 'Northfield'];

export const typeInto = async (page: Page, field: ReturnType<Page['locator']>, text: string): Promise<void> => {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
};

/** Tab to a summary, Enter. */
export const unfold = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, page.locator('summary', { hasText: name }));
  await page.keyboard.press('Enter');
};

/** A study that gathers: the hospital's own tab is ready, and so are two others. */
export async function gather({ browser, origin, client }: Setting): Promise<Story> {
  const study = await client.create(withRoundsAlone(2)(readFileSync(DEMO_PLAN, 'utf8')), 'plan.yaml');
  const { link, secret, site } = await client.invite(study, OWN.name);
  const own = await openTab({ browser, origin, name: OWN.name, backend: 'plain' }, new URL(link).hash);
  const kept = await enrol(own, secret);
  const { page } = own;
  await page.locator('input[name=csv]').waitFor({ state: 'attached' });
  await giveFile(page, 'csv', { name: 'patients.csv', mimeType: 'text/csv', buffer: readFileSync(OWN.csv) });
  await page.getByRole('heading', { name: 'Quality report' }).waitFor();
  await pressButton(page, 'I am ready');
  const others = await Promise.all(OTHERS.map((name) => otherHospital(origin, client, study, name)));
  await client.until(study, (view) => view.sites.filter(({ ready }) => ready).length === 3);
  return { study, site, own, kept, others };
}

async function otherHospital(origin: string, client: ConsoleClient, study: string, name: string): Promise<Tab> {
  const identity: Identity = newIdentity();
  const { site, secret } = await client.invite(study, name);
  const joined = await ask(origin, 'POST', `/api/studies/${study}/join`, { invitation: secret, certificate: identity.certificate(study) });
  if (joined.status !== 200) throw new Error(`join: ${JSON.stringify(joined.body)}`);
  const socket = await openSocket(origin, { study, site, identity });
  await socket.hello();
  const ready = { rows: '200-499', events: '50-99', checks: 'pass' } as const;
  const signature = toBase64(identity.sign(readyBytes({ study, id: site, ...ready })));
  const answer = await socket.emit('say', { protocol: 1, study, kind: 'ready', ...ready, signature });
  if (answer.ok !== true) throw new Error(`ready: ${JSON.stringify(answer)}`);
  return socket;
}

/** A person opens the link of the hospital's tab in a browser of its own and makes a key. @returns Its page, with the six words on it. */
export async function makeKey(
  { browser, origin, look }: Setting,
  link: string,
  { name, role }: { readonly name: string; readonly role: string },
): Promise<HospitalTab> {
  const tab = await openTab({ browser, origin, name }, new URL(link).pathname.slice(1) + new URL(link).hash);
  const { page } = tab;
  await page.getByRole('heading', { name: 'Sign for a hospital' }).waitFor();
  await look('person-introduce', page);
  await typeInto(page, page.locator('input[name=person]'), name);
  await chooseFrom(page, page.locator('select[name=role]'), role);
  await pressButton(page, 'Make my key');
  await page.getByRole('heading', { name: 'Read these six words' }).waitFor();
  await look('person-compare', page);
  return tab;
}

export const sixWords = (page: Page): Promise<string[]> => page.locator('[data-person-words] code').allTextContents();

/** The link that the hospital's tab shows. */
export async function linkOf(page: Page, action: string): Promise<string> {
  await pressButton(page, action);
  return page.locator('[data-person-link]').inputValue();
}

/** Types what a person reads out, at the hospital's tab. */
export async function hear(page: Page, words: readonly string[]): Promise<void> {
  await page.locator('[data-heard]').first().waitFor();
  for (const place of await page
    .locator('[data-heard]')
    .evaluateAll((fields) => fields.map((field) => Number((field as HTMLElement).dataset.heard))))
    await typeInto(page, page.locator(`[data-heard="${place}"]`), words[place] ?? '');
  await pressButton(page, 'Compare');
}

/** The recovery file and its words, for whatever is named on the button. */
export async function bringRecovery(page: Page, kept: Kept, action: string, words = kept.words.join(' ')): Promise<void> {
  await giveFile(page, 'recovery', { name: 'recovery.json', mimeType: 'application/json', buffer: Buffer.from(kept.file) });
  await typeInto(page, page.locator('input[name=words]'), words);
  await pressButton(page, action);
}

/** The twelve words of the list, as another hospital computes them from what it was told. */
export async function wordsOfList(other: Tab): Promise<readonly string[]> {
  const told = other.messages.findLast((message) => message.kind === 'roster');
  if (told === undefined) throw new Error('the list was not told');
  const roster = (told as { readonly roster: Roster }).roster;
  return rosterWords(roster, ({ secret, salt, iterations, length }) => promisify(pbkdf2)(secret, salt, iterations, length, 'sha256'));
}

/** The hospital's own tab: compares the list by telephone and signs for this browser. */
export async function signAtHospital({ page }: HospitalTab, words: readonly string[], look: LookAt): Promise<void> {
  await hear(page, words);
  await page.getByRole('heading', { name: 'Sign the plan' }).waitFor();
  await look('hospital-sign-with-people', page);
  await pressButton(page, 'Sign and take part');
  await page.getByRole('heading', { name: 'Signed' }).waitFor();
}

/** A person compares the list with the hospital's tab, which shows every word by then. */
export async function compareList(person: HospitalTab, hospital: HospitalTab, look: LookAt): Promise<void> {
  const { page } = person;
  await page.getByRole('heading', { name: 'Compare the list of hospitals' }).waitFor();
  await look('person-words', page);
  await hear(page, await wordsShown(hospital));
  await page.getByRole('heading', { name: 'Sign the plan' }).waitFor();
  await look('person-sign', page);
}
