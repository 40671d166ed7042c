/** A finished result folder, read again: its settings, each with its seeds and their predictions. */
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readCsv } from '@consilium/shared/reading';
import type { ComparedRun, SettingRuns } from '../comparison/index.ts';
import { folderName } from '../plans/settings.ts';
import type { Prediction } from '../runs/metrics.ts';
import type { RunResult } from '../runs/run-once.ts';
import { SimulationError } from './simulation-error.ts';

interface StoredResult extends RunResult {
  readonly seeds?: readonly RunResult[];
  readonly settings?: readonly { readonly label: string; readonly changes: Record<string, unknown> }[];
}

/** @throws SimulationError when the folder holds no result, or one that cannot be read. */
export async function readResult(folder: string): Promise<SettingRuns<ComparedRun>[]> {
  const top = await readStored(folder);
  if (top.settings === undefined) return [{ label: basename(resolve(folder)), changes: {}, runs: await runsOf(folder, top) }];
  return Promise.all(
    top.settings.map(async ({ label, changes }) => {
      const path = join(folder, 'settings', folderName(label));
      return { label, changes, runs: await runsOf(path, await readStored(path)) };
    }),
  );
}

async function readStored(folder: string): Promise<StoredResult> {
  const text = await readFile(join(folder, 'results.json'), 'utf8').catch(() => {
    throw new SimulationError(`There is no result in "${folder}": it has no results.json.`);
  });
  try {
    const value = JSON.parse(text) as StoredResult;
    if (typeof value.planHash === 'string' && typeof value.models === 'object') return value;
  } catch {
    // told below
  }
  throw new SimulationError(`"${join(folder, 'results.json')}" is not a result of a simulation.`);
}

async function runsOf(folder: string, stored: StoredResult): Promise<ComparedRun[]> {
  const results = stored.seeds ?? [stored];
  return Promise.all(
    results.map(async (result, at) => {
      const path = at === 0 ? join(folder, 'predictions.csv') : join(folder, 'seeds', String(result.seed), 'predictions.csv');
      return { result, predictions: await readPredictions(path) };
    }),
  );
}

async function readPredictions(path: string): Promise<Prediction[]> {
  const bytes = await readFile(path).catch(() => {
    throw new SimulationError(`There is no file "${path}".`);
  });
  const { columns, rows } = readCsv(bytes);
  const [site, row, set, outcome, ...labels] = columns;
  if (site !== 'site' || row !== 'row' || set !== 'set' || outcome !== 'outcome')
    throw new SimulationError(`"${path}" is not a file of predictions.`);
  const models = labels.flatMap((label, at) => (label.includes('@') ? [] : [[label, at] as const]));
  const timeAt = labels.indexOf('time@');
  return rows.map(([siteText = '', rowText = '', setText = '', outcomeText = '', ...cells]): Prediction => {
    const classes = models.flatMap(([model]) => {
      const own = labels.flatMap((label, at) => (label.startsWith(`${model}@`) ? [Number(cells[at])] : []));
      return own.length === 0 ? [] : [[model, own] as const];
    });
    return {
      site: siteText,
      row: Number(rowText),
      set: setText,
      outcome: Number(outcomeText),
      time: timeAt < 0 ? null : Number(cells[timeAt]),
      scores: Object.fromEntries(models.flatMap(([label, at]) => (cells[at] ? [[label, Number(cells[at])]] : []))),
      classes: classes.length === 0 ? null : Object.fromEntries(classes),
    };
  });
}
