/** Which models of the study this hospital holds, what the consortium decided on each, and the hospital's own to take along. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { HeldModels } from '../../chamber/index.ts';
import { LightElement } from '../../elements/index.ts';
import { formatMoment, say, sayOr } from '../../messages/index.ts';
import { type ModelSource, type ModelState, troubleOf } from '../../session/index.ts';

/** Digits of a model's identity that people compare. */
const SHORT = 12;

export class HeldModelsPart extends LightElement {
  static override properties = {
    source: { attribute: false },
    held: { state: true },
    states: { state: true },
    failure: { state: true },
    busy: { state: true },
  };

  declare source: ModelSource | null;
  declare held: HeldModels | null;
  /** Null while nobody has answered; the coordinator may be out of reach. */
  declare states: readonly ModelState[] | 'unknown' | null;
  declare failure: string | null;
  declare busy: boolean;

  constructor() {
    super();
    this.source = null;
    this.held = null;
    this.states = null;
    this.failure = null;
    this.busy = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source') && this.source !== null && this.held === null) void this.#look(this.source);
  }

  override render(): TemplateResult | typeof nothing {
    const { held, source, states, failure, busy } = this;
    if (source === null || held === null) return nothing;
    const { own } = held;
    return html`<section aria-label=${say('models.held')}>
      <h2>${say('models.held')}</h2>
      <p>${say('models.held.lead')}</p>
      <ul class="held">
        ${held.models.map(({ id, kind, label }) => {
          const state = states === null || states === 'unknown' ? null : (states.find(({ model }) => model === id) ?? null);
          return html`<li data-model=${id} data-status=${state?.status ?? 'unknown'}>
            ${say(`models.kind.${kind}`)}${label === 'exact' ? `, ${say('models.beside')}` : ''}: ${say('models.id')}
            <span class="hash">${id.slice(0, SHORT)}</span>. ${this.#stateWords(state)}
          </li>`;
        })}
      </ul>
      ${failure === null ? nothing : html`<div class="trouble" role="alert"><p><strong>${say('models.own.failed')}</strong> ${failure}</p></div>`}
      ${
        'refused' in own
          ? html`<p class="note" data-refused=${own.refused}>${sayOr(`models.${own.refused}`, own.refused)}</p>`
          : html`<p>${say(own.isAdapted ? 'models.own.adapted' : 'models.own.shared')}</p>
              <div class="row">
                <button type="button" ?disabled=${busy} @click=${() => this.#save(source)}>${say(own.isAdapted ? 'models.own.save' : 'models.own.save.shared')}</button>
                <button type="button" class="small" ?disabled=${busy} @click=${() => this.#look(source)}>${say('models.again')}</button>
              </div>`
      }
    </section>`;
  }

  #stateWords(state: ModelState | null): string {
    const { states } = this;
    if (states === null) return say('models.state.asking');
    if (states === 'unknown') return say('models.state.unknown');
    if (state === null) return say('models.state.other');
    const { status, why, at } = state;
    if (status === 'candidate' || at === null) return say('models.state.candidate');
    return say(`models.state.${status}`, { when: formatMoment(new Date(at).toISOString()), why: why ?? '' });
  }

  async #look(source: ModelSource): Promise<void> {
    this.held = await source.held().catch(() => null);
    this.states = await source.states().catch(() => 'unknown' as const);
  }

  async #save(source: ModelSource): Promise<void> {
    this.busy = true;
    this.failure = null;
    try {
      const { name, bytes } = await source.save();
      const address = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'application/zip' }));
      Object.assign(document.createElement('a'), { href: address, download: name }).click();
      URL.revokeObjectURL(address);
    } catch (error) {
      this.failure = troubleOf(error).text;
    } finally {
      this.busy = false;
    }
  }
}
