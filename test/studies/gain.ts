/**
 * What a hospital gains on heart disease: each hospital's own model beside the federated one on its own test patients, over many splits, and
 * for the Swiss hospital, with one healthy patient, each patient left out in turn. Oracle: figures recomputed by independent programs.
 * `pnpm studies gain [splits] [folder of both data sets]`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auroc } from '@consilium/shared/evaluation';
import type { SitePrediction } from '@consilium/shared/federation';
import { readCsv } from '@consilium/shared/reading';
import { formatPlanErrors, type Plan, parsePlan, parsePlanValue } from '@consilium/shared/study';
import { readStudyInput, type StudyInput } from '@consilium/simulations';
import { mersenneTwister, permutation } from '../reference/mersenne-twister.ts';
import { federateWithoutMasks } from '../reference/without-masks.ts';
import { meanOf } from './summaries.ts';

const TRAINING_SHARE = 0.66;
const SEED = 1000;

/** A patient of a split file: hospital and 1-based row, with the outcome. */
export interface Patient {
  readonly site: string;
  readonly row: number;
  readonly hasDisease: boolean;
}

/** One hospital over all splits. */
export interface Gain {
  readonly site: string;
  readonly local: Figures;
  readonly federated: Figures;
}

export interface Figures {
  readonly auroc: number;
  readonly logLoss: number;
}

/** The plan of the study with an own intercept, and its files. @param folder - Of the data set. */
export async function gainInput(folder: string): Promise<{ plan: Plan; data: StudyInput; patients: readonly Patient[] }> {
  const path = join(process.cwd(), 'simulations/studies/heart-disease.yaml');
  const written = parsePlan(readFileSync(path, 'utf8'), path);
  if (!written.ok) throw new Error(formatPlanErrors(written.errors));
  const parsed = parsePlanValue({ ...written.plan, personal: 'intercept' }, path);
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  const data = await readStudyInput(parsed.plan, folder, null);
  const outcomes = data.sites.map(({ id, csv }) => [id, readCsv(csv).rows.map((cells) => Number(cells.at(-1)) > 0)] as const);
  const sets = readCsv(data.splitCsv ?? new Uint8Array()).rows;
  const patients = outcomes.flatMap(([site, own]) => {
    const kept = sets.flatMap(([hospital, row, set]) => (hospital === site && set !== 'excluded' ? [Number(row)] : []));
    return kept.map((row) => ({ site, row, hasDisease: own[row - 1] === true }));
  });
  return { plan: parsed.plan, data, patients };
}

/** Local and federated figures of each hospital with both classes among its test patients, the mean over the splits. */
export async function gains(folder: string, splits: number): Promise<Gain[]> {
  const { plan, data, patients } = await gainInput(folder);
  const found = new Map<string, { local: Figures[]; federated: Figures[] }>();
  for (let repeat = 0; repeat < splits; repeat++) {
    const training = drawTraining(patients, SEED + repeat);
    const { results } = await federateWithoutMasks(
      plan,
      withSplit(data, patients, (patient) => training.has(patient)),
    );
    for (const [site, { predictions }] of results) {
      const test = predictions.filter(({ set }) => set === 'test');
      if (new Set(test.map(({ outcome }) => outcome)).size < 2) continue;
      const all = found.get(site) ?? { local: [], federated: [] };
      all.local.push(figuresOf(test, 'local'));
      all.federated.push(figuresOf(test, 'federated'));
      found.set(site, all);
    }
  }
  const mean = (of: readonly Figures[]) => ({ auroc: meanOf(of.map((f) => f.auroc)), logLoss: meanOf(of.map((f) => f.logLoss)) });
  return [...found].map(([site, { local, federated }]) => ({ site, local: mean(local), federated: mean(federated) }));
}

/** Each class of each hospital by itself, in the order of the files: the first 66 % of a permutation. */
export function drawTraining(patients: readonly Patient[], seed: number): Set<Patient> {
  const draw = mersenneTwister(seed);
  const chosen = new Set<Patient>();
  for (const site of new Set(patients.map((patient) => patient.site))) {
    for (const hasDisease of [false, true]) {
      const own = patients.filter((patient) => patient.site === site && patient.hasDisease === hasDisease);
      const order = permutation(draw, own.length);
      for (const at of order.subarray(0, Math.round(TRAINING_SHARE * own.length))) chosen.add(own[at]!);
    }
  }
  return chosen;
}

