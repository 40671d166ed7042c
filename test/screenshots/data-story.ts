/** A hospital's own export becoming a checked table: every state of the data page, with a file that leaves nothing to chance. */

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { DEMO_PLAN } from '../world/demo-hospitals.ts';
import { enrol } from '../world/enrol-tab.ts';
import { openTab } from '../world/hospital-tab.ts';
import { messyFile } from '../world/messy-file.ts';
import { signIn, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';

const COLUMNS = {
  readmitted: 'znovu přijat',
  age: 'věk',
  systolic_bp: 'TK syst.',
  prior_admissions: 'příjmů za rok',
  smoker: 'kouření',
  length_of_stay: 'dny',
} as const;
const CODES = { smoker: { nikdy: '0', bývalý: '1', ano: '2' }, readmitted: { ne: '0', ano: '1' } } as const;

export async function tellData(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  try {
    const client = await signIn(server);
    const study = await client.create(readFileSync(DEMO_PLAN, 'utf8'), 'plan.yaml');
    const { link, secret } = await client.invite(study, 'Nemocnice Brod');
    const tab = await openTab({ browser, origin: server.origin, name: 'Nemocnice Brod' }, new URL(link).hash);
    const { page } = tab;
    await enrol(tab, secret);
    await page.locator('input[name=csv]').waitFor();
    await camera.take('data-empty', page);
    const { bytes, patients } = messyFile();
    await page.locator('input[name=csv]').setInputFiles({ name: 'export_2026.csv', mimeType: 'text/csv', buffer: bytes });
    await page.locator('.columns').waitFor();
    await camera.take('data-columns', page);
    await page.locator('summary', { hasText: 'First rows' }).click();
    await camera.take('data-preview', page);
    await page.locator('summary', { hasText: 'First rows' }).click();
    await page.locator('[data-field=creatinine]').getByLabel('Unit in the file').selectOption('umol/L');
    await page.locator('[data-field=creatinine] .legend').waitFor();
    await camera.take('data-unit', page);
    for (const [field, column] of Object.entries(COLUMNS)) {
      await page.locator(`[data-field="${field}"] .map-column select`).selectOption(column);
      await page.locator(`[data-field="${field}"][data-column="${column}"]`).waitFor();
    }
    await camera.take('data-codes', page);
    for (const [field, texts] of Object.entries(CODES)) {
      for (const [text, code] of Object.entries(texts)) {
        const label = page.locator(`[data-field="${field}"] .codes label`, { has: page.locator(`code:text-is("${text}")`) });
        if ((await label.locator('select').inputValue()) !== code) await label.locator('select').selectOption(code);
        await label.and(page.locator(':not(.waits)')).waitFor();
      }
    }
    await page.getByRole('button', { name: 'Check the table' }).click();
    await page.getByRole('heading', { name: 'Quality report' }).waitFor();
    const list = { name: 'opt-outs.txt', mimeType: 'text/plain', buffer: Buffer.from(patients.slice(0, 12).join('\n')) };
    await page.locator('input[name=exclusions]').setInputFiles(list);
    await page.getByText('who opted out are excluded').waitFor();
    await camera.take('data-checked', page);
    await page.reload();
    await page.locator('input[name=csv]').waitFor();
    await camera.take('data-again', page);
    await page.locator('input[name=csv]').setInputFiles({ name: 'half.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b\n"1;2\n') });
    await page.getByRole('button', { name: 'Read the file' }).click();
    await page.getByRole('alert').waitFor();
    await camera.take('data-failed', page);
    await tab.context.close();
  } finally {
    await server.dispose();
  }
}
