/** Scores of a file's rows: how many have one, a table of the first, all of them as CSV. A row without an answer says why. */
import { type ReleasedModel, type Score, scoresCsv } from '@consilium/shared/export';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../charts/index.ts';
import { formatNumber, say } from '../messages/index.ts';
import type { Scored } from '../session/index.ts';
import { valueTitles } from './about-model.ts';

/** Rows that are shown; the file has all. */
const SHOWN = 200;

export function scoresPart(model: ReleasedModel, { name, scores }: Scored, pick: (row: number) => void): TemplateResult {
  const refused = scores.filter(({ kind }) => kind === 'refused').length;
  const digits = model.answer.kind === 'quantity' || model.answer.kind === 'count' ? 2 : 4;
  const titles = valueTitles(model);
  // Of a curve the horizon is enough here; the file has every time.
  const shown = model.answer.kind === 'survival' ? [titles.length - 1] : titles.map((_, at) => at);
  const value = (score: Score, at: number): string => {
    if (score.kind !== 'scored') return '–';
    const range = score.ranges?.[at];
    const told = formatNumber(score.values[at], digits);
    return range === undefined ? told : `${told} (${formatNumber(range.low, digits)} – ${formatNumber(range.high, digits)})`;
  };
  const labelOf = (feature: string): string => model.features.find((one) => one.name === feature)?.label ?? feature;
  return html`<section aria-label=${say('use.scores')} data-scored=${scores.length - refused} data-refused=${refused}>
    <h3>${say('use.scores')}</h3>
    <p role="status">${say('use.scores.count', { name, scored: formatNumber(scores.length - refused, 0), refused: formatNumber(refused, 0) })}</p>
    <div class="row"><button type="button" class="main" @click=${() => save(scoresCsv(model, scores))}>${say('use.scores.save')}</button></div>
    <div class="tall">${dataTable(
      `${say('use.scores')}: ${name}`,
      [
        { title: say('use.row'), numeric: true, value: ({ row }: Score) => row },
        ...shown.map((at) => ({ title: titles[at]!, numeric: true, value: (score: Score) => value(score, at) })),
        { title: say('use.imputed'), value: (score: Score) => (score.kind === 'scored' ? score.imputed.map(labelOf).join(', ') : '') },
        { title: say('use.refused'), value: (score: Score) => (score.kind === 'refused' ? score.reasons.join('; ') : '') },
        {
          title: say('use.patient'),
          value: ({ row, kind }: Score) =>
            kind === 'refused'
              ? ''
              : html`<button type="button" class="small" aria-label=${say('use.patient.of', { row })} @click=${() => pick(row)}>${say('use.patient.show')}</button>`,
        },
      ],
      scores.slice(0, SHOWN),
    )}</div>
    ${rangeNote(scores)}
    ${scores.length > SHOWN ? html`<p class="note">${say('use.scores.more', { shown: SHOWN, all: formatNumber(scores.length, 0) })}</p>` : nothing}
  </section>`;
}

/** What the brackets are. */
function rangeNote(scores: readonly Score[]): TemplateResult | typeof nothing {
  const ranged = scores.find((score) => score.kind === 'scored' && score.ranges !== null);
  const first = ranged?.kind === 'scored' ? ranged.ranges?.[0] : undefined;
  return first === undefined ? nothing : html`<p class="note">${say(`use.range.${first.kind}`, { fits: first.fits })}</p>`;
}

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: 'scores.csv' });
  link.click();
  URL.revokeObjectURL(address);
}
