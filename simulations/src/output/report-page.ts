/** `report.html`: what a simulation found, in one page that opens without a network. */
import type { Outcome } from '@consilium/shared/schema';
import { describePlan, primaryOutcome } from '@consilium/shared/study';
import type { ComparedRun, Comparison, MetricSummary, SettingRuns } from '../comparison/index.ts';
import { calibrationOf } from './calibration-groups.ts';
import { legendOf } from './charts/draw.ts';
import { calibrationChart, intervalChart, roundChart, siteChart } from './charts/result-charts.ts';
import { coefficientSection } from './coefficient-section.ts';
import { effectSection } from './effect-section.ts';
import { gainSection } from './gain-section.ts';
import { leftOutSection } from './left-out.ts';
import { figureOf, type Markup, markup, page, raw, tableOf } from './page.ts';
import { metricsInOrder, modelNote, nameOfMetric } from './report-words.ts';
import { labelsInOrder } from './result-table.ts';
import { HEADLINES, SITE_FIGURES } from './task-figures.ts';

export function reportPage(settings: readonly SettingRuns[], comparison: Comparison): string {
  const [first] = settings;
  const run = first?.runs[0];
  if (run === undefined) throw new RangeError('reportPage: expected at least one run');
  const { plan, planHash, sites } = run.result;
  const outcome = primaryOutcome(plan);
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
${modelSection(comparison, outcome)}
${differenceSection(comparison, outcome)}
${effectSection(run)}
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

function modelSection(comparison: Comparison, outcome: Outcome): Markup {
  const isMany = comparison.settings.length > 1;
  const models = labelsInOrder([...new Set(comparison.settings.flatMap(({ summary }) => Object.keys(summary)))]);
  const lines = comparison.settings.flatMap(({ label, summary }) =>
    models
      .filter((model) => model in summary)
      .map((model) => ({ name: isMany ? `${label}, ${model}` : model, model, metrics: summary[model] ?? {} })),
  );
  const shown = metricsInOrder(lines.flatMap(({ metrics }) => Object.keys(metrics)));
  const headlines = HEADLINES[outcome.task].map(({ metric }) => metric).filter((metric) => shown.includes(metric));
  const charts = headlines.map((metric) => {
    const estimates = lines.flatMap(({ name, model, metrics }) => {
      const value = metrics[metric];
      return value === undefined
        ? []
        : [{ name, look: models.indexOf(model), mean: value.mean, low: value.interval?.[0] ?? null, high: value.interval?.[1] ?? null }];
    });
    const title = nameOfMetric(metric, outcome);
    return figureOf(title, '', intervalChart(title, title, estimates), metricTable(title, lines, [metric], outcome));
  });
  return markup`<h2>How good each model is on patients it has not seen</h2>
<p class="quiet">${models
    .map(modelNote)
    .filter((note) => note !== '')
    .join(' ')}</p>
<div class="charts">${charts}</div>
<details><summary>Every metric</summary>${metricTable('Every metric', lines, shown, outcome)}</details>
<p class="quiet">Interval: 95 % over other patients of the same sites. Spread: standard deviation over seeds. They answer different questions and are not added.</p>`;
}

interface Line {
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
}

function metricTable(caption: string, lines: readonly Line[], metrics: readonly string[], outcome: Outcome): Markup {
  const body = lines.flatMap(({ name, metrics: own }) =>
    metrics.flatMap((metric) => {
      const value = own[metric];
      return value === undefined
        ? []
        : [[name, nameOfMetric(metric, outcome), number(value.mean), interval(value), value.seedSd === null ? '–' : number(value.seedSd)]];
    }),
  );
  return tableOf(caption, ['model', 'metric', 'mean', 'interval', 'spread over seeds'], body, 2);
}

function differenceSection({ differences, settings }: Comparison, outcome: Outcome): Markup | null {
  const headlines = HEADLINES[outcome.task];
  const shown = differences.filter((item) => headlines.some(({ metric }) => metric === item.metric));
  if (shown.length === 0) return null;
  const name = ({ setting, model }: (typeof shown)[number]['of']) => (settings.length > 1 ? `${setting} ${model}` : model);
  const charts = headlines.flatMap(({ metric, better }) => {
    const rows = shown.filter((item) => item.metric === metric);
    if (rows.length === 0) return [];
    const title = `Difference in ${nameOfMetric(metric, outcome)}`;
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
        better === 'below' ? 'Below 0: the first is better.' : 'Above 0: the first is better.',
        intervalChart(title, title, estimates, true),
        table,
      ),
    ];
  });
  return markup`<h2>What the difference is, on the same patients</h2><div class="charts">${charts}</div>`;
}

