/** The treatment's effect over all hospitals: relative and absolute beside each other, harms, and what must be said with them. */
import type { EffectResult } from '@consilium/shared/effects';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { effectMessagesPart, harmsPart } from './effect-words.ts';
import { differenceOfHundred, outOfHundred, signedOfHundred } from './hundred-words.ts';

export function effectPart(result: EffectResult): TemplateResult {
  const { primary, evidence } = result;
  return html`<section aria-label=${say('treatment.pooled')} class="effect">
    <h3>${say('treatment.pooled')}</h3>
    <p class="evidence">${say(`treatment.evidence.${evidence}`)}</p>
    ${primary === null ? html`<p class="calm">${say('treatment.refused.study-refused')}</p>` : numbers(primary)} ${harmsPart(result)}
    ${effectMessagesPart(result)}
  </section>`;
}

function numbers({ absolute, relative }: NonNullable<EffectResult['primary']>): TemplateResult {
  const [low, high] = absolute.interval;
  return html`<p data-difference=${absolute.difference}>
      ${say('treatment.pooled.absolute', {
        with: outOfHundred(absolute.riskWith),
        without: outOfHundred(absolute.riskWithout),
        difference: differenceOfHundred(absolute.difference),
        low: signedOfHundred(low),
        high: signedOfHundred(high),
      })}
    </p>
    <p data-odds-ratio=${relative.oddsRatio}>
      ${say('treatment.pooled.relative', {
        ratio: formatNumber(relative.oddsRatio, 2),
        low: formatNumber(relative.interval[0], 2),
        high: formatNumber(relative.interval[1], 2),
      })}
    </p>
    ${low <= 0 && high >= 0 ? html`<p class="calm">${say('treatment.pooled.unclear')}</p>` : ''}`;
}
