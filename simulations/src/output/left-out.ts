/** Metrics at sites that were left out of training: as a table for a terminal, a tidy table, and a section of the report. */
import type { Task } from '@consilium/shared/schema';
import { primaryOutcome } from '@consilium/shared/study';
import type { ComparedRun, SettingRuns } from '../comparison/index.ts';
import { align } from './align.ts';
import { type Markup, markup, tableOf } from './page.ts';
import { type Column, type TidyTable, tidyTable } from './tidy-tables.ts';

/** The metrics that a table shows, with their titles; a file has all. */
const SHOWN: Readonly<Record<Task, readonly (readonly [string, string])[]>> = {
  binary: [
    ['n', 'patients'],
    ['logLoss', 'log-loss'],
    ['auroc', 'AUROC'],
    ['aurocWithin', 'AUROC within'],
    ['calibrationSlope', 'slope'],
    ['observedExpected', 'O:E'],
  ],
  multiclass: [
    ['n', 'patients'],
    ['logLoss', 'log-loss'],
    ['accuracy', 'accuracy'],
    ['brier', 'Brier'],
  ],
  regression: [
    ['n', 'patients'],
    ['meanAbsoluteError', 'MAE'],
    ['rSquared', 'R²'],
    ['coverage95', 'coverage'],
  ],
  count: [
    ['n', 'patients'],
    ['meanAbsoluteError', 'MAE'],
    ['deviance', 'deviance'],
    ['observedExpected', 'O:E'],
  ],
  'time-to-event': [
    ['n', 'patients'],
    ['events', 'events'],
    ['concordance', 'C'],
    ['concordanceWithin', 'C within'],
    ['integratedBrier', 'Brier'],
    ['observedExpected', 'O:E'],
  ],
};

const TITLE = 'Each site left out of training in turn';
const ALL = 'all left out';

/** Empty where no site was left out. */
export function leftOutTable(settings: readonly SettingRuns[]): string {
  const tables = settings.flatMap(({ label, runs }) => {
    const rows = rowsOf(runs[0]);
    return rows.length === 0 ? [] : [align([[settings.length > 1 ? `${TITLE}: ${label}` : TITLE, ...headOf(runs[0]).slice(1)], ...rows])];
  });
  return tables.join('\n\n');
}

/** Null where no site was left out. */
export function leftOutSection(run: ComparedRun): Markup | null {
  const rows = rowsOf(run);
  if (rows.length === 0) return null;
  return markup`<h2>${TITLE}</h2>
<p class="quiet">The model of the others’ training patients on all patients of the site left out: what a hospital that joins later may expect. Central: the same rows in one place.</p>
${tableOf(TITLE, headOf(run), rows, 2)}`;
}

/** Every metric of every left-out site; null where no site was left out. */
export function leftOutTidy(settings: readonly SettingRuns[]): TidyTable | null {
  const rows = settings.flatMap(({ label, runs }) =>
    Object.entries(runs[0]?.result.leaveOneSiteOut ?? {}).flatMap(([model, { pooled, sites }]) =>
      [['pooled', pooled] as const, ...Object.entries(sites)].flatMap(([site, metrics]) =>
        Object.entries(metrics).map(([metric, value]) => [label, model, site, metric, value as number | null] as const),
      ),
    ),
  );
  const types: readonly Column['type'][] = ['text', 'text', 'text', 'text', 'number'];
  return rows.length === 0 ? null : tidyTable('left-out', rows, ['setting', 'model', 'site', 'metric', 'value'], types);
}

const columnsOf = (run: ComparedRun | undefined) => SHOWN[run === undefined ? 'binary' : primaryOutcome(run.result.plan).task];
const headOf = (run: ComparedRun | undefined): string[] => ['site', 'model', ...columnsOf(run).map(([, title]) => title)];

function rowsOf(run: ComparedRun | undefined): string[][] {
  return Object.entries(run?.result.leaveOneSiteOut ?? {}).flatMap(([model, { pooled, sites }]) =>
    [...Object.entries(sites), [ALL, pooled] as const].map(([site, metrics]) => {
      const values: Readonly<Record<string, number | null | undefined>> = { ...metrics };
      return [site, model, ...columnsOf(run).map(([name]) => cell(values[name]))];
    }),
  );
}

const cell = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : Number.isInteger(value) && value > 1 ? String(value) : value.toFixed(4);