function siteSection(run: ComparedRun): Markup {
  const { result } = run;
  const models = labelsInOrder(Object.keys(result.models)).filter((model) => model !== 'exact' && model !== 'central');
  const outcome = primaryOutcome(result.plan);
  const values = (metric: string) =>
    models.flatMap((model) =>
      Object.entries(result.models[model]?.sites ?? {}).flatMap(([site, metrics]) => {
        const value = (metrics as unknown as Record<string, number | null>)[metric];
        return typeof value === 'number' ? [{ site, model, value }] : [];
      }),
    );
  const figures = SITE_FIGURES[outcome.task].map((metric) => {
    const own = values(metric);
    const name = siteName(metric, outcome);
    const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)} at each site`;
    const table = tableOf(
      title,
      ['site', 'model', title],
      own.map((item) => [item.site, item.model, number(item.value)]),
      2,
    );
    const present = models.filter((model) => own.some((item) => item.model === model));
    return own.length === 0 ? raw('') : figureOf(title, '', siteChart(title, name, present, own), table, legendOf(present));
  });
  const counts = Object.entries(result.sites).map(([site, item]) => [site, item.rows, item.used, item.train, item.validation, item.test]);
  return markup`<h2>Each site</h2><div class="charts">${figures}</div>
${gainSection(run)}
<details><summary>Rows of each site</summary>${tableOf('Rows of each site', ['site', 'rows', 'in use', 'training', 'validation', 'test'], counts)}</details>`;
}

/** At one site there are no other sites' pairs to speak of. */
const siteName = (metric: string, outcome: Outcome): string =>
  ({ auroc: 'AUROC', concordanceWithin: 'C' })[metric] ?? nameOfMetric(metric, outcome);

const CALIBRATION: Readonly<
  Record<Outcome['task'], { readonly title: string; readonly x: string; readonly y: string; readonly note: string }>
> = {
  binary: {
    title: 'Predicted risk against the observed share',
    x: 'predicted risk',
    y: 'observed share',
    note: 'On the line, what is predicted happens as often as predicted.',
  },
  multiclass: {
    title: 'Predicted probability of each class against its observed share',
    x: 'predicted probability',
    y: 'observed share',
    note: 'On the line, a class is seen as often as predicted.',
  },
  regression: {
    title: 'Predicted value against the observed mean',
    x: 'predicted',
    y: 'observed mean',
    note: 'Test patients in ten groups by what was predicted. On the line, the mean is as predicted.',
  },
  count: {
    title: 'Predicted number against the observed mean',
    x: 'predicted',
    y: 'observed mean',
    note: 'Test patients in ten groups by what was predicted. On the line, the mean is as predicted.',
  },
  'time-to-event': {
    title: 'Predicted risk by the horizon against Kaplan-Meier',
    x: 'predicted risk',
    y: 'observed, 1 − Kaplan-Meier',
    note: 'Test patients in ten groups by predicted risk. On the line, what is predicted happens as often as predicted.',
  },
};

function calibrationSection({ result, predictions }: ComparedRun): Markup | null {
  const outcome = primaryOutcome(result.plan);
  const { title, x, y, note } = CALIBRATION[outcome.task];
  const models = labelsInOrder(Object.keys(result.models)).filter((model) => model !== 'exact' && model !== 'cox');
  const drawn = outcome.task === 'multiclass' ? [...models].sort((a, b) => Number(b === 'federated') - Number(a === 'federated')) : models;
  const groups = calibrationOf(outcome, predictions, drawn).filter(({ points }) => points.length > 0);
  if (groups.length === 0) return null;
  const names = groups.map(({ name }) => name);
  const table = tableOf(
    'Calibration',
    [outcome.task === 'multiclass' ? 'class' : 'model', 'predicted', 'observed', 'patients'],
    groups.flatMap(({ name, points }) =>
      points.map(({ predicted, observed, count }) => [name, number(predicted), number(observed), count]),
    ),
  );
  const whose = outcome.task === 'multiclass' ? ` The ${drawn[0]} model.` : '';
  const isShare = outcome.task !== 'regression' && outcome.task !== 'count';
  const chart = calibrationChart(
    { title, x, y, isShare },
    groups.map(({ points }) => points),
  );
  return markup`<h2>Calibration</h2>${figureOf(title, `${note}${whose} The area of a mark stands for its patients.`, chart, table, legendOf(names))}`;
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

/** A zero has no sign. */
const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(4).replace(/^-(0\.0*)$/, '$1'));
const interval = (value: MetricSummary): string =>
  value.interval === null ? '–' : `${number(value.interval[0])} to ${number(value.interval[1])}`;
