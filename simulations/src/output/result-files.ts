/** All files of a result, as path → content. Nothing is written here: a result appears whole (result-folder.ts). */
import type { Comparison, SettingRuns } from '../comparison/index.ts';
import { folderName } from '../plans/settings.ts';
import type { RunOutput } from '../runs/run-once.ts';
import { csvText } from './csv.ts';
import { leftOutTidy } from './left-out.ts';
import { modelFiles } from './model-file.ts';
import { parquetBytes } from './parquet.ts';
import { reportPage } from './report-page.ts';
import { jsonText, resultOfSetting, resultsOf } from './results-json.ts';
import { differenceTable, metricTable, predictionTable, rowsOf, summaryTable } from './tidy-tables.ts';
import { trackingFiles } from './tracking-files.ts';

export type ResultFiles = Map<string, string | Uint8Array>;

export function resultFiles(settings: readonly SettingRuns<RunOutput>[], comparison: Comparison): ResultFiles {
  const [first] = settings;
  const files: ResultFiles = new Map();
  if (first === undefined) return files;
  files.set('results.json', jsonText(resultsOf(settings, comparison)));
  addRun(files, '', first);
  if (settings.length > 1) {
    for (const setting of settings) {
      const folder = `settings/${folderName(setting.label)}/`;
      files.set(`${folder}results.json`, jsonText(resultOfSetting(setting, comparison)));
      addRun(files, folder, setting);
    }
  }
  const leftOut = leftOutTidy(settings);
  const tables = [metricTable(settings), summaryTable(comparison), differenceTable(comparison), ...(leftOut === null ? [] : [leftOut])];
  for (const table of tables) {
    files.set(`${table.name}.csv`, csvText(rowsOf(table)));
    files.set(`${table.name}.parquet`, parquetBytes(table));
  }
  for (const [path, content] of trackingFiles(settings)) files.set(path, content);
  files.set('report.html', reportPage(settings, comparison));
  files.set('timings.json', jsonText(settings.map(({ label, runs }) => ({ setting: label, seconds: runs.map(({ seconds }) => seconds) }))));
  return files;
}

/** Predictions, rounds and model of a setting's first seed. */
function addRun(files: ResultFiles, folder: string, { runs }: SettingRuns<RunOutput>): void {
  const [run, ...others] = runs;
  if (run === undefined) return;
  for (const other of others) files.set(`${folder}seeds/${other.result.seed}/predictions.csv`, csvText(rowsOf(predictionTable(other))));
  files.set(`${folder}predictions.csv`, csvText(rowsOf(predictionTable(run))));
  files.set(`${folder}predictions.parquet`, parquetBytes(predictionTable(run)));
  files.set(`${folder}rounds.jsonl`, run.result.rounds.map((round) => `${JSON.stringify(round)}\n`).join(''));
  for (const [name, content] of modelFiles(run)) files.set(`${folder}model/${name}`, content);
}
