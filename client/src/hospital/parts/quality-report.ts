/** What the checks of the table found: only here, with row numbers. What wants a person comes first. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ShownReport } from '../../chamber/index.ts';
import { dataTable } from '../../charts/index.ts';
import { formatNumber, say, unbroken } from '../../messages/index.ts';

const SHOWN_ROWS = 12;

type Check = ShownReport['checks'][number];

/** Checks of one field: a person who knows the data can say that they are right. The others cannot be accepted away. */
const ACCEPTABLE = /^(?:unit|codes|range|numbers|values|missing-code|leak|constant):/;

type Accept = (check: string) => void;

/** @param accept - A person says that a failed check is right as it is. */
export function qualityReport(report: ShownReport, accept: Accept): TemplateResult {
  const { split, checks, dropped } = report;
  const figures = [
    [say('data.rows'), report.rowCount],
    [say('data.train'), split.train],
    [say('data.validation'), split.validation],
    [say('data.test'), split.test],
  ] as const;
  const of = (status: Check['status']) => checks.filter((check) => check.status === status);
  const [failed, looks, passed] = [of('fail'), of('warn'), of('pass')];
  const counts = say('data.quality.counts', { pass: passed.length, warn: looks.length, fail: failed.length });
  return html`<h2>${say('data.quality')}</h2>
    <p role="status">${counts}</p>
    ${failed.length + looks.length === 0 ? nothing : checkRows([...failed, ...looks], accept)}
    <details>
      <summary>${say('data.quality.passed', { count: passed.length })}</summary>
      ${checkRows(passed, accept)}
    </details>
    ${report.notes.map((note) => html`<p class="note">${note}</p>`)} ${rejectedCells(report)}
    <dl class="figures">
      ${figures.map(([title, count]) => html`<div><dt>${title}</dt><dd>${formatNumber(count, 0)}</dd></div>`)}
    </dl>
    ${
      dropped.length === 0
        ? nothing
        : html`<h3>${say('data.dropped')}</h3>
            <ul>${dropped.map(({ reason, count }) => html`<li>${formatNumber(count, 0)}: ${reason}</li>`)}</ul>`
    }`;
}

function checkRows(checks: readonly Check[], accept: Accept): TemplateResult {
  return html`<ul class="checks">
    ${checks.map(
      (check) => html`<li data-check=${check.id}><span class="mark ${check.status}">${say(`data.check.${check.status}`)}</span>
        <span>${unbroken(check.text)}${check.count === 0 ? nothing : html` <small class="quiet">${rowNumbers(check)}</small>`}
          ${check.status === 'fail' && ACCEPTABLE.test(check.id) ? html`<br /><button type="button" class="small" @click=${() => accept(check.id)}>${say('data.accept')}</button>` : nothing}</span></li>`,
    )}
  </ul>`;
}

function rejectedCells({ rejected, rejectedCount }: ShownReport): TemplateResult | typeof nothing {
  if (rejectedCount === 0) return nothing;
  const title = say('data.rejected', { count: formatNumber(rejectedCount, 0) });
  return html`<details>
    <summary>${title}</summary>
    <p class="note">${say('data.rejected.note')}</p>
    ${dataTable(
      title,
      [
        { title: say('data.row'), numeric: true, value: ({ row }) => row },
        { title: say('data.line'), numeric: true, value: ({ line }) => line },
        { title: say('data.column'), value: ({ column }) => column },
        { title: say('data.text'), value: ({ text }) => html`<code>${text}</code>` },
        { title: say('data.reason'), value: ({ reason }) => reason },
      ],
      rejected,
    )}
  </details>`;
}

function rowNumbers({ rows, count }: Check): string {
  const shown = say('data.check.rows', { rows: rows.slice(0, SHOWN_ROWS).join(', ') });
  return count > SHOWN_ROWS ? `${shown} ${say('data.check.more', { count: count - SHOWN_ROWS })}` : shown;
}
