/**
 * An invited hospital's tab on its way in, as a person goes it, by keyboard alone: file and words kept, two words typed, the list's words
 * compared with the others.
 */
import type { Page } from 'playwright';
import type { HospitalTab } from './hospital-tab.ts';
import { type FileOfTest, giveFile, pressButton, saveFrom, typeInto } from './keyboard.ts';

/** What a person keeps. */
export interface Kept {
  /** Text of the recovery file, as it was downloaded. */
  readonly file: string;
  readonly words: readonly string[];
}

/** Joins by the invitation's secret; the link was opened before. */
export async function enrol(tab: HospitalTab, secret: string): Promise<Kept> {
  const kept = await keepBoth(tab, secret);
  await takeSeat(tab);
  return kept;
}

/** Everything before the last press: file and words are kept, two words and the person's name are typed. */
export async function keepBoth({ page }: HospitalTab, secret: string): Promise<Kept> {
  await enterSecret(page, secret);
  const kept = await saveBoth(page);
  await pressButton(page, 'I have kept both');
  await typeAskedWords(page, kept.words);
  await giveFile(page, 'recovery', asRecoveryFile(kept.file));
  await typeInto(page, page.getByLabel('Your name'), 'Ada');
  return kept;
}

/** A recovery file as it lies on a disk. */
export const asRecoveryFile = (text: string): FileOfTest => ({
  name: 'recovery.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Saves the recovery file and reads the words. */
export async function saveBoth(page: Page): Promise<Kept> {
  const file = await saveFrom(page, 'Save the recovery file');
  return { file, words: await page.locator('[data-passphrase] code').allTextContents() };
}

/** The two words that are asked for. */
export async function typeAskedWords(page: Page, words: readonly string[]): Promise<void> {
  await page.locator('input[name=word]').nth(1).waitFor();
  for (const label of await page.locator('label:has(input[name=word])').all()) {
    const place = Number(/\d+/.exec((await label.textContent()) ?? '')?.[0]);
    await typeInto(page, label.locator('input'), words[place - 1] ?? '');
  }
}

/** The last press: from here on the hospital is one of the study's, in the order in which they come. */
export async function takeSeat({ page }: HospitalTab): Promise<void> {
  await pressButton(page, 'Join the study');
}

export async function enterSecret(page: Page, secret: string): Promise<void> {
  await typeInto(page, page.getByLabel('Invitation secret'), secret);
  await pressButton(page, 'Go on');
}

/** The words that a tab shows of its list; the ones to be heard are empty. */
export async function wordsShown({ page }: HospitalTab): Promise<readonly string[]> {
  await page.locator('[data-roster-words] li').nth(11).waitFor({ timeout: 60_000 });
  const items = await page.locator('[data-roster-words] li').all();
  return Promise.all(items.map(async (item) => ((await item.locator('code').count()) === 0 ? '' : ((await item.textContent()) ?? ''))));
}

/** What one hospital must type, as the other one reads it out. */
export async function readOut(tab: HospitalTab, others: readonly HospitalTab[]): Promise<readonly { place: number; word: string }[]> {
  await wordsShown(tab);
  const places = await tab.page.locator('[data-heard]').evaluateAll((fields) => fields.map((field) => Number(field.dataset.heard)));
  const read = await Promise.all(others.map(wordsShown));
  return places.map((place) => ({ place, word: read.map((words) => words[place]).find((word) => word !== '') ?? '' }));
}

/** Every hospital compares the list's words with the others and then has the page to sign. */
export async function compareWords(tabs: readonly HospitalTab[]): Promise<void> {
  const heard = await Promise.all(
    tabs.map((tab) =>
      readOut(
        tab,
        tabs.filter((other) => other !== tab),
      ),
    ),
  );
  const compare = async ({ page }: HospitalTab, at: number): Promise<void> => {
    for (const { place, word } of heard[at] ?? []) await typeInto(page, page.locator(`[data-heard="${place}"]`), word);
    await pressButton(page, 'Compare');
    await page.getByRole('heading', { name: 'Sign the plan' }).waitFor();
  };
  await Promise.all(tabs.map(compare));
}
