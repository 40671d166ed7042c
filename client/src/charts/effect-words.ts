/** What a study says of its treatment's effect, in words: the codes are the study's, the words are the catalogue's. Harms stand beside benefits. */
import type { EffectMessage, EffectResult } from '@consilium/shared/effects';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { outOfHundred, signedOfHundred } from './hundred-words.ts';
import { dataTable } from './plot-figure.ts';

/** Harms, averages over the patients of all hospitals; or that they were not looked at. */
export function harmsPart({ harms }: EffectResult): TemplateResult {
  const known = harms.filter(({ effect }) => effect !== null);
  if (known.length === 0) return html`<p class="calm" data-code="harms-not-estimated">${say('treatment.message.harms-not-estimated')}</p>`;
  return html`<h3>${say('treatment.harms')}</h3>
    ${dataTable(
      say('treatment.harms'),
      [
        { title: say('treatment.harm'), value: ({ name }) => name },
        { title: say('treatment.harm.with'), value: ({ effect }) => (effect === null ? '–' : outOfHundred(effect.absolute.riskWith)) },
        {
          title: say('treatment.harm.without'),
          value: ({ effect }) => (effect === null ? '–' : outOfHundred(effect.absolute.riskWithout)),
        },
        {
          title: say('treatment.harm.interval'),
          value: ({ effect }) =>
            effect === null
              ? '–'
              : say('treatment.interval', {
                  low: signedOfHundred(-effect.absolute.interval[1]),
                  high: signedOfHundred(-effect.absolute.interval[0]),
                }),
        },
      ],
      known,
    )}`;
}

/** Everything that has to be said beside the numbers. */
export const effectMessagesPart = ({ messages }: EffectResult): TemplateResult =>
  html`<ul class="reading">${messages.map((message) => html`<li data-code=${message.code}>${messageWords(message)}</li>`)}</ul>`;

function messageWords(message: EffectMessage): string {
  const { code } = message;
  switch (code) {
    case 'effect-refused':
      return say('treatment.message.effect-refused', { reason: say(`treatment.refusal.${message.reason}`) });
    case 'evidence-observational':
      return say(`treatment.message.${code}`, { eValue: formatNumber(message.eValue, 2), limit: formatNumber(message.eValueLimit, 2) });
    case 'no-difference-in-relative-effect':
      return message.detectableRatio === null
        ? say('treatment.message.no-difference-unknown-power', { p: formatNumber(message.pValue, 3) })
        : say(`treatment.message.${code}`, { p: formatNumber(message.pValue, 3), ratio: formatNumber(message.detectableRatio, 2) });
    case 'difference-in-relative-effect':
      return say(`treatment.message.${code}`, { p: formatNumber(message.pValue, 3) });
    case 'harm-failed':
      return say(`treatment.message.${code}`, { harm: message.harm });
    case 'small-arms':
      return say(`treatment.message.${code}`, { count: message.sites });
    case 'unassigned':
      return say(`treatment.message.${code}`, { count: message.patients });
    case 'outside-overlap':
      return say(`treatment.message.${code}`, { share: formatNumber(100 * message.share, 1) });
    case 'research-view-refused':
      return say('treatment.message.research-view-refused', { reason: say(`treatment.research.${message.reason}`) });
    default:
      return say(`treatment.message.${code}`);
  }
}
