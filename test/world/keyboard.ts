/** A page used by keyboard alone, as a person without a pointer would: Tab to a thing, then the keys it knows. */
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

/** Tab to a button, then Enter. */
export async function pressButton(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
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
