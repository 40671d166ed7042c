/** The answer for one patient where the outcome is one of several classes: each out of 100, how sure that is, and what decides between the likeliest two. */
import type { ClassesForecast, ForecastNumber } from '@consilium/shared/prediction';
import { html, type TemplateResult } from 'lit';
import { dataTable, iconArray, ofHundred, outOfHundred } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { codeInWords } from './patient-words.ts';
import { type ValueContext, valueNotes, valueReasons } from './value-words.ts';

/** More classes than these have a table only. */
const MOST_PICTURES = 6;

export function classesPart({ classes, likeliest, reasons, imputed }: ClassesForecast, context: ValueContext): TemplateResult {
  const { outcome, own } = context;
  const labels = classLabels(context);
  const [first, second] = likeliest.map((at) => labels[at] ?? '');
  const rows = classes.map((one, at) => ({ ...one, label: labels[at] ?? '' }));
  type Row = (typeof rows)[number];
  return html`<section
    aria-label=${say('patient.answer')}
    data-classes=${classes.map(({ value }) => value).join(' ')}
    data-references=${classes.map(({ reference }) => reference).join(' ')}
  >
    <h2>${say('patient.answer')}</h2>
    <p class="risk" role="status">${say('classes.value', { outcome, label: first ?? '', risk: outOfHundred(rows[likeliest[0]]?.value ?? 0) })}</p>
    ${dataTable<Row>(
      say('classes.table'),
      [
        { title: say('classes.class'), value: ({ label }) => label },
        { title: say('classes.risk'), numeric: true, value: ({ value }) => inHundred(value) },
        {
          title: say('classes.range'),
          numeric: true,
          value: ({ uncertainty }) => (uncertainty === null ? '–' : `${inHundred(uncertainty.low)} – ${inHundred(uncertainty.high)}`),
        },
        { title: say('classes.reference'), numeric: true, value: ({ reference }) => inHundred(reference) },
      ],
      rows,
    )}
    <p class="note">${rangeNote(classes)}</p>
    ${classPictures(classes, labels)}
    ${valueReasons(reasons, say('patient.reasons.x'), context, say('classes.between', { first: first ?? '', second: second ?? '' }))}
    ${valueNotes(imputed, say('classes.own', { slope: formatNumber(own?.metrics.calibrationSlope ?? null, 2) }), context)}
  </section>`;
}

/** A share as a number of a hundred, where the head of the column says so. */
const inHundred = (share: number): string =>
  share > 0 && share < 0.005 ? '< 1' : share < 1 && share > 0.995 ? '> 99' : formatNumber(100 * share, 0);

export const classLabels = ({ classes }: Pick<ValueContext, 'classes'>): string[] => classes.map(codeInWords);

/** A hundred figures a class, each out of the same hundred. */
export function classPictures(classes: readonly ForecastNumber[], labels: readonly string[]): TemplateResult {
  const shown = classes.map(({ value }, at) => ({ value, at })).sort((a, b) => b.value - a.value);
  const kept = shown.slice(0, MOST_PICTURES).sort((a, b) => a.at - b.at);
  return html`<div class="charts">
    ${kept.map(({ value, at }) => iconArray(say('patient.icons', { risk: outOfHundred(value), outcome: labels[at] ?? '' }), ofHundred(value)))}
  </div>`;
}

function rangeNote(classes: readonly ForecastNumber[]): string {
  const uncertainty = classes[0]?.uncertainty ?? null;
  if (uncertainty === null) return say('patient.noInterval');
  if (uncertainty.kind === 'instability') return say('classes.note.instability', { fits: uncertainty.fits });
  return say(`classes.note.${uncertainty.kind}`);
}
