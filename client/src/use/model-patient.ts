/** One patient by a model's file: typed, or a row of the scored file; the answer with its range and reasons, and a sheet to print. */
import type { ReleasedModel } from '@consilium/shared/export';
import type { PatientValues, SiteForecast } from '@consilium/shared/prediction';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { LightElement } from '../elements/index.ts';
import { answerPart, refusalPart } from '../hospital/patient/answer-part.ts';
import { patientForm } from '../hospital/patient/patient-form.ts';
import { patientSheet } from '../hospital/patient/patient-sheet.ts';
import { horizonInWords } from '../hospital/patient/patient-words.ts';
import type { SheetForecast } from '../hospital/patient/sheet-lead.ts';
import { toldPart } from '../hospital/patient/told-part.ts';
import { say } from '../messages/index.ts';
import { type ModelSession, troubleOf } from '../session/index.ts';

export class ModelPatient extends LightElement {
  static override properties = {
    model: { attribute: false },
    session: { attribute: false },
    picked: { attribute: false },
    values: { state: true },
    asked: { state: true },
    answer: { state: true },
    isSheet: { state: true },
    failure: { state: true },
  };

  declare model: ReleasedModel;
  declare session: ModelSession;
  /** A row of the scored file to take the values from; null for a typed patient. */
  declare picked: number | null;
  declare values: PatientValues;
  /** The values that the answer is for. */
  declare asked: PatientValues;
  declare answer: SiteForecast | null;
  declare isSheet: boolean;
  declare failure: string | null;

  constructor() {
    super();
    this.picked = null;
    this.values = {};
    this.asked = {};
    this.answer = null;
    this.isSheet = false;
    this.failure = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) {
      this.values = {};
      this.answer = null;
      if (this.isSheet) this.#show(false);
    }
    if (changed.has('picked') && this.picked !== null) void this.#take(this.picked);
  }

  override render(): TemplateResult {
    const { answer, model, picked } = this;
    if (this.isSheet && answer !== null && answer.kind !== 'refused') return this.#sheet(answer);
    const faulty = new Set(answer?.kind === 'refused' ? answer.refusals.flatMap((item) => ('feature' in item ? [item.feature] : [])) : []);
    return html`<h2>${say('patient.title')}</h2>
      <p>${picked === null ? say('use.patient.lead') : say('use.patient.row', { row: picked })}</p>
      ${patientForm({
        features: model.features,
        values: this.values,
        rows: [],
        picked: null,
        faulty,
        onPick: () => undefined,
        onValues: (values) => {
          this.values = values;
          this.answer = null;
          this.send('unpicked', null);
        },
        onAsk: () => void this.#ask(),
      })}
      ${this.failure === null ? nothing : html`<div class="trouble" role="alert"><p><strong>${say('patient.failed')}</strong> ${this.failure}</p></div>`}
      ${answer === null ? nothing : answer.kind === 'refused' ? refusalPart(answer.refusals, model.features) : this.#told(answer)}`;
  }

  #told(answer: SheetForecast): TemplateResult {
    const context = { features: this.model.features, values: this.asked, ...this.#words(), own: null };
    return html`${answer.kind === 'shown' ? answerPart(answer, { ...context, ownModel: 'federated' }) : toldPart(answer, context)}
      <div class="row"><button type="button" @click=${() => this.#show(true)}>${say('sheet.open')}</button></div>`;
  }

  #sheet(answer: SheetForecast): TemplateResult {
    return html`<div class="row no-print">
        <button type="button" class="back" @click=${() => this.#show(false)}>← ${say('patient.title')}</button>
        <button type="button" class="main" @click=${() => print()}>${say('sheet.print')}</button>
      </div>
      ${patientSheet({ plan: this.model, forecast: answer, values: this.asked, ...this.#words(), treatment: null, isUnchecked: this.model.adaptedTo === null })}`;
  }

  #words() {
    const { answer, outcome } = this.model;
    const isTime = answer.kind === 'survival';
    return {
      outcome,
      horizon: isTime ? horizonInWords(answer.cuts.at(-1) ?? 0, answer.unit) : '',
      timeUnit: isTime ? answer.unit : '',
      unit: answer.kind === 'quantity' && answer.unit !== null ? answer.unit : undefined,
      classes: answer.kind === 'classes' ? answer.classes : [],
    };
  }

  #show(isSheet: boolean): void {
    this.isSheet = isSheet;
    this.send('sheet', isSheet);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('h1, h2')?.scrollIntoView());
  }

  async #take(row: number): Promise<void> {
    await this.#try(async () => {
      this.values = await this.session.valuesOf(row);
      this.answer = null;
    });
    await this.#ask();
  }

  async #ask(): Promise<void> {
    const { values } = this;
    await this.#try(async () => {
      const answer = await this.session.forecast(values);
      this.asked = values;
      this.answer = answer;
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = troubleOf(error).text;
    }
  }
}
