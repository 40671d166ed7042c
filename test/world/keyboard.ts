/** A page used by keyboard alone, as a person without a pointer would: Tab to a thing, then the keys it knows. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright';

const MOST_TABS = 220;

export interface FileOfTest {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Presses Tab until the thing has the focus. Fails where it cannot be reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor({ state: 'attached' });
  for (let press = 0; press < MOST_TABS; press++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by ${MOST_TABS} presses of Tab: ${target}`);
}

/** Tab to a button, then Enter. @param name - The whole of it, or a pattern. */
export async function pressButton(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

/** Presses a button that saves a file. @returns Its text. */
export async function saveFrom(page: Page, button: string): Promise<string> {
  const saving = page.waitForEvent('download');
  await pressButton(page, button);
  return readFileSync(await (await saving).path(), 'utf8');
}

/** Tab to a field; what is typed takes the place of what was there. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Opens a part of the page, or closes it. */
export async function unfold(page: Page, summary: string | RegExp): Promise<void> {
  await tabTo(page, page.locator('summary', { hasText: summary }));
  await page.keyboard.press('Enter');
}

/** Ticks a box, or takes the tick away. */
export async function tick(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press('Space');
}

/** Tab to a file field, then Enter: the browser's own dialog gives the file. A press while the page is being drawn anew is made again. */
export async function giveFile(page: Page, field: string, file: FileOfTest): Promise<void> {
  for (let attempt = 0; attempt < 6; attempt++) {
    await tabTo(page, page.locator(`input[name=${field}]:not([disabled])`));
    const opened = page.waitForEvent('filechooser', { timeout: 5000 }).catch(() => null);
    await page.keyboard.press('Enter');
    const chooser = await opened;
    if (chooser !== null) return chooser.setFiles(file);
  }
  throw new Error(`the field "${field}" opened no dialog`);
}

/** Tab to the field for a hospital's file, then Enter. @param path - Of the file. */
export const giveCsv = (page: Page, path: string): Promise<void> =>
  giveFile(page, 'csv', { name: basename(path), mimeType: 'text/csv', buffer: readFileSync(path) });

/** Tab to a list, open it, go to the wanted entry, take it: one change, as a person makes it. */
export async function chooseFrom(page: Page, list: Locator, wanted: string): Promise<void> {
  await tabTo(page, list);
  const values = await list
    .locator('option:not([disabled])')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const chosen = await list.inputValue();
  const steps = values.indexOf(wanted) - values.indexOf(chosen);
  if (!values.includes(wanted)) throw new Error(`"${wanted}" is not offered; there are ${values.join(', ')}`);
  await page.keyboard.press('Space');
  for (let step = 0; step < Math.abs(steps); step++) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
  await page.keyboard.press('Enter');
  for (let wait = 0; wait < 50 && (await list.inputValue()) !== wanted; wait++) await page.waitForTimeout(100);
  const now = await list.inputValue();
  if (now !== wanted) throw new Error(`the list holds "${now}" and not "${wanted}"`);
}
