/** A hospital's way into a study: file and words, the list's words, a hospital that sees another list, the recovery file elsewhere. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { DEMO_HOSPITALS, DEMO_PLAN } from '../world/demo-hospitals.ts';
import { enrol, enterSecret, readOut } from '../world/enrol-tab.ts';
import { type HospitalTab, openTab, sayReady } from '../world/hospital-tab.ts';
import { signIn, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';

export async function tellEnrolment(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  try {
    const client = await signIn(server);
    const study = await client.create(readFileSync(DEMO_PLAN, 'utf8'), 'plan.yaml');
    const tabs: HospitalTab[] = [];
    let kept = { file: '', words: [] as readonly string[] };
    for (const { name, csv } of DEMO_HOSPITALS.slice(0, 3)) {
      const { link, secret } = await client.invite(study, name);
      const tab = await openTab({ browser, origin: server.origin, name }, new URL(link).hash);
      if (tabs.length === 0) {
        await enterSecret(tab.page, secret);
        await tab.page.getByRole('button', { name: 'I have kept both' }).waitFor();
        await camera.take('enrol-keep', tab.page);
        await tab.page.getByRole('button', { name: 'I have kept both' }).click();
        await tab.page.getByLabel('Your name').waitFor();
        await camera.take('enrol-check', tab.page);
        await tab.page.getByRole('button', { name: 'Not now' }).click();
      }
      kept = await enrol(tab, secret);
      await tab.page.locator('input[name=csv]').setInputFiles(csv);
      await sayReady(tab);
      tabs.push(tab);
    }
    await client.until(study, (view) => view.sites.filter(({ ready }) => ready).length === 3);
    await client.act(study, 'start');
    const [own, ...others] = tabs;
    if (own === undefined) throw new Error('no tab');
    const heard = await readOut(own, others);
    await camera.take('words', own.page);
    for (const { place, word } of heard) await own.page.locator(`[data-heard="${place}"]`).fill(word === 'zoo' ? 'abandon' : 'zoo');
    await own.page.getByRole('button', { name: 'Compare', exact: true }).click();
    await own.page.getByRole('alert').waitFor();
    await camera.take('words-differ', own.page);
    for (const { place, word } of heard) await own.page.locator(`[data-heard="${place}"]`).fill(word);
    await own.page.getByRole('button', { name: 'Compare', exact: true }).click();
    await own.page.getByRole('heading', { name: 'Sign the plan' }).waitFor();
    await camera.take('sign-confirmed', own.page);
    await tellRecovery(server.origin, study, kept, browser, camera);
    await tabs[2]?.page.locator('[data-code=device-replaced]').waitFor();
    await camera.take('device-replaced', tabs[2]?.page ?? own.page);
  } finally {
    await server.dispose();
  }
}

async function tellRecovery(
  origin: string,
  study: string,
  { file, words }: { readonly file: string; readonly words: readonly string[] },
  browser: Browser,
  camera: Camera,
): Promise<void> {
  const { page, context } = await openTab({ browser, origin, name: 'elsewhere' }, `#study=${study}`);
  await page.getByRole('button', { name: 'I have a recovery file' }).click();
  await page.locator('input[name=recovery]').setInputFiles({ name: 'r.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await page.getByLabel('The seven words').fill('these are not the seven words');
  await page.getByRole('button', { name: 'Open the file' }).click();
  await page.getByRole('alert').waitFor();
  await camera.take('recover-wrong', page);
  await page.getByLabel('The seven words').fill(words.join(' '));
  await page.getByRole('button', { name: 'Open the file' }).click();
  await page.getByRole('table').waitFor();
  await camera.take('recover-devices', page);
  await page.getByRole('button', { name: /^Let this browser speak/ }).click();
  await page.locator('input[name=csv]').waitFor({ state: 'attached' });
  await context.close();
}
