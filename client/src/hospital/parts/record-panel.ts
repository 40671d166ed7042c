/** This hospital's own record: read as sentences, saved as a file that can be checked without any server. */
import type { SiteLogEvent, SiteLogLink } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { LightElement, saveFile } from '../../elements/index.ts';
import { formatBytes, formatMoment, formatNumber, say, sayOr } from '../../messages/index.ts';
import { recordEntries } from '../../session/index.ts';

const SHOWN = 300;

export class RecordPanel extends LightElement {
  static override properties = { source: { attribute: false }, links: { state: true } };

  /** Reads the record as a file. */
  declare source: () => Promise<string>;
  declare links: readonly SiteLogLink[] | null;

  constructor() {
    super();
    this.source = async () => '';
    this.links = null;
  }

  override render(): TemplateResult {
    const { links } = this;
    return html`<details class="panel record">
      <summary>${say('record.title')}</summary>
      <p>${say('record.lead')}</p>
      <p class="row">
        <button type="button" @click=${() => this.#save()}>${say('record.save')}</button>
        <button type="button" @click=${() => this.#load()}>${say('record.load')}</button>
      </p>
      ${links === null ? nothing : entries(links)}
    </details>`;
  }

  async #load(): Promise<void> {
    this.links = recordEntries(await this.source());
  }

  async #save(): Promise<void> {
    saveFile('record-of-this-hospital.jsonl', 'application/x-ndjson', await this.source());
  }
}

function entries(links: readonly SiteLogLink[]): TemplateResult {
  return html`<p role="status">${say('record.count', { count: formatNumber(links.length, 0) })}</p>
    ${dataTable(
      say('record.title'),
      [
        { title: say('record.time'), value: ({ recordedAt }) => formatMoment(recordedAt) },
        { title: say('record.what'), value: ({ event }) => sentenceOf(JSON.parse(event) as SiteLogEvent) },
      ],
      links.slice(-SHOWN).reverse(),
    )}`;
}

function sentenceOf(event: SiteLogEvent): string {
  switch (event.type) {
    case 'joined':
      return say('record.joined', { name: event.name });
    case 'opened':
      return say('record.opened', { place: event.servedBy });
    case 'signed':
      return say('record.signed', { what: event.what.replace(/^consilium /, '').replace(/ \d+$/, '') });
    case 'sent':
      return say('record.sent', {
        what: about(sayOr(`ledger.kind.${event.kind}`, event.kind), event.round),
        size: formatBytes(event.bytes),
      });
    case 'told':
      return say('record.told', { what: about(event.kind, event.round) });
    case 'refused':
    case 'aborted':
      return say(`record.${event.type}`, { what: about(event.code, event.round) });
    default:
      return say(`record.${event.type}`);
  }
}

const about = (what: string, round: number | null): string => (round === null ? what : `${what}, ${say('record.round', { round })}`);
