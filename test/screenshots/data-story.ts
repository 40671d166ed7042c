/** A hospital's own export becoming a checked table: every state of the data page, with a file that leaves nothing to chance. */

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { DEMO_PLAN } from '../world/demo-hospitals.ts';
import { joinInvited, openTab } from '../world/hospital-tab.ts';
import { messyFile } from '../world/messy-file.ts';
import { signIn, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';

export async function tellData(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  try {
    const client = await signIn(server);
    const study = await client.create(readFileSync(DEMO_PLAN, 'utf8'), 'plan.yaml');
    const { link, secret } = await client.invite(study, 'Nemocnice Brod');
    const tab = await openTab({ browser, origin: server.origin, name: 'Nemocnice Brod' }, new URL(link).hash);
    const { page } = tab;
    await joinInvited(tab, secret);
    await page.locator('input[name=csv]').waitFor();
    await camera.take('data-empty', page);
    const { bytes } = messyFile();
    await page.locator('input[name=csv]').setInputFiles({ name: 'export_2026.csv', mimeType: 'text/csv', buffer: bytes });
    await page.locator('.columns').waitFor();
    await camera.take('data-columns', page);
    await page.locator('summary', { hasText: 'First rows' }).click();
    await camera.take('data-preview', page);
    await page.locator('summary', { hasText: 'First rows' }).click();
    await page.locator('[data-field=creatinine] select').first().selectOption('kreatinin');
    await page.locator('[data-field=creatinine]').getByLabel('Unit in the file').selectOption('umol/L');
    await page.locator('[data-field=creatinine] .legend').waitFor();
    await camera.take('data-unit', page);
    await tab.context.close();
  } finally {
    await server.dispose();
  }
}
