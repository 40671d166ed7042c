/** A hospital with its recovery file at another browser, by keyboard alone: it takes the place of the device before, or locks one out. */
import { expect } from 'vitest';
import { seriousFindings } from './audit-page.ts';
import { asRecoveryFile, type Kept } from './enrol-tab.ts';
import { type HospitalTab, openTab, type TabOptions } from './hospital-tab.ts';
import { giveFile, pressButton, typeInto } from './keyboard.ts';

async function open(options: TabOptions, study: string): Promise<HospitalTab> {
  const tab = await openTab(options, `#study=${study}`);
  await pressButton(tab.page, 'I have a recovery file');
  return tab;
}

/** With a cut file first, then other words; in the end this browser speaks for the hospital and asks for its file. */
export async function takeOver(options: TabOptions, study: string, kept: Kept): Promise<HospitalTab> {
  const tab = await open(options, study);
  const { page } = tab;
  await page.getByRole('heading', { name: 'Bring the recovery file' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await giveFile(page, 'recovery', asRecoveryFile(kept.file.slice(0, -20)));
  await typeInto(page, page.locator('input[name=words]'), 'seven words that are not the right ones');
  await pressButton(page, 'Open the file');
  await page.locator('[data-code=recovery-damaged]').waitFor();
  await giveFile(page, 'recovery', asRecoveryFile(kept.file));
  await pressButton(page, 'Open the file');
  await page.locator('[data-code=wrong-passphrase]').waitFor();
  await typeInto(page, page.locator('input[name=words]'), kept.words.join(' ').toUpperCase());
  await pressButton(page, 'Open the file');
  await page.getByRole('heading', { name: `Devices of ${options.name}` }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await pressButton(page, `Let this browser speak for ${options.name}`);
  await page.locator('input[name=csv]').waitFor({ state: 'attached' });
  return tab;
}

/** Asked once more, then the stolen device is told by itself, and this browser still shows it as suspended. */
export async function lockOut(options: TabOptions, study: string, kept: Kept, stolen: HospitalTab): Promise<void> {
  const { page, context } = await open(options, study);
  await giveFile(page, 'recovery', asRecoveryFile(kept.file));
  await typeInto(page, page.locator('input[name=words]'), kept.words.join(' '));
  await pressButton(page, 'Open the file');
  const name = /^Suspend [A-Za-z0-9+/]{8}$/;
  await pressButton(page, name);
  await pressButton(page, 'Keep it');
  expect(await page.locator('td').getByText('speaks for the hospital').count()).toBe(1);
  await pressButton(page, name);
  await pressButton(page, 'Suspend it');
  await stolen.page.locator('[data-code=device-suspended]').waitFor();
  await page.locator('td').getByText('suspended').waitFor();
  expect(await page.getByRole('button', { name }).count()).toBe(0);
  await context.close();
}
