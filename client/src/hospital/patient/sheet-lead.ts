/** The first lines of the patient's sheet: what the study says of people like this one, as a number out of 100 where it is a risk, and how sure it is. */
import type { Forecast, ForecastUncertainty, ValueForecast } from '@consilium/shared/prediction';
import { html, nothing, type TemplateResult } from 'lit';
import { iconArray, ofHundred, outOfHundred, rangeOfHundred } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { classLabels, classPictures } from './classes-part.ts';
import { counted, measured, type ValueContext } from './value-words.ts';

/** What can be on a sheet. */
export type SheetForecast = Forecast | ValueForecast;

export interface LeadContext extends Pick<ValueContext, 'outcome' | 'unit' | 'classes'> {
  /** `within 365 days`, or empty. */
  readonly horizon: string;
}

export function sheetLead(forecast: SheetForecast, context: LeadContext): TemplateResult {
  const { outcome, horizon, unit } = context;
  switch (forecast.kind) {
    case 'shown': {
      const { risk, uncertainty } = forecast;
      return html`<p class="risk">${say('sheet.risk', { risk: outOfHundred(risk), outcome, horizon })}</p>
        ${iconArray(say('patient.icons', { risk: outOfHundred(risk), outcome }), ofHundred(risk))}
        <p>${uncertainty === null ? say('sheet.noRange') : say('sheet.range', { range: rangeOfHundred(uncertainty.low, uncertainty.high) })}</p>`;
    }
    case 'classes': {
      const labels = classLabels(context);
      const words = ({ value, uncertainty }: (typeof forecast.classes)[number], at: number): string => {
        const told = { label: labels[at] ?? '', risk: outOfHundred(value) };
        return uncertainty === null
          ? say('sheet.class', told)
          : say('sheet.class.range', { ...told, range: rangeOfHundred(uncertainty.low, uncertainty.high) });
      };
      return html`<p class="risk">${say('sheet.classes', { outcome })}</p>
        <ul>
          ${forecast.classes.map((one, at) => html`<li>${words(one, at)}</li>`)}
        </ul>
        ${classPictures(forecast.classes, labels)}
        ${forecast.classes.every(({ uncertainty }) => uncertainty === null) ? html`<p>${say('sheet.noRange')}</p>` : nothing}`;
    }
    case 'count':
      return html`<p class="risk">${say('sheet.count', { outcome, value: counted(forecast.value), hundred: formatNumber(100 * forecast.value, 0) })}</p>
        <p>${rangeWords(forecast.uncertainty, counted)}</p>`;
    case 'quantity': {
      const told = (amount: number): string => measured(amount, unit);
      const { conformal } = forecast;
      return html`<p class="risk">${say('sheet.quantity', { outcome, value: told(forecast.value) })}</p>
        <p>${rangeWords(forecast.uncertainty, told)}</p>
        ${
          conformal === null
            ? nothing
            : html`<p>${say('sheet.conformal', { share: Math.round(100 * conformal.level), low: told(conformal.low), high: told(conformal.high) })}</p>`
        }`;
    }
  }
}

/** What the sheet is not: of a risk nobody is promised to be one of them, of a number nobody is promised to have it. */
export const notAPromise = ({ kind }: SheetForecast): string =>
  say(kind === 'shown' || kind === 'classes' ? 'sheet.not' : 'sheet.not.value');

const rangeWords = (uncertainty: ForecastUncertainty | null, told: (amount: number) => string): string =>
  uncertainty === null ? say('sheet.noRange') : say('sheet.value.range', { low: told(uncertainty.low), high: told(uncertainty.high) });
