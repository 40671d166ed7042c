/** The page that uses a model's file: choose the model, choose patients, read the scores; or ask for one patient. Nothing is sent. */
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement, languageChoice, troubleNote } from '../elements/index.ts';
import { say } from '../messages/index.ts';
import { type ModelSession, type ModelView, SessionController } from '../session/index.ts';
import { aboutModel } from './about-model.ts';
import { fileField } from './file-field.ts';
import { scoresPart } from './scores-part.ts';

export class UseApp extends LightElement {
  static session: ModelSession;

  static override properties = { picked: { state: true }, isSheet: { state: true } };

  /** The row whose patient is on the screen; null for a typed one. */
  declare picked: number | null;

  /** One patient's sheet is on the screen, and nothing beside it. */
  declare isSheet: boolean;

  readonly #controller = new SessionController<ModelView, ModelSession>(this, UseApp.session);

  constructor() {
    super();
    this.picked = null;
    this.isSheet = false;
  }

  override render(): TemplateResult {
    const { view, session } = this.#controller;
    return html`<a class="skip" href="#content">${say('skip')}</a>
      <header><div class="top">
        <span class="name">Consilium</span><span class="who">${say('use.title')}</span><span class="push"></span>${languageChoice()}
      </div>
      <p class="banner" role="note">${say('banner.use')}</p></header>
      <div class="page">
        <main id="content" tabindex="-1">
          ${this.isSheet ? nothing : this.#chooser(view, session)}
          ${view.model === null ? (view.busy === 'model' ? html`<p role="status">${say('use.reading')}</p>` : nothing) : this.#used(view, session)}
        </main>
      </div>`;
  }

  override updated(): void {
    const { model } = this.#controller.view;
    document.title = [...(model === null ? [] : [model.title]), say('use.title'), 'Consilium'].join(' · ');
  }

  #chooser(view: ModelView, session: ModelSession): TemplateResult {
    return html`<h1>${say('use.title')}</h1>
      <p>${say('use.lead')}</p>
      ${troubleNote(view.trouble)}
      ${fileField({
        name: 'model',
        words: say(view.model === null ? 'use.choose' : 'use.choose.other'),
        hint: say('use.choose.hint'),
        accept: '.json,.zip',
        isMain: view.model === null,
        isBusy: view.busy !== null,
        take: (file) => void session.chooseModel(file),
      })}`;
  }

  #used(view: ModelView, session: ModelSession): TemplateResult | typeof nothing {
    const { model, scored, mapping, busy } = view;
    if (model === null) return nothing;
    const isBusy = busy !== null;
    const file = html`${aboutModel(model)}
      <h2>${say('use.rows')}</h2>
      <p>${say('use.rows.lead')}</p>
      ${fileField({
        name: 'mapping',
        words: say('use.mapping'),
        hint: mapping === null ? say('use.mapping.hint') : mapping.name,
        accept: '.json',
        isMain: false,
        isBusy,
        take: (chosen) => void session.chooseMapping(chosen),
      })}
      ${fileField({
        name: 'rows',
        words: say('use.rows.choose'),
        hint: '',
        accept: '.csv,.tsv,.tab,.txt,.xlsx,.xlsm,.parquet',
        isMain: scored === null,
        isBusy,
        take: (chosen) => {
          this.picked = null;
          void session.score(chosen);
        },
      })}
      ${busy === 'rows' ? html`<p role="status">${say('use.scoring')}</p>` : nothing}
      ${scored === null ? nothing : scoresPart(model, scored, (row) => this.#pick(row))}`;
    return html`${this.isSheet ? nothing : file}
      <model-patient
        .model=${model}
        .session=${session}
        .picked=${this.picked}
        @unpicked=${() => void ((this.picked = null))}
        @sheet=${(event: CustomEvent<boolean>) => void ((this.isSheet = event.detail))}
      ></model-patient>`;
  }

  #pick(row: number): void {
    this.picked = row;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('model-patient h2')?.scrollIntoView());
  }
}
