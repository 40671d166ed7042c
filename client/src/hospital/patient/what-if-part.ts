/** What a change could do, as a trial found it: without and with it on the same hundred, the trial's interval, and its harms beside. */
import type { WhatIf } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import { html, nothing, type TemplateResult } from 'lit';
import { iconArray, ofHundred, outOfHundred, rangeOfHundred } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';

export interface WhatIfContext {
  readonly features: readonly Feature[];
  readonly risk: number;
  readonly outcome: string;
  /** `within 365 days`, or empty. */
  readonly horizon: string;
}

/** @param forClinician - Ratios are for clinicians; a sheet has the hundred only. */
export function whatIfPart(
  items: readonly WhatIf[],
  { features, risk, outcome, horizon }: WhatIfContext,
  forClinician: boolean,
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const labelOf = (name: string): string => features.find((feature) => feature.name === name)?.label ?? name;
  return html`<section class="long" aria-label=${say('whatIf.title')}>
    <h2>${say('whatIf.title')}</h2>
    ${items.map(
      ({ feature, source, risk: changed, low, high }) => html`<h3>${labelOf(feature)}</h3>
        <p data-what-if=${feature} data-changed=${changed} data-low=${low} data-high=${high}>
          ${say(forClinician ? 'whatIf.told' : 'whatIf.told.you', { change: source.change, before: outOfHundred(risk), after: outOfHundred(changed), range: rangeOfHundred(low, high), outcome, horizon })}
        </p>
        <div class="charts">
          ${iconArray(say('whatIf.without', { risk: outOfHundred(risk), outcome }), ofHundred(risk))}
          ${iconArray(say('whatIf.with', { change: source.change, risk: outOfHundred(changed), outcome }), ofHundred(changed))}
        </div>
        <p>${source.harms === null ? say('whatIf.noHarms') : say('whatIf.harms', { harms: source.harms })}</p>
        ${forClinician ? html`<p class="note">${say(`whatIf.measure.${source.measure}`, { ratio: formatNumber(source.ratio, 2), low: formatNumber(source.interval[0], 2), high: formatNumber(source.interval[1], 2) })}</p>` : nothing}
        <p class="note">${say('whatIf.source', { trial: source.trial })}</p>`,
    )}
    <p>${say('whatIf.caution')}</p>
  </section>`;
}
