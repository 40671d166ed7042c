/**
 * A study of times to an event and a study of a treatment, each in four real tabs, to the page of one patient. The oracles are the truth that the
 * patients were made from, and the simulator with the same plan and files: what a clinician is shown is what it says, to 1e-6.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRows } from '@consilium/shared/federation';
import { type Forecast, type PatientValues, patientForecast } from '@consilium/shared/prediction';
import { federate, type SiteInput } from '@consilium/simulations';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { SURVIVAL_TRUTH, survivalFiles, survivalPlan } from '../reference/survival-files.ts';
import { TRIAL_PLAN, trialFiles } from '../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial, TRIAL_SITES } from '../reference/trials.ts';
import { untilResults } from '../world/hospital-tab.ts';
import { numberForms } from '../world/number-forms.ts';
import { askForRow, openPatients } from '../world/patient-page.ts';
import { signIn, startServer } from '../world/server.ts';
import { writeStudy } from '../world/study-beside.ts';
import { startStudyInTabs } from '../world/study-in-tabs.ts';

const CANARY = 'canary-51c2e8';
/** Rows that are looked at on the page of each of two hospitals. */
const LOOKED_AT = 3;
const HEARTBEAT = '3';

const folder = mkdtempSync(join(tmpdir(), 'consilium-tasks-'));
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The study in tabs and in the simulator; every estimate of the page beside the one expected.
 *
 * @param looked - Places of the two hospitals whose patients are looked at; a small one shows no estimate.
 */
async function runBoth(name: string, text: string, sites: readonly SiteInput[], looked: readonly number[]) {
  const { plan, planPath, hospitals } = writeStudy(join(folder, name), text, sites);
  const simulated = await federate({ plan, sites, splitCsv: null, backend: 'plain' });
  const server = await startServer();
  const sent: Buffer[] = [];
  try {
    const client = await signIn(server);
    const { study, tabs } = await startStudyInTabs({
      ...{ server, client, browser, planPath, hospitals, splitCsv: null },
      onBytes: (_tab, direction, bytes) => direction === 'up' && sent.push(bytes),
    });
    const view = await client.until(study, ({ phase }) => phase === 'finished' || phase === 'paused', 200);
    expect(view.phase).toBe('finished');
    for (const tab of tabs.values()) await untilResults(tab);
    const opened = [...tabs.values()];
    // Results are asked what the registry says of their models: that is the last request of a page that shows them.
    for (const { page } of opened) await page.locator('held-models li:not([data-status=unknown])').first().waitFor();
    const results = await opened[0]!.page.locator('main').innerText();
    const drawings = await opened[0]!.page
      .locator('figure.chart svg[role=img]')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('aria-label'), one.querySelectorAll('path, circle').length] as const));
    const [framesBefore, requestsBefore] = [sent.length, opened.flatMap(({ requests }) => requests).length];
    const answers: { shown: Awaited<ReturnType<typeof askForRow>>; expected: Forecast; values: PatientValues }[] = [];
    for (const at of looked) {
      const { id, csv } = sites[at]!;
      const { rows } = await loadRows(plan, id, { files: [{ name: `${id}.csv`, bytes: csv }], splitCsv: null });
      const { page } = opened[at]!;
      const offered = await openPatients(page);
      expect(offered).toEqual(rows.testRows());
      for (const row of offered.slice(0, LOOKED_AT)) {
        const expected = patientForecast(plan, simulated.programme, rows, rows.valuesOf(row)!);
        if (expected.kind !== 'shown') throw new Error(JSON.stringify(expected));
        answers.push({ shown: await askForRow(page, row), expected, values: rows.valuesOf(row)! });
      }
    }
    // Looking at a patient says nothing to anybody: heartbeats alone pass.
    expect(sent.slice(framesBefore).filter((bytes) => bytes.toString('latin1') !== HEARTBEAT)).toEqual([]);
    expect(opened.flatMap(({ requests }) => requests).slice(requestsBefore)).toEqual([]);
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
    const requests = opened.flatMap((tab) => tab.requests.map((request) => Buffer.from(request)));
    return { view, simulated, results, drawings, answers, left: [...sent, ...requests] };
  } finally {
    for (const context of browser.contexts()) await context.close();
    await server.dispose();
  }
}

function expectNothingOfARow(left: readonly Buffer[], words: readonly string[], number: number): void {
  for (const pattern of [...words.map((word) => Buffer.from(word)), ...numberForms(number)]) {
    expect(left.filter((bytes) => bytes.includes(pattern)).length).toBe(0);
  }
  expect(left.filter((bytes) => bytes.includes('"advertise-keys"')).length).toBeGreaterThan(20); // the search can find what is there
}

