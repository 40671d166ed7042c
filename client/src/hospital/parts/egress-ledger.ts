/** What left this browser, event by event, newest first; always within reach. The list is drawn only while it is open. */
import type { HeldAnswer } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement, saveFile } from '../../elements/index.ts';
import { formatBytes, formatNumber, formatTime, say, sayOr } from '../../messages/index.ts';
import { filterLedger, type LedgerEntry, ledgerCsv, ledgerJson, ledgerTotals } from '../../session/index.ts';
import { heldNumbers } from './held-numbers.ts';

const SHOWN = 200;

export class EgressLedger extends LightElement {
  static override properties = {
    entries: { attribute: false },
    unmasked: { attribute: false },
    isOpen: { state: true },
    kind: { state: true },
    round: { state: true },
    held: { state: true },
  };

  declare entries: readonly LedgerEntry[];
  /** Asks for what was answered in the round under way; null before a hospital is open. */
  declare unmasked: (() => Promise<HeldAnswer | null>) | null;
  declare isOpen: boolean;
  declare kind: string | null;
  declare round: number | null;
  declare held: HeldAnswer | 'none' | null;

  constructor() {
    super();
    this.entries = [];
    this.unmasked = null;
    this.isOpen = false;
    this.kind = null;
    this.round = null;
    this.held = null;
  }

  override render(): TemplateResult {
    const { entries } = this;
    const toggle = (event: Event) => {
      this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
      if (!this.isOpen) this.held = null;
    };
    return html`<details class="panel ledger" @toggle=${toggle}>
      <summary>
        ${say('ledger.title')}<br /><span class="quiet"
          >${entries.length === 0 ? say('ledger.none') : totalOf(entries)}</span
        >
      </summary>
      ${this.isOpen && entries.length > 0 ? this.#list() : nothing}
    </details>`;
  }

  #list(): TemplateResult {
    const { entries, kind, round } = this;
    const shown = filterLedger(entries, kind, round);
    const { entries: count, sizeBytes } = ledgerTotals(shown);
    return html`<p class="row">
        <button type="button" @click=${() => saveFile('what-left-this-browser.csv', 'text/csv', ledgerCsv(entries))}>${say('ledger.save')}</button>
        <button type="button" @click=${() => saveFile('what-left-this-browser.json', 'application/json', ledgerJson(entries))}>${say('ledger.save.json')}</button>
      </p>
      <div class="row filters">${this.#filters()}</div>
      ${kind === null && round === null ? nothing : html`<p role="status">${say('ledger.shown', { count: formatNumber(count, 0), size: formatBytes(sizeBytes) })}</p>`}
      ${this.unmasked === null ? nothing : heldNumbers(this.held, () => this.#look())}
      <ul>
        ${shown.slice(-SHOWN).reverse().map(entryLine)}
      </ul>`;
  }

  #filters(): TemplateResult {
    const kinds = [...new Set(this.entries.map(({ kind }) => kind))];
    const rounds = [...new Set(this.entries.flatMap(({ round }) => (round === null ? [] : [round])))].sort((a, b) => b - a);
    const choose = (event: Event) => {
      const { name, value } = event.target as HTMLSelectElement;
      if (name === 'kind') this.kind = value === '' ? null : value;
      else this.round = value === '' ? null : Number(value);
    };
    return html`<label class="field">${say('ledger.filter.kind')}<select name="kind" @change=${choose}>
        <option value="">${say('ledger.filter.all')}</option>
        ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${sayOr(`ledger.kind.${kind}`, kind)}</option>`)}
      </select></label>
      <label class="field">${say('ledger.filter.round')}<select name="round" @change=${choose}>
        <option value="">${say('ledger.filter.all')}</option>
        ${rounds.map((round) => html`<option value=${round} ?selected=${round === this.round}>${round}</option>`)}
      </select></label>`;
  }

  async #look(): Promise<void> {
    const held = (await this.unmasked?.()) ?? null;
    this.held = held ?? 'none';
  }
}

function totalOf(all: readonly LedgerEntry[]): string {
  const { entries, sizeBytes } = ledgerTotals(all);
  return say(entries === 1 ? 'ledger.total.one' : 'ledger.total', { count: formatNumber(entries, 0), size: formatBytes(sizeBytes) });
}

function entryLine(entry: LedgerEntry): TemplateResult {
  return html`<li>
    <span>${formatTime(entry.at)}</span>
    <span>${sayOr(`ledger.kind.${entry.kind}`, entry.kind)}${entry.round === null ? '' : ` · ${say('ledger.round')}\u00a0${entry.round}`}</span>
    ${entry.hash === '' ? nothing : sent(entry)}
  </li>`;
}

/** Entries of earlier releases have no shape. */
const sent = ({ sizeBytes, hash, shape }: LedgerEntry): TemplateResult => html`<span>${formatBytes(sizeBytes)}</span>
    <span class="hash">${shape ? html`${say('ledger.shape')}: ${shape}<br />` : nothing}${say('ledger.hash')} ${hash}</span>`;
