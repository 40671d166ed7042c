/** Results, models and one patient's page of a study of times to an event and of a treatment, after each has run in four tabs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SiteInput } from '@consilium/simulations';
import type { Browser, Page } from 'playwright';
import { survivalFiles, survivalPlan } from '../reference/survival-files.ts';
import { TRIAL_PLAN, trialFiles } from '../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial, TRIAL_SITES } from '../reference/trials.ts';
import { type HospitalTab, untilResults } from '../world/hospital-tab.ts';
import { openConsoleStudy, saved, useModel } from '../world/model-pages.ts';
import { askForRow, openPatients, speakGerman } from '../world/patient-page.ts';
import { signIn, startServer } from '../world/server.ts';
import { writeStudy } from '../world/study-beside.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';
import type { Camera } from './camera.ts';
import { press } from './console-tab.ts';

export async function tellTaskPatients(browser: Browser, camera: Camera): Promise<void> {
  const trial = trialFiles(makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(1, 5) }, 'files'));
  await tell('survival', survivalPlan(), survivalFiles('p'), browser, camera);
  await tell('treatment', TRIAL_PLAN, trial, browser, camera);
}

async function tell(name: string, text: string, sites: readonly SiteInput[], browser: Browser, camera: Camera): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'consilium-story-'));
  const server = await startServer();
  try {
    const { planPath, hospitals } = writeStudy(folder, text, sites);
    const client = await signIn(server);
    const { study, tabs } = await startStudyInTabs({ server, client, browser, planPath, hospitals, splitCsv: null });
    await client.until(study, ({ phase }) => phase === 'finished', 300);
    const [first] = tabs.values();
    if (first === undefined) throw new Error('no tab');
    await untilResults(first);
    const { page } = first;
    await camera.take(`${name}-results`, page);
    const [row] = await openPatients(page);
    await askForRow(page, row!);
    await camera.take(`${name}-patient`, page);
    await press(page, 'Sheet for the patient');
    await page.getByRole('heading', { level: 1, name: 'What the numbers say' }).waitFor();
    await camera.take(`${name}-sheet`, page);
    await camera.print(`${name}-sheet-print`, page);
    await tellGerman(name, page, camera);
    if (name === 'survival') await tellModels(first, server.origin, hospitals[0]?.csv ?? '', camera);
    for (const tab of tabs.values()) await tab.context.close();
  } finally {
    await server.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same in German: sheet, patient and results; then back to the sheet in English. */
async function tellGerman(name: string, page: Page, camera: Camera): Promise<void> {
  await speakGerman(page);
  await camera.take(`${name}-sheet-german`, page);
  await camera.print(`${name}-sheet-german-print`, page);
  await press(page, '← Eine Patientin, ein Patient');
  await camera.take(`${name}-patient-german`, page);
  await press(page, '← Ergebnisse');
  await camera.take(`${name}-results-german`, page);
  await page.locator('label.language select').first().selectOption('en');
  await press(page, 'A patient');
  await page.getByRole('heading', { level: 1, name: 'A patient' }).waitFor();
}

/** The models of the study: at the console, and a hospital's own on the page that uses its file. */
async function tellModels({ page, context }: HospitalTab, origin: string, csv: string, camera: Camera): Promise<void> {
  await press(page, '← Results');
  const own = await saved(page, page.getByRole('button', { name: 'Save your hospital’s own model' }));
  const other = await context.newPage();
  await openConsoleStudy(other, origin, 'Made-up times to an event');
  await camera.take('console-models', other);
  await other.getByRole('button', { name: 'Put in use' }).first().click();
  await other.locator('textarea[name=why]').fill('Agreed by the board on its calibration at every hospital.');
  await camera.take('console-models-reason', other);
  await press(other, 'Put it in use');
  await other.locator('article[data-status=promoted]').waitFor();
  await camera.take('console-models-in-use', other);
  await press(page, 'Ask again');
  await page.locator('li[data-status=promoted]').waitFor();
  await camera.take('hospital-held-models', page);
  await useModel(other, origin, own, csv);
  await camera.take('use-scores', other);
  await other.getByRole('button', { name: 'Show', exact: false }).nth(1).click();
  await other.locator('section[data-risk]').waitFor();
  await camera.take('use-patient', other);
  await press(other, 'Sheet for the patient');
  await camera.take('use-sheet', other);
  await camera.print('use-sheet-print', other);
}
