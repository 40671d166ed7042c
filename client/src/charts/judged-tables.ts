/** The judgement of a study as tables: groups of patients, figures across hospitals, whether the network is taken, and how many patients are needed. */
import type { AcrossSitesResult, JudgedResults, StudyResults, SubgroupResult } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say, sayOr } from '../messages/index.ts';
import { dataTable } from './plot-figure.ts';
import { measureTitle } from './task-measures.ts';

const modelTitle = (label: string): string => sayOr(`label.${label}`, label);

export const judgedTables = ({
  subgroups,
  acrossSites,
  promotion,
  sampleSize,
  classes,
}: JudgedResults & Pick<StudyResults, 'classes'>): TemplateResult => html`
  ${subgroups.length === 0 ? nothing : groupsTable(subgroups, classes)} ${acrossSites.length === 0 ? nothing : acrossTable(acrossSites, classes)}
  ${promotion === null ? nothing : promotionNote(promotion)} ${sampleSize === null ? nothing : sampleSize.kind === 'refused' ? sampleRefusal() : sampleTable(sampleSize)}
`;

const range = ([low, high]: readonly [number, number]): string => `${formatNumber(low)} – ${formatNumber(high)}`;

const titled = (title: string, table: TemplateResult, note: string): TemplateResult =>
  html`<h3>${title}</h3>
    ${table}
    <p class="note">${note}</p>`;

function groupsTable(rows: readonly SubgroupResult[], classes: readonly string[]): TemplateResult {
  const figure = (title: string, value: (result: NonNullable<SubgroupResult['result']>) => string) => ({
    title,
    numeric: true,
    value: ({ result }: SubgroupResult) => (result === null ? '–' : value(result)),
  });
  const names = [...new Set(rows.flatMap(({ result }) => Object.keys(result?.measures ?? {})))];
  const title = say('results.groups');
  const table = dataTable(
    title,
    [
      { title: say('results.model'), value: ({ model }: SubgroupResult) => modelTitle(model) },
      { title: say('results.group'), value: ({ feature, group }) => `${feature}: ${group === '' ? say('results.group.missing') : group}` },
      figure(say('results.patients'), ({ n, events }) => `${formatNumber(n, 0)} (${formatNumber(events, 0)})`),
      ...names.map((name) =>
        figure(measureTitle(name, classes), ({ measures, intervals }) => {
          const interval = intervals[name];
          return `${formatNumber(measures[name] ?? null)}${interval === undefined ? '' : ` (${range(interval)})`}`;
        }),
      ),
    ],
    rows,
  );
  return titled(title, table, say('results.groups.note'));
}

function acrossTable(rows: readonly AcrossSitesResult[], classes: readonly string[]): TemplateResult {
  const title = say('results.across');
  const table = dataTable(
    title,
    [
      { title: say('results.model'), value: ({ model }: AcrossSitesResult) => modelTitle(model) },
      { title: say('results.metric'), value: ({ figure }) => measureTitle(figure, classes) },
      { title: say('results.across.sites'), numeric: true, value: ({ result }) => formatNumber(result.sites, 0) },
      { title: say('results.across.mean'), numeric: true, value: ({ result }) => formatNumber(result.mean) },
      { title: say('results.across.interval'), numeric: true, value: ({ result }) => range(result.interval) },
      { title: say('results.across.prediction'), numeric: true, value: ({ result }) => range(result.prediction) },
    ],
    rows,
  );
  return titled(title, table, say('results.across.note'));
}

function promotionNote({ reason, meanDifference, upper, slope }: NonNullable<JudgedResults['promotion']>): TemplateResult {
  const figures = { difference: formatNumber(meanDifference), upper: formatNumber(upper), slope: formatNumber(slope) };
  return html`<h3>${say('results.promotion')}</h3>
    <p>${say(`results.promotion.${reason}`, figures)}</p>`;
}

const SAMPLE_NOTES = {
  binary: 'results.sample.note',
  multiclass: 'results.sample.note.classes',
  regression: 'results.sample.note.plain',
  'time-to-event': 'results.sample.note.time',
} as const;

const sampleRefusal = (): TemplateResult =>
  html`<h3>${say('results.sample')}</h3>
    <p class="note">${say('results.sample.refused.count')}</p>`;

type SampleAnswer = Extract<NonNullable<JudgedResults['sampleSize']>, { kind: 'answered' }>;

function sampleTable(sample: SampleAnswer): TemplateResult {
  const rows = [
    { name: say('results.sample.planned'), ...sample.planned },
    ...(sample.found === null ? [] : [{ name: say('results.sample.found'), ...sample.found }]),
  ];
  const title = say('results.sample');
  const table = dataTable(
    title,
    [
      { title: say('results.sample.assumed'), value: ({ name }: (typeof rows)[number]) => name },
      { title: 'R²', numeric: true, value: ({ rSquared }) => formatNumber(rSquared) },
      { title: say('results.sample.rows'), numeric: true, value: ({ needed }) => formatNumber(needed.rows, 0) },
      ...(sample.events === null
        ? []
        : [
            {
              title: say('results.sample.events'),
              numeric: true,
              value: ({ needed }: (typeof rows)[number]) => formatNumber(needed.events, 0),
            },
          ]),
    ],
    rows,
  );
  const counts = { rows: formatNumber(sample.rows, 0), events: formatNumber(sample.events, 0), parameters: sample.parameters };
  return titled(title, table, say(SAMPLE_NOTES[sample.task], counts));
}
