/**
 * The clinician's page: one patient, typed or picked, and what the study's model says of them at this hospital. It asks the sealed worker; nothing
 * is sent. Fixed on it: research use only.
 */
import type { SiteResults } from '@consilium/shared/federation';
import type { Forecast, PatientValues, SiteForecast, ValueForecast } from '@consilium/shared/prediction';
import { outcomeLabel } from '@consilium/shared/schema';
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import { type PatientSource, troubleOf } from '../../session/index.ts';
import { answerPart, refusalPart } from './answer-part.ts';
import { patientForm } from './patient-form.ts';
import { patientSheet } from './patient-sheet.ts';
import { horizonInWords } from './patient-words.ts';
import type { SheetForecast } from './sheet-lead.ts';
import { toldPart } from './told-part.ts';
import { type TreatmentContext, treatmentPart } from './treatment-part.ts';

export class PatientPage extends LightElement {
  static override properties = {
    plan: { attribute: false },
    results: { attribute: false },
    source: { attribute: false },
    values: { state: true },
    picked: { state: true },
    answer: { state: true },
    asked: { state: true },
    isSheet: { state: true },
    failure: { state: true },
  };

  declare plan: Plan;
  declare results: SiteResults;
  declare source: PatientSource;
  declare values: PatientValues;
  declare picked: number | null;
  declare answer: SiteForecast | null;
  /** The values that the answer is for. */
  declare asked: PatientValues;
  declare isSheet: boolean;
  declare failure: string | null;

  constructor() {
    super();
    this.values = {};
    this.picked = null;
    this.answer = null;
    this.asked = {};
    this.isSheet = false;
    this.failure = null;
  }

  override render(): TemplateResult {
    const { answer, plan } = this;
    if (this.isSheet && answer !== null && answer.kind !== 'refused') return this.#sheet(answer);
    const faulty = new Set(answer?.kind === 'refused' ? answer.refusals.flatMap((item) => ('feature' in item ? [item.feature] : [])) : []);
    return html`<h1>${say('patient.title')}</h1>
      <p class="banner-line">${say('patient.research')}</p>
      <p>${say('patient.lead', { population: plan.population })}</p>
      ${patientForm({
        features: plan.features,
        values: this.values,
        rows: this.source.rows,
        picked: this.picked,
        faulty,
        onPick: (row) => void this.#pick(row),
        onValues: (values) => {
          this.values = values;
          this.picked = null;
          this.answer = null;
        },
        onAsk: () => void this.#ask(),
      })}
      ${this.failure === null ? nothing : html`<div class="trouble" role="alert"><p><strong>${say('patient.failed')}</strong> ${this.failure}</p></div>`}
      ${
        answer === null
          ? nothing
          : answer.kind === 'refused'
            ? refusalPart(answer.refusals, plan.features)
            : html`${answer.kind === 'shown' ? this.#answer(answer) : this.#told(answer)}
        <div class="row">
          <button type="button" @click=${() => this.#show(true)}>${say('sheet.open')}</button>
        </div>`
      }`;
  }

  #answer(answer: Forecast): TemplateResult {
    const treatment = this.#treatment(answer);
    return html`${answerPart(answer, {
      features: this.plan.features,
      values: this.asked,
      ...this.#words(),
      own: this.results.personal ?? this.results.federated,
      ownModel: this.results.personal === null ? 'federated' : 'personal',
    })}
      ${treatment === null ? nothing : treatmentPart(treatment, true)}`;
  }

  #told(answer: ValueForecast): TemplateResult {
    return toldPart(answer, { features: this.plan.features, values: this.asked, ...this.#words(), own: this.results.federated });
  }

  #sheet(answer: SheetForecast): TemplateResult {
    return html`<div class="row no-print">
        <button type="button" class="back" @click=${() => this.#show(false)}>← ${say('patient.title')}</button>
        <button type="button" class="main" @click=${() => print()}>${say('sheet.print')}</button>
      </div>
      ${patientSheet({
        plan: this.plan,
        forecast: answer,
        values: this.asked,
        ...this.#words(),
        treatment: answer.kind === 'shown' ? this.#treatment(answer) : null,
      })}`;
  }

  #words() {
    const outcome = primaryOutcome(this.plan);
    const isTime = outcome.task === 'time-to-event';
    return {
      outcome: outcomeLabel(outcome),
      horizon: isTime ? horizonInWords(outcome.horizon, outcome.unit) : '',
      timeUnit: isTime ? outcome.unit : '',
      unit: outcome.task === 'regression' ? outcome.unit : undefined,
      classes: outcome.task === 'multiclass' ? outcome.codes : [],
    };
  }

  #treatment({ effect }: Forecast): TreatmentContext | null {
    const { effect: study } = this.results.pooled;
    const { treatment } = this.plan;
    if (effect === null || study == null || treatment === null) return null;
    const name = treatment.column;
    return {
      effect,
      study,
      treatment: say('treatment.name', { name }),
      comparator: say('treatment.comparator', { name }),
      outcome: outcomeLabel(primaryOutcome(this.plan)),
    };
  }

  #show(isSheet: boolean): void {
    this.isSheet = isSheet;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('h1')?.scrollIntoView());
  }

  async #pick(row: number | null): Promise<void> {
    this.answer = null;
    this.picked = row;
    if (row === null) this.values = {};
    else await this.#try(async () => void (this.values = await this.source.values(row)));
  }

  async #ask(): Promise<void> {
    const { values } = this;
    await this.#try(async () => {
      const answer = await this.source.forecast(values);
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
