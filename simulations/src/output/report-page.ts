/** `report.html`: what a simulation found, in one page that opens without a network. */
import { describePlan } from '@consilium/shared/study';
import type { ComparedRun, Comparison, MetricSummary, SettingRuns } from '../comparison/index.ts';
import { legendOf } from './charts/draw.ts';
import { calibrationChart, calibrationGroups, intervalChart, roundChart, siteChart } from './charts/result-charts.ts';
import { leftOutSection } from './left-out.ts';
import { figureOf, type Markup, markup, page, raw, tableOf } from './page.ts';
import { METRIC_NAMES, modelNote, nameOfMetric } from './report-words.ts';
import { labelsInOrder } from './result-table.ts';

const HEADLINES = ['logLoss', 'aurocWithin'] as const;

export function reportPage(settings: readonly SettingRuns[], comparison: Comparison): string {
  const [first] = settings;
  const run = first?.runs[0];
  if (run === undefined) throw new RangeError('reportPage: expected at least one run');
  const { plan, planHash, sites } = run.result;
  const seeds = first?.runs.map(({ result }) => result.seed) ?? [];
  const rows = Object.values(sites).reduce((sum, site) => sum + site.used, 0);
  return page(
    plan.title,
    markup`<header><h1>${plan.title}</h1>
<p class="lead">${plan.purpose}</p>
${plan.synthetic ? markup`<p class="quiet">Every patient in it is made up.</p>` : null}
<dl class="facts">
${fact('Sites', Object.keys(sites).length)}${fact('Patients in use', rows)}${fact('Settings', settings.length)}${fact('Seeds', seeds.length === 1 ? `${seeds[0]}` : `${seeds[0]} to ${seeds.at(-1)}`)}${fact('Plan', planHash.slice(0, 12))}
</dl></header>
${modelSection(comparison)}
${differenceSection(comparison)}
${siteSection(run)}
${leftOutSection(run)}
${calibrationSection(run)}
${coefficientSection(run)}
${roundSection(run)}
${planSection(run)}
<footer>Research use only. Simulated with the program that hospitals run; the intervals come from ${comparison.resamples} resampled sets of test patients, drawn within each site. Plan hash ${planHash}.</footer>`,
  );
}

const fact = (name: string, value: string | number): Markup => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function modelSection(comparison: Comparison): Markup {
  const isMany = comparison.settings.length > 1;
  const models = labelsInOrder([...new Set(comparison.settings.flatMap(({ summary }) => Object.keys(summary)))]);
  const lines = comparison.settings.flatMap(({ label, summary }) =>
    models
      .filter((model) => model in summary)
      .map((model) => ({ name: isMany ? `${label}, ${model}` : model, model, metrics: summary[model] ?? {} })),
  );
  const shown = Object.keys(METRIC_NAMES).filter((metric) => lines.some(({ metrics }) => metrics[metric] !== undefined));
  const charts = HEADLINES.filter((metric) => shown.includes(metric)).map((metric) => {
    const estimates = lines.flatMap(({ name, model, metrics }) => {
      const value = metrics[metric];
      return value === undefined
        ? []
        : [{ name, look: models.indexOf(model), mean: value.mean, low: value.interval?.[0] ?? null, high: value.interval?.[1] ?? null }];
    });
    return figureOf(
      nameOfMetric(metric),
      '',
      intervalChart(nameOfMetric(metric), nameOfMetric(metric), estimates),
      metricTable(nameOfMetric(metric), lines, [metric]),
    );
  });
  return markup`<h2>How good each model is on patients it has not seen</h2>
<p class="quiet">${models
    .map(modelNote)
    .filter((note) => note !== '')
    .join(' ')}</p>
<div class="charts">${charts}</div>
<details><summary>Every metric</summary>${metricTable('Every metric', lines, shown)}</details>
<p class="quiet">Interval: 95 % over other patients of the same sites. Spread: standard deviation over seeds. They answer different questions and are not added.</p>`;
}

interface Line {
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
}

function metricTable(caption: string, lines: readonly Line[], metrics: readonly string[]): Markup {
  const body = lines.flatMap(({ name, metrics: own }) =>
    metrics.flatMap((metric) => {
      const value = own[metric];
      return value === undefined
        ? []
        : [[name, nameOfMetric(metric), number(value.mean), interval(value), value.seedSd === null ? '–' : number(value.seedSd)]];
    }),
  );
  return tableOf(caption, ['model', 'metric', 'mean', 'interval', 'spread over seeds'], body, 2);
}

function differenceSection({ differences, settings }: Comparison): Markup | null {
  const shown = differences.filter(({ metric }) => (HEADLINES as readonly string[]).includes(metric));
  if (shown.length === 0) return null;
  const name = ({ setting, model }: (typeof shown)[number]['of']) => (settings.length > 1 ? `${setting} ${model}` : model);
  const charts = HEADLINES.flatMap((metric) => {
    const rows = shown.filter((item) => item.metric === metric);
    if (rows.length === 0) return [];
    const title = `Difference in ${nameOfMetric(metric)}`;
    const estimates = rows.map((item) => ({
      name: `${name(item.of)} − ${name(item.than)}`,
      look: 0,
      mean: item.mean,
      low: item.interval?.[0] ?? null,
      high: item.interval?.[1] ?? null,
    }));
    const table = tableOf(
      title,
      ['pair', 'difference', 'interval', 'spread over seeds'],
      rows.map((item) => [
        `${name(item.of)} − ${name(item.than)}`,
        number(item.mean),
        interval(item),
        item.seedSd === null ? '–' : number(item.seedSd),
      ]),
    );
    return [
      figureOf(
        title,
        metric === 'logLoss' ? 'Below 0: the first is better.' : 'Above 0: the first is better.',
        intervalChart(title, title, estimates, true),
        table,
      ),
    ];
  });
  return markup`<h2>What the difference is, on the same patients</h2><div class="charts">${charts}</div>`;
}

