/** What left this browser, message by message, newest first; always within reach. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatBytes, formatTime, say, sayOr } from '../../messages/index.ts';
import { type LedgerEntry, ledgerCsv, ledgerTotals, type SessionView } from '../../session/index.ts';

const SHOWN = 200;

export function ledgerPanel({ ledger }: SessionView): TemplateResult {
  const totals = ledgerTotals(ledger);
  return html`<details class="panel ledger">
    <summary>
      ${say('ledger.title')}<br /><span class="quiet"
        >${ledger.length === 0 ? say('ledger.none') : say('ledger.total', { count: totals.entries, size: formatBytes(totals.sizeBytes) })}</span
      >
    </summary>
    ${
      ledger.length === 0
        ? nothing
        : html`<p><button type="button" @click=${() => save(ledger)}>${say('ledger.save')}</button></p>
            <ul>
              ${ledger.slice(-SHOWN).reverse().map(entryLine)}
            </ul>`
    }
  </details>`;
}

function entryLine(entry: LedgerEntry): TemplateResult {
  return html`<li>
    <span>${formatTime(entry.at)}</span>
    <span>${sayOr(`ledger.kind.${entry.kind}`, entry.kind)}${entry.round === null ? '' : ` · ${say('ledger.round')} ${entry.round}`}</span>
    <span>${formatBytes(entry.sizeBytes)}</span>
    <span class="hash" title=${say('ledger.hash')}>${entry.hash.slice(0, 32)}…</span>
  </li>`;
}

function save(ledger: readonly LedgerEntry[]): void {
  const address = URL.createObjectURL(new Blob([ledgerCsv(ledger)], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: 'what-left-this-browser.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
