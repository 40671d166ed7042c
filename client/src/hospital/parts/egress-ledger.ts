/** What left this browser, message by message, newest first; always within reach. The list is drawn only while it is open. */
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../../elements/index.ts';
import { formatBytes, formatNumber, formatTime, say, sayOr } from '../../messages/index.ts';
import { type LedgerEntry, ledgerCsv, ledgerTotals } from '../../session/index.ts';

const SHOWN = 200;

export class EgressLedger extends LightElement {
  static override properties = { entries: { attribute: false }, isOpen: { state: true } };

  declare entries: readonly LedgerEntry[];
  declare isOpen: boolean;

  constructor() {
    super();
    this.entries = [];
    this.isOpen = false;
  }

  override render(): TemplateResult {
    const { entries } = this;
    const toggle = (event: Event) => {
      this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    };
    return html`<details class="panel ledger" @toggle=${toggle}>
      <summary>
        ${say('ledger.title')}<br /><span class="quiet"
          >${entries.length === 0 ? say('ledger.none') : totalOf(entries)}</span
        >
      </summary>
      ${this.isOpen && entries.length > 0 ? list(entries) : nothing}
    </details>`;
  }
}

function totalOf(all: readonly LedgerEntry[]): string {
  const { entries, sizeBytes } = ledgerTotals(all);
  return say(entries === 1 ? 'ledger.total.one' : 'ledger.total', { count: formatNumber(entries, 0), size: formatBytes(sizeBytes) });
}

function list(entries: readonly LedgerEntry[]): TemplateResult {
  return html`<p><button type="button" @click=${() => save(entries)}>${say('ledger.save')}</button></p>
    <ul>
      ${entries.slice(-SHOWN).reverse().map(entryLine)}
    </ul>`;
}

function entryLine(entry: LedgerEntry): TemplateResult {
  return html`<li>
    <span>${formatTime(entry.at)}</span>
    <span>${sayOr(`ledger.kind.${entry.kind}`, entry.kind)}${entry.round === null ? '' : ` · ${say('ledger.round')}\u00a0${entry.round}`}</span>
    <span>${formatBytes(entry.sizeBytes)}</span>
    <span class="hash">${say('ledger.hash')} ${entry.hash}</span>
  </li>`;
}

function save(entries: readonly LedgerEntry[]): void {
  const address = URL.createObjectURL(new Blob([ledgerCsv(entries)], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: 'what-left-this-browser.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
