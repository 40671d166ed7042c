/** The console in a real tab, driven as its user would. */
import type { Page } from 'playwright';
import { OWNER } from '../world/server.ts';

export async function openConsole(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/console`);
  await page.locator('input[name=code]').waitFor();
}

/** Makes the owner's account with the printed code. */
export async function enterCode(page: Page, code: string | null): Promise<void> {
  await page.locator('input[name=code]').fill(code ?? '');
  await page.locator('input[name=name]').fill(OWNER.name);
  await page.locator('input[name=new]').fill(OWNER.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
}

export async function openStudy(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Opens or closes a part of the page that can be folded. */
export async function toggle(page: Page, summary: string): Promise<void> {
  await page.locator('summary', { hasText: summary }).click();
}

/** Waits until the open study is in a phase. */
export async function untilPhase(page: Page, phase: string, seconds = 180): Promise<void> {
  await page.locator(`[data-phase=${phase}]`).waitFor({ timeout: seconds * 1000 });
}

/** Waits until so many hospitals of the open study have a status. */
export async function untilStatus(page: Page, status: string, count: number): Promise<void> {
  await page
    .locator(`[data-status=${status}]`)
    .nth(count - 1)
    .waitFor({ timeout: 60_000 });
}

/** Chooses a plan file and asks for the study. */
export async function offerPlan(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[name=plan]').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
  await press(page, 'Create the study');
}
