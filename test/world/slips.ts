/** What a person gets wrong on the way in before getting it right, by keyboard alone: each slip is named and nothing is taken. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { expectSound } from './audit-page.ts';
import { asRecoveryFile, type Kept, takeSeat, typeAskedWords } from './enrol-tab.ts';
import type { HospitalTab } from './hospital-tab.ts';
import { chooseFrom, giveFile, pressButton, typeInto } from './keyboard.ts';

const named = (page: Page, code: string) => page.locator(`[data-code="${code}"]`).waitFor();

/** Words read wrongly from the paper, no file, half a file; then both as they are. */
export async function takeSeatAfterSlips(tab: HospitalTab, { words, file }: Kept): Promise<void> {
  const { page } = tab;
  // Not on the page while they are asked for.
  expect(await page.getByText(words.join(' ')).count()).toBe(0);
  await typeAskedWords(
    page,
    [...words].reverse().map((word) => `${word}x`),
  );
  await typeInto(page, page.locator('input[name=person]'), 'Ada');
  await chooseFrom(page, page.locator('select[name=role]'), 'data-protection-officer');
  await takeSeat(tab);
  await named(page, 'wrong-words');
  await expectSound(page);
  await typeAskedWords(page, words);
  await takeSeat(tab);
  await named(page, 'wrong-file');
  await giveFile(page, 'recovery', asRecoveryFile(file.slice(0, -9)));
  await takeSeat(tab);
  await named(page, 'wrong-file');
  await giveFile(page, 'recovery', asRecoveryFile(file));
  await takeSeat(tab);
}

/** A slip of the keyboard, then a word of another list, then what the others really see. */
export async function compareAfterSlips(page: Page, heard: readonly { readonly place: number; readonly word: string }[]): Promise<void> {
  const first = page.locator(`[data-heard="${heard[0]?.place}"]`);
  for (const { place, word } of heard) await typeInto(page, page.locator(`[data-heard="${place}"]`), word);
  await typeInto(page, first, 'zzzz');
  await pressButton(page, 'Compare');
  await named(page, 'unknown-word');
  await typeInto(page, first, heard[0]?.word === 'abandon' ? 'zoo' : 'abandon');
  await pressButton(page, 'Compare');
  await named(page, 'words-differ');
  expect(await page.getByText('The other hospital sees another list. Sign nothing.').isVisible()).toBe(true);
  expect(await page.locator('.banner').count()).toBe(1);
  await typeInto(page, first, heard[0]?.word ?? '');
  await pressButton(page, 'Compare');
}
