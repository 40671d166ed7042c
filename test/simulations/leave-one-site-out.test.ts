/** Leaving a site out of training. Oracle: the fit on the pooled training rows of the other sites by the slow twin, and metrics by hand. */
import { type Plan, parsePlanValue } from '@consilium/shared/study';
import { leaveOneSiteOut, type StudyInput } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { pooledLogistic } from '../reference/pooled-logistic.ts';
import { linearPlan, smallHospitals } from '../reference/small-hospitals.ts';
import { taskHospitals, taskPlan } from '../reference/task-hospitals.ts';

interface Row {
  readonly site: string;
  readonly isTraining: boolean;
  readonly x: readonly number[];
  readonly y: number;
}

const SITES = smallHospitals(90);
/** Two patients of three train. */
const ROWS: readonly Row[] = SITES.flatMap(({ id, csv }) =>
  linesOf(csv).map((line, at): Row => {
    const [, ...values] = line.split(',');
    const [age = 0, pressure = 0, smoker = 0, y = 0] = values.map(Number);
    return { site: id, isTraining: at % 3 !== 0, x: [age, pressure, smoker], y };
  }),
);

function linesOf(csv: Uint8Array): string[] {
  return new TextDecoder().decode(csv).trimEnd().split('\n').slice(1);
}

function inputOf(more: Record<string, unknown> = {}): { plan: Plan; data: StudyInput; backend: 'plain' } {
  const lines = SITES.flatMap(({ csv }) => linesOf(csv).map((line, at) => `${line.split(',')[0]},${at % 3 === 0 ? 'test' : 'train'}`));
  const split = { by: 'file', file: { file: 'split.csv', keys: { patientId: 'patient', set: 'set' } } };
  const parsed = parsePlanValue({ ...linearPlan(), split, ...more }, 'plan.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const splitCsv = new TextEncoder().encode(['patient,set', ...lines].join('\n'));
  return { plan: parsed.plan, data: { sites: SITES, splitCsv }, backend: 'plain' };
}

/** Log-loss of the patients of a site under the fit on the others. */
function lossWithout(site: string): number {
  const training = ROWS.filter((row) => row.site !== site && row.isTraining);
  const scales = [0, 1, 2].map((j) => {
    const values = training.map(({ x }) => x[j]!);
    const mean = values.reduce((a, b) => a + b) / values.length;
    return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) };
  });
  const scaled = ({ x }: Row) => x.map((value, j) => (value - scales[j]!.mean) / scales[j]!.sd);
  const { coefficients } = pooledLogistic(
    training.map(scaled),
    training.map(({ y }) => y),
    training.map(() => 0),
    { penalties: [1, 1, 1] },
  );
  const own = ROWS.filter((row) => row.site === site);
  const losses = own.map((row) => {
    const logit = [1, ...scaled(row)].reduce((sum, value, j) => sum + value * coefficients[j]!, 0);
    return Math.log1p(Math.exp(logit)) - row.y * logit;
  });
  return losses.reduce((a, b) => a + b) / losses.length;
}

describe('leaving one site out', () => {
  it('scores all its patients by the fit on the others’ training rows', async () => {
    const { models, notes } = await leaveOneSiteOut(inputOf());
    expect(Object.keys(models)).toEqual(['federated', 'central']);
    for (const model of ['federated', 'central']) {
      for (const { id } of SITES) {
        const own = models[model]?.sites[id];
        expect(own?.n).toBe(ROWS.filter(({ site }) => site === id).length);
        expect((own as { readonly logLoss?: number } | undefined)?.logLoss).toBeCloseTo(lossWithout(id), 8);
      }
    }
    const mean = SITES.reduce((sum, { id }) => sum + lossWithout(id) * ROWS.filter(({ site }) => site === id).length, 0) / ROWS.length;
    expect(models.federated?.pooled.logLoss).toBeCloseTo(mean, 8);
    expect(notes).toEqual([]);
  });

  it('does it for a network with the exact fit beside it, and for times to an event', async () => {
    const network = await leaveOneSiteOut(
      inputOf({ model: { kind: 'mlp', hidden: [3] }, algorithm: { kind: 'fedavg', batchSize: 16 }, rounds: { count: 2 } }),
    );
    expect(Object.keys(network.models).sort()).toEqual(['central', 'exact', 'federated']);
    expect((network.models.exact?.sites.east as { readonly logLoss?: number } | undefined)?.logLoss).toBeCloseTo(lossWithout('east'), 8);
    const plan = taskPlan('  - { name: death, task: time-to-event, time: days, event: died, horizon: 360, longest: 5000, intervals: 4 }');
    const survival = await leaveOneSiteOut({ plan, data: { sites: taskHospitals(60), splitCsv: null }, backend: 'plain' });
    const c = survival.models.federated?.pooled.concordanceWithin ?? 0;
    expect(c).toBeGreaterThan(0.6);
    expect(survival.models.central?.pooled.concordanceWithin).toBeCloseTo(c, 8);
  });

  it('is refused with three sites, and where a part of the model is the site’s own', async () => {
    const { data, ...input } = inputOf();
    const three = { ...data, sites: data.sites.slice(0, 3) };
    await expect(leaveOneSiteOut({ ...input, data: three })).rejects.toThrow('at least 4 sites; there are 3');
    const model = { model: { kind: 'mlp', hidden: [3] }, algorithm: { kind: 'fedavg' }, personal: 'fedper' };
    await expect(leaveOneSiteOut(inputOf(model))).rejects.toThrow('a site that never trained has none');
  });
});
