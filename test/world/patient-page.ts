/** The page of one patient, driven as a clinician would, and read by what it holds. */
import type { Locator, Page } from 'playwright';

/** @returns Test rows that the page offers, as the file numbers them. */
export async function openPatients(page: Page): Promise<number[]> {
  await page.getByRole('button', { name: 'A patient' }).click();
  await page.getByRole('heading', { level: 1, name: 'A patient' }).waitFor();
  const values = await page.locator('select[name=row] option').evaluateAll((all) => all.map((one) => one.getAttribute('value')));
  return values.filter((value) => value !== '' && value !== null).map(Number);
}

export interface ShownEstimate {
  readonly risk: number;
  readonly reference: number;
  readonly curve: readonly { readonly time: number; readonly risk: number }[];
  readonly sentence: string;
  /** The risk with a change that a trial speaks of, and the ends of the trial's interval; null where none is told. */
  readonly whatIf: { readonly changed: number; readonly low: number; readonly high: number } | null;
  /** Risks with and without the treatment, and the interval of the difference; null where the page shows none. */
  readonly treatment: { readonly with: number; readonly without: number; readonly low: number; readonly high: number } | null;
}

/** Picks a test row and asks. */
export async function pickRow(page: Page, row: number): Promise<void> {
  await page.locator('select[name=row]').selectOption(String(row));
  const field = page.locator('.patient-fields input').first();
  await expectFilled(field);
  await page.getByRole('button', { name: 'Show the estimate' }).click();
}

/** Picks a test row, asks, and reads the answer. */
export async function askForRow(page: Page, row: number): Promise<ShownEstimate> {
  await pickRow(page, row);
  const answer = page.locator('section[data-risk]');
  await answer.waitFor();
  const number = async (name: string): Promise<number> => Number(await answer.getAttribute(`data-${name}`));
  const curve = (await answer.getAttribute('data-curve')) ?? '';
  const effect = page.locator('section[data-with]');
  const told = (await effect.count()) === 0 ? null : effect;
  const part = async (name: string): Promise<number> => Number(await told?.getAttribute(`data-${name}`));
  const change = page.locator('p[data-what-if]');
  const end = async (name: string): Promise<number> => Number(await change.getAttribute(`data-${name}`));
  return {
    whatIf: (await change.count()) === 0 ? null : { changed: await end('changed'), low: await end('low'), high: await end('high') },
    risk: await number('risk'),
    reference: await number('reference'),
    curve: curve === '' ? [] : curve.split(' ').map((point) => ({ time: Number(point.split(':')[0]), risk: Number(point.split(':')[1]) })),
    sentence: await page.locator('p.risk').innerText(),
    treatment:
      told === null ? null : { with: await part('with'), without: await part('without'), low: await part('low'), high: await part('high') },
  };
}

/** The row's values arrive from the sealed worker. */
async function expectFilled(field: Locator): Promise<void> {
  while ((await field.inputValue()) === '') await field.page().waitForTimeout(20);
}

/** Changes the page's language as a person would. */
export async function speakGerman(page: Page): Promise<void> {
  await page.locator('label.language select').first().selectOption('de');
  await page.waitForFunction("document.documentElement.lang === 'de'");
}