export interface LeftOut {
  readonly federated: number;
  readonly personal: number;
  readonly prevalence: number;
}

/**
 * Mean log-loss over patients of a hospital, each scored by models that never saw that patient.
 *
 * @param isAsked - Whose turn it is; all when absent.
 */
export async function leftOut(folder: string, site: string, isAsked: (patient: Patient) => boolean = () => true): Promise<LeftOut> {
  const { plan, data, patients } = await gainInput(folder);
  const own = patients.filter((patient) => patient.site === site);
  const losses: LeftOut[] = [];
  for (const left of own.filter(isAsked)) {
    const { results } = await federateWithoutMasks(
      plan,
      withSplit(data, patients, (patient) => patient !== left),
    );
    const scored = results.get(site)?.predictions.filter(({ set }) => set === 'test') ?? [];
    if (scored.length !== 1) throw new Error(`leftOut: expected one patient, got ${scored.length}`);
    const diseased = own.filter((patient) => patient !== left && patient.hasDisease).length;
    // Half a patient of each class is added: a prevalence of 1 would have no loss to speak of.
    const prevalence = (diseased + 0.5) / own.length;
    losses.push({
      federated: lossOf(scored[0]!, 'federated'),
      personal: lossOf(scored[0]!, 'personal'),
      prevalence: nats(prevalence, left.hasDisease),
    });
  }
  const mean = (key: keyof LeftOut) => meanOf(losses.map((loss) => loss[key]));
  return { federated: mean('federated'), personal: mean('personal'), prevalence: mean('prevalence') };
}

function withSplit(data: StudyInput, patients: readonly Patient[], isTraining: (patient: Patient) => boolean): StudyInput {
  const lines = patients.map((patient) => `${patient.site},${patient.row},${isTraining(patient) ? 'train' : 'test'}`);
  return { ...data, splitCsv: new TextEncoder().encode(['hospital,row,set', ...lines].join('\n')) };
}

function figuresOf(test: readonly SitePrediction[], label: string): Figures {
  const scores = Float64Array.from(test, (row) => row.scores[label] ?? Number.NaN);
  return {
    auroc:
      auroc(
        scores,
        Float64Array.from(test, ({ outcome }) => outcome),
      ) ?? Number.NaN,
    logLoss: meanOf(test.map((row) => lossOf(row, label))),
  };
}

const lossOf = (row: SitePrediction, label: string): number => nats(row.scores[label] ?? Number.NaN, row.outcome === 1);
const nats = (probability: number, hasDisease: boolean): number => -Math.log(hasDisease ? probability : 1 - probability);

/** The reference: AUROC (and log-loss) of the local and the federated model, and log-loss of the Swiss hospital; each within .01. */
export const WANTED = {
  sites: {
    cleveland: { local: { auroc: 0.871 }, federated: { auroc: 0.872 } },
    hungarian: { local: { auroc: 0.869 }, federated: { auroc: 0.866 } },
    'va-long-beach': { local: { auroc: 0.63, logLoss: 0.533 }, federated: { auroc: 0.7, logLoss: 0.536 } },
  },
  switzerland: { federated: 0.336, personal: 0.119, prevalence: 0.131 },
} as const;

export async function runGain(splits: number, folder: string): Promise<void> {
  const data = join(folder, 'heart-disease');
  const wanted: Record<string, Record<'local' | 'federated', Partial<Figures>>> = WANTED.sites;
  console.log(`hospital        model      AUROC   wanted  log-loss  wanted   (mean of ${splits} splits of 66/34 by class)`);
  for (const gain of await gains(data, splits)) {
    for (const model of ['local', 'federated'] as const) {
      const { auroc: area, logLoss } = gain[model];
      const { auroc: wantedArea, logLoss: wantedLoss } = wanted[gain.site]?.[model] ?? {};
      const cells = [area.toFixed(4), wantedArea?.toFixed(3) ?? '', logLoss.toFixed(4), wantedLoss?.toFixed(3) ?? ''];
      console.log(`${gain.site.padEnd(16)}${model.padEnd(11)}${cells.map((cell) => cell.padEnd(8)).join('')}`);
    }
  }
  const swiss = await leftOut(data, 'switzerland');
  console.log('switzerland, each patient left out in turn: log-loss, wanted');
  for (const [model, figure] of Object.entries(WANTED.switzerland)) {
    console.log(`  ${model.padEnd(11)}${swiss[model as keyof LeftOut].toFixed(4)}  ${figure}`);
  }
}
