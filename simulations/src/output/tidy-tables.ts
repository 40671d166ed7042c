/** What was found as plain tables, one value a row, for CSV and Parquet alike. */
import { type ComparedRun, type Comparison, labelsOf, type SettingRuns } from '../comparison/index.ts';

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'whole' | 'number';
  readonly values: readonly (string | number | null)[];
}

export interface TidyTable {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Predictions of one run: site, row, set, outcome, one column a model; the time, and `model@class`, where the task has them. */
export function predictionTable({ predictions }: ComparedRun): TidyTable {
  const labels = labelsOf([predictions]);
  return {
    name: 'predictions',
    columns: [
      { name: 'site', type: 'text', values: predictions.map((item) => item.site) },
      { name: 'row', type: 'whole', values: predictions.map((item) => item.row) },
      { name: 'set', type: 'text', values: predictions.map((item) => item.set) },
      { name: 'outcome', type: 'number', values: predictions.map((item) => item.outcome) },
      ...labels.map((label): Column => ({ name: label, type: 'number', values: predictions.map((item) => item.scores[label] ?? null) })),
      ...(predictions.some(({ time }) => time != null)
        ? [{ name: 'time@', type: 'number', values: predictions.map((item) => item.time ?? null) } as const]
        : []),
      ...labels.flatMap((label) =>
        Array.from(
          { length: predictions[0]?.classes?.[label]?.length ?? 0 },
          (_, k): Column => ({
            name: `${label}@${k}`,
            type: 'number',
            values: predictions.map((item) => item.classes?.[label]?.[k] ?? null),
          }),
        ),
      ),
    ],
  };
}

/** Every metric of every setting, seed, model and site; the site `pooled` stands for all test rows together. */
export function metricTable(settings: readonly SettingRuns[]): TidyTable {
  const rows = settings.flatMap(({ label, runs }) =>
    runs.flatMap(({ result }) =>
      Object.entries(result.models).flatMap(([model, { pooled, sites }]) =>
        [['pooled', pooled] as const, ...Object.entries(sites)].flatMap(([site, metrics]) =>
          Object.entries(metrics).map(([metric, value]) => [label, result.seed, model, site, metric, value as number | null] as const),
        ),
      ),
    ),
  );
  return tidyTable(
    'metrics',
    rows,
    ['setting', 'seed', 'model', 'site', 'metric', 'value'],
    ['text', 'whole', 'text', 'text', 'text', 'number'],
  );
}

/** Mean over seeds, spread over seeds, and the patients' interval: three columns that mean three things. */
export function summaryTable({ settings }: Comparison): TidyTable {
  const rows = settings.flatMap(({ label, summary }) =>
    Object.entries(summary).flatMap(([model, metrics]) =>
      Object.entries(metrics).map(
        ([metric, { mean, seedSd, interval }]) =>
          [label, model, metric, mean, seedSd, interval?.[0] ?? null, interval?.[1] ?? null] as const,
      ),
    ),
  );
  const names = ['setting', 'model', 'metric', 'mean', 'seedSd', 'intervalLow', 'intervalHigh'];
  return tidyTable('summary', rows, names, ['text', 'text', 'text', 'number', 'number', 'number', 'number']);
}

export function differenceTable({ differences }: Comparison): TidyTable {
  const rows = differences.map(
    ({ metric, of, than, mean, seedSd, interval }) =>
      [metric, of.setting, of.model, than.setting, than.model, mean, seedSd, interval?.[0] ?? null, interval?.[1] ?? null] as const,
  );
  const names = ['metric', 'setting', 'model', 'thanSetting', 'thanModel', 'difference', 'seedSd', 'intervalLow', 'intervalHigh'];
  return tidyTable('differences', rows, names, ['text', 'text', 'text', 'text', 'text', 'number', 'number', 'number', 'number']);
}

/** The rows of a table, its names first: what a CSV file holds. */
export function rowsOf({ columns }: TidyTable): (string | number | null)[][] {
  const length = columns[0]?.values.length ?? 0;
  return [columns.map(({ name }) => name), ...Array.from({ length }, (_, row) => columns.map(({ values }) => values[row] ?? null))];
}

/** Rows of one value each, with the names and kinds of their columns. */
export function tidyTable(
  name: string,
  rows: readonly (readonly (string | number | null)[])[],
  names: readonly string[],
  types: readonly Column['type'][],
): TidyTable {
  return {
    name,
    columns: names.map((column, at) => ({ name: column, type: types[at] ?? 'text', values: rows.map((row) => row[at] ?? null) })),
  };
}