function siteSection({ result }: ComparedRun): Markup {
  const models = labelsInOrder(Object.keys(result.models)).filter((model) => model !== 'exact' && model !== 'central');
  const values = (metric: 'logLoss' | 'auroc') =>
    models.flatMap((model) =>
      Object.entries(result.models[model]?.sites ?? {}).flatMap(([site, metrics]) => {
        const value = (metrics as unknown as Record<string, number | null>)[metric];
        return typeof value === 'number' ? [{ site, model, value }] : [];
      }),
    );
  const figures = (['logLoss', 'auroc'] as const).map((metric) => {
    const own = values(metric);
    const title = metric === 'auroc' ? 'AUROC at each site' : 'Log-loss at each site';
    const table = tableOf(
      title,
      ['site', 'model', title],
      own.map((item) => [item.site, item.model, number(item.value)]),
      2,
    );
    return own.length === 0 ? raw('') : figureOf(title, '', siteChart(title, title, models, own), table, legendOf(models));
  });
  const counts = Object.entries(result.sites).map(([site, item]) => [site, item.rows, item.used, item.train, item.validation, item.test]);
  return markup`<h2>Each site</h2><div class="charts">${figures}</div>
<details><summary>Rows of each site</summary>${tableOf('Rows of each site', ['site', 'rows', 'in use', 'training', 'validation', 'test'], counts)}</details>`;
}

function calibrationSection({ result, predictions }: ComparedRun): Markup | null {
  if (result.plan.outcomes.some(({ role, task }) => role === 'primary' && task !== 'binary')) return null;
  const models = labelsInOrder(Object.keys(result.models)).filter((model) => model !== 'exact');
  const groups = models.map((model) => calibrationGroups(predictions, model));
  const table = tableOf(
    'Calibration',
    ['model', 'predicted', 'observed', 'patients'],
    models.flatMap((model, at) =>
      (groups[at] ?? []).map(({ predicted, observed, count }) => [model, number(predicted), number(observed), count]),
    ),
  );
  return markup`<h2>Calibration</h2>${figureOf('Predicted risk against the observed share', 'On the line, what is predicted happens as often as predicted. The area of a mark stands for its patients.', calibrationChart(models, groups), table, legendOf(models))}`;
}

function coefficientSection({ result }: ComparedRun): Markup | null {
  const { coefficients } = result;
  if (coefficients.length === 0) return null;
  const rows = coefficients.map(({ name, value, standardError }) => ({
    name,
    look: 0,
    mean: value,
    low: standardError === null ? null : value - 1.96 * standardError,
    high: standardError === null ? null : value + 1.96 * standardError,
  }));
  const table = tableOf(
    'Coefficients',
    ['column', 'federated', 'spread', 'difference from central'],
    coefficients.map(({ name, value, standardError, central }) => [
      name,
      number(value),
      standardError === null ? '–' : number(standardError),
      (value - central).toExponential(1),
    ]),
  );
  return markup`<h2>Coefficients of the exact fit</h2>${figureOf('Coefficients, per standard deviation of the column', 'The bars are 1.96 times the spread; with a penalty they are no confidence intervals.', intervalChart('Coefficients', 'coefficient', rows, true), table)}`;
}

interface RoundLine {
  readonly round: number;
  readonly kind: string;
  readonly outcome: string;
  readonly survivors: readonly string[];
  readonly dropped: readonly string[];
  readonly virtual?: { readonly from: number; readonly to: number };
}

function roundSection({ result }: ComparedRun): Markup {
  const rounds = result.rounds as readonly RoundLine[];
  const shown = rounds.map((item) => ({
    round: item.round,
    kind: item.kind,
    outcome: item.outcome,
    counted: item.survivors.length,
    lost: item.dropped.length,
  }));
  const hasClock = rounds.some((item) => item.virtual !== undefined);
  const table = tableOf(
    'Rounds',
    ['round', 'kind', 'outcome', 'counted', 'left out', ...(hasClock ? ['seconds (pretended clock)'] : [])],
    rounds.map((item) => [
      item.round,
      item.kind,
      item.outcome,
      item.survivors.length,
      item.dropped.join(' ') || '–',
      ...(item.virtual === undefined ? [] : [number(item.virtual.to - item.virtual.from)]),
    ]),
    3,
  );
  const bytes = Object.entries(result.wire).map(([site, { up, down }]) => [site, Math.round(up / 1000), Math.round(down / 1000)]);
  return markup`<h2>Rounds</h2>${figureOf('Sites counted in each round', '', roundChart(shown, Object.keys(result.sites).length), table)}
<details><summary>Bytes of each site</summary>${tableOf('Kilobytes of each site', ['site', 'sent, kB', 'received, kB'], bytes)}</details>`;
}

function planSection({ result }: ComparedRun): Markup {
  const lines = describePlan(result.plan).map((line) => markup`<li>${typeof line === 'string' ? line : JSON.stringify(line)}</li>`);
  const notes = result.notes.map((note) => markup`<p class="quiet">${note}</p>`);
  return markup`<h2>The plan in words</h2><ul>${lines}</ul>${notes}
<details><summary>The plan as data</summary><pre>${JSON.stringify(result.plan, null, 2)}</pre></details>`;
}

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(4));
const interval = (value: MetricSummary): string =>
  value.interval === null ? '–' : `${number(value.interval[0])} to ${number(value.interval[1])}`;
