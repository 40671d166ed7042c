/** Findings of axe-core that matter on a page as it stands. */
import axe from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';

/** Serious and critical ones, by rule and place. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0].html })))',
  )) as readonly { readonly id: string; readonly impact: string; readonly html: string }[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, html }) => `${id}: ${html.slice(0, 160)}`);
}

/** Nothing is wrong for a screen reader, and nothing has to be scrolled sideways. */
export async function expectSound(page: Page): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}