describe('times to an event in four tabs', () => {
  it('shows every patient the curve of the simulator, and the hazard ratios the patients were made from', async () => {
    const planted = 61.7654321;
    const [first, ...others] = survivalFiles(CANARY);
    const lines = new TextDecoder().decode(first!.csv).split('\n');
    lines[1] = lines[1]!.replace(/,[^,]+/, `,${planted}`);
    const sites = [{ ...first!, csv: new TextEncoder().encode(lines.join('\n')) }, ...others];
    const { view, simulated, results, drawings, answers, left } = await runBoth('survival', survivalPlan(), sites, [0, 2]);

    for (const { shown, expected, values } of answers) {
      expect(shown.risk).toBeCloseTo(expected.risk, 6);
      expect(shown.reference).toBeCloseTo(expected.reference, 6);
      expect(shown.curve).toHaveLength(expected.curve!.length);
      expect(shown.curve.length).toBeGreaterThan(2);
      for (const [at, { time, risk }] of shown.curve.entries()) {
        expect(time).toBe(expected.curve![at]!.time);
        expect(risk).toBeCloseTo(expected.curve![at]!.risk, 6);
      }
      expect(shown.sentence).toContain(`${Math.round(100 * expected.risk)} out of 100`);
      expect(shown.sentence).toContain('within 360 days');
      expect(shown.treatment).toBeNull();
      // The trial's hazard ratio on the chance to be without the event, for those who smoke and for nobody else.
      const after = (ratio: number): number => 1 - (1 - expected.risk) ** ratio;
      if (values.smoker === 0) expect(shown.whatIf).toBeNull();
      else
        for (const [name, ratio] of [
          ['changed', 0.7],
          ['low', 0.6],
          ['high', 0.82],
        ] as const)
          expect(shown.whatIf![name]).toBeCloseTo(after(ratio), 6);
    }
    expect(new Set(answers.map(({ values }) => values.smoker)).size).toBe(2);
    expect(new Set(answers.map(({ shown }) => shown.risk)).size).toBe(2 * LOOKED_AT);

    const cox = view.results!.fits.find(({ kind }) => kind === 'cox')!;
    const ages = sites.flatMap(({ csv }) => new TextDecoder().decode(csv).trim().split('\n').slice(1)).map((line) => line.split(','));
    const truths = [
      SURVIVAL_TRUTH.perYear * spread(ages.map((cells) => Number(cells[1]))),
      SURVIVAL_TRUTH.smoker * spread(ages.map((cells) => Number(cells[2]))),
    ];
    for (const [at, truth] of truths.entries()) {
      const { value, standardError } = cox.coefficients[at]!;
      expect(Math.abs(value - truth)).toBeLessThan(3 * standardError!);
      expect(value).toBeCloseTo(simulated.view.results!.fits.find(({ kind }) => kind === 'cox')!.coefficients[at]!.value, 8);
    }
    for (const words of ['Concordance (C) within hospitals', 'Brier score at the horizon', 'Hazard ratios', 'Cox model']) {
      expect(results).toContain(words);
    }
    for (const wrong of ['AUROC', 'Accuracy', 'logistic', 'NaN', 'undefined', 'netBenefit', '{']) expect(results).not.toContain(wrong);
    expectFullDrawings(drawings, ['Share without the event', 'Calibration', 'Hazard ratios', 'Coefficients of the hazard']);
    expectNothingOfARow(left, [CANARY, lines[2]!], planted);
  });
});

describe('a treatment in four tabs', () => {
  it('shows every patient both risks of the simulator, and the effect over all hospitals', async () => {
    const sites = trialFiles(makeTrial({ ...INTERACTION_TRIAL, sites: TRIAL_SITES.slice(1, 5) }, 'files'));
    const line = new TextDecoder().decode(sites[0]!.csv).split('\n')[1]!;
    const planted = Number(line.split(',')[1]);
    const { view, simulated, results, drawings, answers, left } = await runBoth('treatment', TRIAL_PLAN, sites, [0, 1]);

    for (const { shown, expected } of answers) {
      const { effect } = expected;
      if (effect === null || effect.kind !== 'shown') throw new Error('expected an effect');
      expect(shown.risk).toBeCloseTo(expected.risk, 6);
      expect(shown.treatment!.with).toBeCloseTo(effect.benefit.riskWith, 6);
      expect(shown.treatment!.without).toBeCloseTo(effect.benefit.riskWithout, 6);
      expect(shown.treatment!.low).toBeCloseTo(effect.benefit.interval[0], 6);
      expect(shown.treatment!.high).toBeCloseTo(effect.benefit.interval[1], 6);
      expect(shown.curve).toEqual([]);
    }
    const [live, apart] = [view.results!.effect!.primary!, simulated.view.results!.effect!.primary!];
    expect(live.relative.oddsRatio).toBeCloseTo(apart.relative.oddsRatio, 6);
    expect(live.absolute.difference).toBeCloseTo(apart.absolute.difference, 6);
    for (const words of [
      'Effect of the treatment',
      'Evidence: treatment was assigned by lot.',
      `Odds ratio: ${apart.relative.oddsRatio.toFixed(2)}`,
      'Harm: bleeding',
      'AUROC within hospitals',
    ]) {
      expect(results).toContain(words);
    }
    for (const wrong of ['NaN', 'undefined', '{', 'harm:']) expect(results).not.toContain(wrong);
    expectFullDrawings(drawings, ['ROC curve', 'Calibration', 'Coefficients']);
    expectNothingOfARow(left, [line, 'given', 'placebo,'], planted);
  });
});

/** Every chart is there and holds marks. */
function expectFullDrawings(drawings: readonly (readonly [string | null, number])[], titles: readonly string[]): void {
  for (const title of titles) expect(drawings.map(([name]) => name)).toContain(title);
  for (const [title, marks] of drawings) expect(marks, `marks of ${title}`).toBeGreaterThan(1);
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
