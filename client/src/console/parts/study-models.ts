/** The models of a finished study: which is in use, what the judged rule says of it, who decided what and why; promote, retire, roll back, take along. */
import { promotionObstacle } from '@consilium/shared/registry';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { consoleTroubleNote, LightElement } from '../../elements/index.ts';
import { formatMoment, formatNumber, say, sayOr } from '../../messages/index.ts';
import {
  type Account,
  type ConsoleModel,
  type ConsoleModels,
  decideOnModel,
  fetchModels,
  type ModelDecision,
  modelFilesAddress,
  modelsLogAddress,
  type Trouble,
  troubleOf,
} from '../../session/index.ts';

/** Digits of a model's identity that people compare. */
const SHORT = 12;
const LONGEST_REASON = 500;

export class StudyModels extends LightElement {
  static override properties = {
    study: { attribute: false },
    account: { attribute: false },
    known: { state: true },
    trouble: { state: true },
    busy: { state: true },
    deciding: { state: true },
  };

  declare study: string;
  declare account: Account | null;
  declare known: ConsoleModels | null;
  declare trouble: Trouble | null;
  declare busy: boolean;
  /** What is asked a reason for. */
  declare deciding: { readonly type: ModelDecision['type']; readonly model: string } | null;

  constructor() {
    super();
    this.known = null;
    this.trouble = null;
    this.busy = false;
    this.deciding = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('study')) return;
    this.known = null;
    this.deciding = null;
    void this.#do(() => fetchModels(this.study));
  }

  override render(): TemplateResult {
    const { known } = this;
    return html`<section aria-label=${say('models.title')}>
      <h2>${say('models.title')}</h2>
      ${consoleTroubleNote(this.trouble)}
      ${known === null ? html`<p class="note" role="status">${say('models.loading')}</p>` : this.#list(known)}
    </section>`;
  }

  #list({ models, looks, previous }: ConsoleModels): TemplateResult {
    if (models.length === 0) return html`<p class="note">${say('models.none')}</p>`;
    const mayDecide = this.account !== null && this.account.role !== 'viewer';
    return html`<p>${say('models.lead')}</p>
      ${models.map((model) => this.#model(model, mayDecide))}
      <p class="note">${say(looks > 1 ? 'models.looks.more' : 'models.looks', { count: looks })}</p>
      <div class="row">
        ${mayDecide && previous !== null ? this.#button('rollback', '', 'models.rollback') : nothing}
        <a class="button" href=${modelsLogAddress(this.study)} download>${say('models.log')}</a>
      </div>
      ${this.#dialog()}`;
  }

  #model(model: ConsoleModel, mayDecide: boolean): TemplateResult {
    const { status, history, label, kind, refused } = model;
    const short = model.model.slice(0, SHORT);
    const obstacle = promotionObstacle(model);
    return html`<article class="model" data-model=${model.model} data-status=${status}>
      <h3>${say(`models.kind.${kind}`)} <span class="mark ${MARKS[status]}">${say(`models.status.${status}`)}</span></h3>
      <p class="quiet">${say('models.id')} <span class="hash">${short}</span>${label === 'exact' ? `, ${say('models.beside')}` : ''}</p>
      <p>${ruleWords(model)}</p>
      ${
        history.length <= 1
          ? html`<p class="note">${say('models.undecided')}</p>`
          : html`<ul class="history">
              ${history
                .slice(1)
                .toReversed()
                .map(
                  ({ status: to, by, why, at }) =>
                    html`<li>${say(`models.became.${to}`, { by, when: formatMoment(new Date(at).toISOString()) })} <q>${why}</q></li>`,
                )}
            </ul>`
      }
      ${refused === null ? nothing : html`<p class="note" data-refused=${refused}>${sayOr(`models.${refused}`, refused)}</p>`}
      <div class="row">
        ${mayDecide && status !== 'promoted' && obstacle === null ? this.#button('promote', model.model, 'models.promote') : nothing}
        ${mayDecide && status !== 'retired' ? this.#button('retire', model.model, 'models.retire') : nothing}
        ${refused === null ? html`<a class="button" href=${modelFilesAddress(this.study, model.model)} download>${say('models.files')}</a>` : nothing}
      </div>
    </article>`;
  }

  #button(type: ModelDecision['type'], model: string, words: 'models.promote' | 'models.retire' | 'models.rollback'): TemplateResult {
    const ask = () => {
      this.deciding = { type, model };
      void this.updateComplete.then(() => this.querySelector('dialog')?.showModal());
    };
    return html`<button type="button" class=${type === 'promote' ? 'main' : ''} ?disabled=${this.busy} @click=${ask}>${say(words)}</button>`;
  }

  #dialog(): TemplateResult {
    const { deciding } = this;
    const close = () => this.querySelector('dialog')?.close();
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      const why = String(new FormData(form).get('why')).trim();
      if (deciding === null) return;
      const { type, model } = deciding;
      close();
      form.reset();
      void this.#do(() => decideOnModel(this.study, type === 'rollback' ? { type, why } : { type, model, why }));
    };
    return html`<dialog aria-label=${say('models.reason.title')} @close=${() => void ((this.deciding = null))}>
      ${
        deciding === null
          ? nothing
          : html`<form @submit=${submit}>
              <p>${say(`models.sure.${deciding.type}`, { model: deciding.model.slice(0, SHORT) })}</p>
              <label class="field reason"
                >${say('models.reason')}
                <textarea name="why" rows="3" required maxlength=${LONGEST_REASON}></textarea>
                <small>${say('models.reason.hint')}</small></label
              >
              <div class="row">
                <button class="main">${say(`models.yes.${deciding.type}`)}</button>
                <button type="button" @click=${close}>${say('models.no')}</button>
              </div>
            </form>`
      }
    </dialog>`;
  }

  async #do(work: () => Promise<ConsoleModels>): Promise<void> {
    this.busy = true;
    this.trouble = null;
    try {
      this.known = await work();
    } catch (error) {
      this.trouble = troubleOf(error);
    } finally {
      this.busy = false;
    }
  }
}

const MARKS = { candidate: 'wait', promoted: 'pass', retired: 'warn' } as const;

/** What the rule of promotion says: of an exact fit nothing is asked; a network must beat it on validation patients and be calibrated. */
function ruleWords(model: ConsoleModel): string {
  const obstacle = promotionObstacle(model);
  const { evidence, kind } = model;
  if (kind === 'exact') return say('models.rule.exact');
  if (evidence === null) return say('models.rule.no-evidence');
  const values = { upper: formatNumber(evidence.lossDifferenceUpper), slope: formatNumber(evidence.calibrationSlope, 2) };
  return say(`models.rule.${obstacle ?? 'met'}`, values);
}
