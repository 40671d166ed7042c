/** What a model's file says of itself: what it predicts, for whom, from what; and what nobody has checked. */
import { answerNames, type ReleasedModel } from '@consilium/shared/export';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../charts/index.ts';
import { unitInWords } from '../hospital/patient/patient-words.ts';
import { formatNumber, say } from '../messages/index.ts';

/** Digits of a model's identity that people compare. */
const SHORT = 12;

export function aboutModel(model: ReleasedModel): TemplateResult {
  const { title, version, id, population, purpose, synthetic, adaptedTo, spread, features, needsEveryValue } = model;
  return html`<section aria-label=${say('use.model')} data-model=${id}>
    <h2>${title}</h2>
    <p class="banner-line">${say('patient.research')}${synthetic ? ` ${say('sheet.synthetic')}` : ''}</p>
    <p>${answerWords(model)} ${say('use.version', { version })} ${say('models.id')} <span class="hash">${id.slice(0, SHORT)}</span></p>
    <p>${say('use.purpose', { purpose, population })}</p>
    ${adaptedTo === null ? html`<p class="calm" data-unchecked>${say('use.unchecked')}</p>` : html`<p class="calm">${say('use.adapted', { hospital: adaptedTo })}</p>`}
    ${spread === null ? html`<p class="note">${say('use.noRange')}</p>` : nothing}
    <details>
      <summary>${say('use.features')}</summary>
      ${dataTable(
        say('use.features'),
        [
          { title: say('use.column'), value: ({ column }) => html`<code>${column}</code>` },
          { title: say('use.meaning'), value: ({ label }) => label },
          { title: say('use.values'), value: valuesWords },
          { title: say('use.needed'), value: ({ required }) => say(required || needsEveryValue ? 'console.yes' : 'console.no') },
        ],
        features,
      )}
    </details>
  </section>`;
}

function valuesWords(feature: ReleasedModel['features'][number]): string {
  if (feature.type !== 'number') return feature.codes.map(({ code, label }) => `${code} = ${label}`).join(', ');
  const [low, high] = feature.range;
  const digits = Number.isInteger(low) && Number.isInteger(high) ? 0 : 1;
  const unit = feature.unit === undefined ? '' : ` ${unitInWords(feature.unit)}`;
  return `${say('patient.field.range', { low: formatNumber(low, digits), high: formatNumber(high, digits) })}${unit}`;
}

export function answerWords({ answer, outcome }: ReleasedModel): string {
  switch (answer.kind) {
    case 'probability':
      return say('use.answer.probability', { outcome });
    case 'classes':
      return say('use.answer.classes', { outcome, classes: answer.classes.map(({ label }) => label).join(', ') });
    case 'quantity':
      return say('use.answer.quantity', { outcome, unit: answer.unit === null ? '' : `, ${unitInWords(answer.unit)}` });
    case 'count':
      return say('use.answer.count', { outcome });
    case 'survival':
      return say('use.answer.survival', {
        outcome,
        cuts: answer.cuts.map((cut) => formatNumber(cut, 0)).join(', '),
        unit: unitInWords(answer.unit),
      });
  }
}

/** Titles of an answer's values, in the order of `answerNames`. */
export function valueTitles(model: ReleasedModel): readonly string[] {
  const { answer, outcome } = model;
  switch (answer.kind) {
    case 'classes':
      return answer.classes.map(({ label }) => label);
    case 'survival':
      return answer.cuts.map((cut) => say('use.risk.by', { time: `${formatNumber(cut, 0)} ${unitInWords(answer.unit)}` }));
    default:
      return answerNames(model).map(() => outcome);
  }
}
