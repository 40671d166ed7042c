/** A hospital's own model as a file: oracle is what that hospital's own page says of the same patients, uncertainty included. */
import { ownModelFiles, parseModel, readSafetensors } from '@consilium/shared/export';
import { loadRows } from '@consilium/shared/federation';
import { modelForecast, patientForecast } from '@consilium/shared/prediction';
import { modelIdentity } from '@consilium/shared/registry';
import { formatPlanErrors, parsePlan, planHash } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import { describe, expect, it } from 'vitest';
import { taskHospitals } from '../../reference/task-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const demoSites = (): SiteInput[] =>
  makeCohort({ sites: DEMO_PROFILES.map((profile) => ({ ...profile, patients: 110 })), seed: 7 }).sites.map(({ id, csv }) => ({
    id,
    name: id,
    csv: new TextEncoder().encode(csv),
  }));

async function finish(text: string, sites: readonly SiteInput[], site: string) {
  const parsed = parsePlan(text, 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  const { plan } = parsed;
  const { programme } = await federateWithoutMasks(plan, { sites, splitCsv: null });
  const { csv } = sites.find(({ id }) => id === site)!;
  const { rows } = await loadRows(plan, site, { files: [{ name: `${site}.csv`, bytes: csv }], splitCsv: null });
  const write = () => ownModelFiles(plan, planHash(plan), programme, rows, 'Northfield Hospital');
  return { plan, programme, rows, write };
}

const withDemo = (model: 'linear' | 'mlp', personal: string): string =>
  `${demoPlan(model).replace('count: 10', 'count: 2')}\npersonal: ${personal}\n`;

const SURVIVAL = `study: tasks
title: Every task
purpose: To write a hospital's own.
population: Made-up patients.
synthetic: true
outcomes: [{ name: death, task: time-to-event, time: days, event: died == 1, unit: d, horizon: 300 }]
features:
  - { name: age, type: number, range: [0, 100] }
  - { name: smoker, type: binary }
split: { by: row, test: 0.3, validation: 0 }
model: { kind: linear }
algorithm: { kind: newton, ridge: 1 }
evaluation: { bins: 100, smallestCell: 2 }
`;

describe('a hospital’s own model', () => {
  it.each([
    ['its own intercept of a linear model', withDemo('linear', 'intercept'), demoSites, 'northfield'],
    ['its own intercept and slope', withDemo('linear', 'recalibrate'), demoSites, 'northfield'],
    ['weights of a linear model trained on', withDemo('linear', 'finetune'), demoSites, 'northfield'],
    ['its own intercept of five fits of a network', withDemo('mlp', 'intercept'), demoSites, 'northfield'],
    ['its own last layer', withDemo('mlp', 'fedper'), demoSites, 'northfield'],
    ['its own intercept of a hazard', SURVIVAL, () => taskHospitals(120), 'west'],
  ])('with %s says in a file what its page says', async (_what, text, sites, site) => {
    const { plan, programme, rows, write } = await finish(text, sites(), site);
    const files = write();
    const parsed = parseModel(files.get('model.json') as string);
    if (!parsed.ok) throw new Error(parsed.problem);
    const { model } = parsed;
    expect(model).toMatchObject({ adaptedTo: 'Northfield Hospital', id: modelIdentity(programme, 'federated') });
    expect(files.get('MODEL-CARD.md')).toContain('Adapted to the patients of Northfield Hospital');
    expect(readSafetensors(files.get('model.safetensors') as Uint8Array).metadata.adapted_to).toBe('Northfield Hospital');
    let compared = 0;
    for (const row of rows.testRows().slice(0, 10)) {
      const values = rows.valuesOf(row)!;
      const page = patientForecast(plan, programme, rows, values);
      const told = modelForecast(model, values);
      if (page.kind !== 'shown' || told.kind !== 'shown') continue;
      compared += 1;
      expect(told.risk).toBeCloseTo(page.risk, 9);
      expect(told.reference).toBeCloseTo(page.reference, 9);
      expect(told.curve?.map(({ risk }) => risk.toFixed(9))).toEqual(page.curve?.map(({ risk }) => risk.toFixed(9)));
      expect(told.uncertainty?.kind).toBe(page.uncertainty?.kind);
      if (told.uncertainty !== null) {
        expect(told.uncertainty.low).toBeCloseTo(page.uncertainty!.low, 9);
        expect(told.uncertainty.high).toBeCloseTo(page.uncertainty!.high, 9);
      }
      expect(told.reasons.kind).toBe(page.reasons.kind);
      told.reasons.items.forEach(({ feature, contribution }) => {
        const same = page.reasons.items.find((item) => item.feature === feature);
        expect(contribution).toBeCloseTo(same?.contribution ?? 0, 6);
      });
    }
    expect(compared).toBeGreaterThan(5);
  });

  it('is the shared one, and says so, where nothing of it is the hospital’s own', async () => {
    const { write } = await finish(withDemo('linear', 'none'), demoSites(), 'northfield');
    const parsed = parseModel(write().get('model.json') as string);
    expect(parsed.ok && parsed.model.adaptedTo).toBeNull();
  });
});
