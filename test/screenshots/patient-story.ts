/** One patient in front of a clinician, and the sheet to hand over, after the demo has run in four tabs. */
import type { Browser } from 'playwright';
import { type HospitalTab, joinDemo, openTab, sayReady, sign, untilResults } from '../world/hospital-tab.ts';
import { speakGerman } from '../world/patient-page.ts';
import { type ServerProcess, signIn, startServer } from '../world/server.ts';
import type { Camera } from './camera.ts';
import { press } from './console-tab.ts';

const HOSPITALS = ['Harbour', 'Lakeside', 'Northfield', 'St Alban'] as const;

export async function tellPatient(browser: Browser, camera: Camera): Promise<void> {
  const server = await startServer();
  try {
    await tell(server, browser, camera);
  } finally {
    await server.dispose();
  }
}

async function tell(server: ServerProcess, browser: Browser, camera: Camera): Promise<void> {
  const client = await signIn(server);
  const context = await browser.newContext({ locale: 'en-GB' });
  const tabs: HospitalTab[] = [];
  for (const name of HOSPITALS) {
    const tab = await openTab({ browser, origin: server.origin, name, context });
    tabs.push(tab);
    await joinDemo(tab);
    await sayReady(tab);
  }
  const study = (await (await fetch(`${server.origin}/api/info`)).json()).demo.study as string;
  await client.act(study, 'start');
  for (const tab of tabs) await sign(tab);
  for (const tab of tabs) await untilResults(tab);

  const { page } = tabs[2]!;
  await press(page, 'A patient');
  await page.getByRole('heading', { level: 1, name: 'A patient' }).waitFor();
  await camera.take('patient-empty', page);
  await page.getByLabel(/^Age/).fill('140');
  await press(page, 'Show the estimate');
  await page.locator('[data-code=no-forecast]').waitFor();
  await camera.take('patient-refused', page);
  const picker = page.locator('select[name=row]');
  await picker.selectOption({ index: 3 });
  await page.waitForFunction("document.querySelector('input[name=age]').value !== '140'");
  await press(page, 'Show the estimate');
  await page.getByRole('heading', { name: 'Estimate' }).waitFor();
  await camera.take('patient-answer', page);
  await press(page, 'Sheet for the patient');
  await page.getByRole('heading', { level: 1, name: 'What the numbers say' }).waitFor();
  await camera.take('patient-sheet', page);
  await camera.print('patient-sheet-print', page);
  await speakGerman(page);
  await camera.take('patient-sheet-german', page);
  await camera.print('patient-sheet-german-print', page);
  await press(page, '← Eine Patientin, ein Patient');
  await camera.take('patient-answer-german', page);
  await context.close();
}
