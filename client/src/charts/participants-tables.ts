/** Who took part in a study, over all hospitals, and the arms before treatment. */
import type { ArmCell, BaselineRow, Exclusion, StudyResults } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable } from './plot-figure.ts';

export const participantsTables = ({ flow, baseline }: Pick<StudyResults, 'flow' | 'baseline'>): TemplateResult => html`
  ${flow === null ? nothing : flowTable(flow)} ${baseline === null ? nothing : baselineTable(baseline)}
`;

function flowTable(flow: NonNullable<StudyResults['flow']>): TemplateResult {
  const count = (value: number): string => formatNumber(value, 0);
  const rows = [
    [say('participants.read'), flow.read],
    ...Object.entries(flow.excluded).flatMap(([reason, value]) =>
      value > 0 ? [[say(`participants.${reason as Exclusion}`), value] as const] : [],
    ),
    [say('participants.train'), flow.train],
    [say('participants.validation'), flow.validation],
    [say('participants.test'), flow.test],
  ] as const;
  const title = say('participants.title');
  return html`<h3>${title}</h3>
    ${dataTable(
      title,
      [
        { title: say('participants.step'), value: ([name]: (typeof rows)[number]) => name },
        { title: say('participants.rows'), numeric: true, value: ([, value]) => count(value) },
      ],
      rows,
    )}
    <p class="note">${say('participants.note', { hospitals: flow.hospitals, invited: flow.invited })}</p>`;
}

function baselineTable(rows: readonly BaselineRow[]): TemplateResult {
  const title = say('participants.baseline');
  const name = ({ feature, level, unit }: BaselineRow): string =>
    `${feature}${unit === null ? '' : ` (${unit})`}${level === null ? '' : `: ${level === 'yes' || level === 'no' ? say(`patient.code.${level}`) : level}`}`;
  return html`<h3>${title}</h3>
    ${dataTable(
      title,
      [
        { title: say('participants.feature'), value: name },
        { title: say('participants.comparator'), numeric: true, value: ({ comparator }) => armText(comparator) },
        { title: say('participants.treated'), numeric: true, value: ({ treated }) => armText(treated) },
        { title: say('participants.difference'), numeric: true, value: (row) => formatNumber(row.standardisedDifference) },
      ],
      rows,
    )}
    <p class="note">${say('participants.baseline.note')}</p>`;
}

function armText(arm: ArmCell): string {
  if (arm.known === 0) return '–';
  return arm.kind === 'code'
    ? `${formatNumber(arm.count, 0)} (${formatNumber((100 * arm.count) / arm.known, 1)} %)`
    : `${formatNumber(arm.mean, digitsOf(arm.mean))} (${formatNumber(arm.sd, digitsOf(arm.sd))})`;
}

const digitsOf = (value: number | null): number => (Math.abs(value ?? 0) < 10 ? 2 : 1);
