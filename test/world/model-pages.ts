/** The pages that deal with a finished study's models, driven as people would: the console's list, the hospital's, and the one that uses a file. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { OWNER } from './server.ts';

/** Signs in to the console of a coordinator that has an owner, and opens a study. */
export async function openConsoleStudy(page: Page, origin: string, title: string): Promise<void> {
  await page.goto(`${origin}/console`);
  await page.locator('input[name=name]').fill(OWNER.name);
  await page.locator('input[name=password]').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: title }).click();
  await page.locator('study-models article').first().waitFor();
}

/** Presses a button that saves a file. @returns Where the file is. */
export async function saved(page: Page, button: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const path = join(mkdtempSync(join(tmpdir(), 'consilium-saved-')), download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** Opens the page that uses a model's file, gives it a model, and, unless null, patients. */
export async function useModel(page: Page, origin: string, model: string, patients: string | null): Promise<void> {
  await page.goto(`${origin}/use.html`);
  await page.locator('input[name=model]').setInputFiles(model);
  await page.locator('section[data-model]').waitFor();
  if (patients === null) return;
  await page.locator('input[name=rows]').setInputFiles(patients);
  await page.locator('section[data-scored]').waitFor();
}

/** Shows the patient of a scored row. @returns The risk on the page. */
export async function riskOfRow(page: Page, row: number): Promise<number> {
  await page.getByRole('button', { name: `Show the patient of row ${row}`, exact: true }).click();
  await page.locator('model-patient p', { hasText: `Row ${row} of the file` }).waitFor();
  const answer = page.locator('section[data-risk]');
  await answer.waitFor();
  return Number(await answer.getAttribute('data-risk'));
}
