/** One patient's page and sheet where the outcome is one of several classes, a number of events or a quantity, after each study has run in four tabs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { taskHospitals } from '../reference/task-hospitals.ts';
import { untilResults } from '../world/hospital-tab.ts';
import { openPatients, pickRow, speakGerman } from '../world/patient-page.ts';
import { signIn, startServer } from '../world/server.ts';
import { writeStudy } from '../world/study-beside.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';
import type { Camera } from './camera.ts';
import { press } from './console-tab.ts';

const OUTCOMES = {
  classes:
    '{ name: severity, label: Severity after a year, task: multiclass, column: kind, codes: { none: no complaints, mild: mild complaints, severe: severe complaints } }',
  counts: '{ name: visits, label: visits within a year, task: count, column: visits, range: [0, 100] }',
  quantity: '{ name: systolic_pressure, label: systolic pressure, task: regression, column: pressure, unit: "mm[Hg]", range: [60, 220] }',
} as const;

const planOf = (outcome: string): string => `study: values
title: Made-up outcomes of every kind
purpose: To show one patient’s page.
population: Made-up adults who came to an outpatient clinic.
synthetic: true
outcomes: [${outcome}]
features:
  - { name: age, label: Age, type: number, unit: a, range: [0, 100] }
  - { name: smoker, label: Smokes, type: binary }
split: { by: row, test: 0.3, validation: 0.2 }
model: { kind: linear }
algorithm: { kind: newton, ridge: 0 }
`;

export async function tellValuePatients(browser: Browser, camera: Camera): Promise<void> {
  for (const [name, outcome] of Object.entries(OUTCOMES)) {
    const folder = mkdtempSync(join(tmpdir(), 'consilium-story-'));
    const server = await startServer();
    try {
      const { planPath, hospitals } = writeStudy(folder, planOf(outcome), taskHospitals(400));
      const client = await signIn(server);
      const { study, tabs } = await startStudyInTabs({ server, client, browser, planPath, hospitals, splitCsv: null });
      await client.until(study, ({ phase }) => phase === 'finished', 300);
      const [first] = tabs.values();
      if (first === undefined) throw new Error('no tab');
      await untilResults(first);
      const { page } = first;
      await camera.take(`${name}-results`, page);
      const [row] = await openPatients(page);
      await pickRow(page, row!);
      await page.locator('section[data-value], section[data-classes]').waitFor();
      await camera.take(`${name}-patient`, page);
      await press(page, 'Sheet for the patient');
      await page.getByRole('heading', { level: 1, name: 'What the numbers say' }).waitFor();
      await camera.take(`${name}-sheet`, page);
      await camera.print(`${name}-sheet-print`, page);
      await speakGerman(page);
      await camera.take(`${name}-sheet-german`, page);
      await press(page, '← Eine Patientin, ein Patient');
      await camera.take(`${name}-patient-german`, page);
      for (const tab of tabs.values()) await tab.context.close();
    } finally {
      await server.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
