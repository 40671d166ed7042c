/** The five steps of a visit, with the current one marked. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { Step } from '../../session/index.ts';

const STEPS = ['join', 'data', 'sign', 'train', 'results'] as const;
const PLACES: { readonly [Name in Step['step']]: (typeof STEPS)[number] | null } = {
  checking: 'join',
  blocked: null,
  join: 'join',
  enrol: 'join',
  recover: 'join',
  opening: 'data',
  elsewhere: null,
  data: 'data',
  gathering: 'sign',
  words: 'sign',
  sign: 'sign',
  successor: 'sign',
  waiting: 'train',
  running: 'train',
  results: 'results',
  leaving: null,
  stopped: null,
};

export function stepList(step: Step['step']): TemplateResult | typeof nothing {
  const current = PLACES[step];
  if (current === null) return nothing;
  return html`<ol class="steps" aria-label=${say('steps.label')}>
    ${STEPS.map((name) => html`<li aria-current=${name === current ? 'step' : nothing}>${say(`steps.${name}`)}</li>`)}
  </ol>`;
}
