/** What the checks of the file found: only here, with row numbers. */
import type { SiteDataReport } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { formatNumber, say, unbroken } from '../../messages/index.ts';

const SHOWN_ROWS = 12;
const SHOWN_CELLS = 200;

export function qualityReport(report: SiteDataReport): TemplateResult {
  const { split, checks, rejected, dropped, preview, columns } = report;
  const figures = [
    [say('data.rows'), report.rowCount],
    [say('data.train'), split.train],
    [say('data.validation'), split.validation],
    [say('data.test'), split.test],
  ] as const;
  return html`<dl class="figures">
      ${figures.map(([title, count]) => html`<div><dt>${title}</dt><dd>${formatNumber(count, 0)}</dd></div>`)}
    </dl>
    ${
      dropped.length === 0
        ? nothing
        : html`<h3>${say('data.dropped')}</h3>
            <ul>${dropped.map(({ reason, count }) => html`<li>${formatNumber(count, 0)}: ${reason}</li>`)}</ul>`
    }
    <h2>${say('data.quality')}</h2>
    <ul class="checks">
      ${checks.map(
        ({ status, text, rows }) => html`<li><span class="mark ${status}">${say(`data.check.${status}`)}</span>
          <span>${unbroken(text)}${rows.length === 0 ? nothing : html` <small class="quiet">${rowNumbers(rows)}</small>`}</span></li>`,
      )}
    </ul>
    ${report.notes.map((note) => html`<p class="note">${note}</p>`)}
    ${
      rejected.length === 0
        ? nothing
        : html`<details>
            <summary>${say('data.rejected', { count: rejected.length })}</summary>
            <p class="note">${say('data.rejected.note')}</p>
            ${dataTable(
              say('data.rejected', { count: rejected.length }),
              [
                { title: say('data.row'), numeric: true, value: ({ row }) => row },
                { title: say('data.line'), numeric: true, value: ({ line }) => line },
                { title: say('data.column'), value: ({ column }) => column },
                { title: say('data.text'), value: ({ text }) => html`<code>${text}</code>` },
                { title: say('data.reason'), value: ({ reason }) => reason },
              ],
              rejected.slice(0, SHOWN_CELLS),
            )}
          </details>`
    }
    <details>
      <summary>${say('data.preview')}</summary>
      <p class="note">${say('data.preview.note')}</p>
      ${dataTable(
        say('data.preview'),
        columns.map((title, index) => ({ title, value: (row: readonly string[]) => row[index] ?? '' })),
        preview,
      )}
    </details>`;
}

function rowNumbers(rows: readonly number[]): string {
  const shown = say('data.check.rows', { rows: rows.slice(0, SHOWN_ROWS).join(', ') });
  return rows.length > SHOWN_ROWS ? `${shown} ${say('data.check.more', { count: rows.length - SHOWN_ROWS })}` : shown;
}
