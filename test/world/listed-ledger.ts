/** The list of what left a hospital's browser, as its page saves it, against the coordinator's own count. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { saveFrom, unfold } from './keyboard.ts';

/** @param told - What the coordinator counted from this hospital. Secrets that it refused left the browser too, and it could count them for nobody. */
export async function expectListEquals(page: Page, told: { readonly messages: number; readonly bytes: number }): Promise<void> {
  await unfold(page, 'What left this browser');
  const listed = JSON.parse(await saveFrom(page, 'Save as JSON')) as {
    totals: { messages: number; bytes: number };
    entries: { kind: string; bytes: number; shape: string }[];
  };
  const refused = listed.entries.filter(({ kind }) => kind === 'invitation-refused');
  expect(refused).toHaveLength(2);
  const bytes = listed.totals.bytes - refused.reduce((sum, one) => sum + one.bytes, 0);
  expect({ messages: listed.totals.messages - 2, bytes }).toEqual(told);
  expect(listed.totals.messages).toBeGreaterThan(100);
  expect(listed.entries.find(({ kind }) => kind === 'blob')?.shape).toMatch(/^\d+ × 64 bit/);
  expect((await saveFrom(page, 'Save as CSV')).trimEnd().split('\r\n')).toHaveLength(listed.entries.length + 1);
}
