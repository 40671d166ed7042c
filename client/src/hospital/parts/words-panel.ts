/** The list in force in its twelve words, within reach after it was signed: for a hospital whose computer was replaced and that compares it anew. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { SessionView, Step } from '../../session/index.ts';
import { wordList } from '../pages/words-page.ts';

/** Pages that show the words themselves, or know of no list. */
const WITHOUT: ReadonlySet<Step['step']> = new Set(['words', 'sign', 'stopped', 'elsewhere', 'leaving']);

export function wordsPanel({ run: { roster }, step }: SessionView): TemplateResult | typeof nothing {
  if (roster === null || !roster.isConfirmed || roster.words.length === 0 || WITHOUT.has(step.step)) return nothing;
  return html`<details class="panel">
    <summary>${say('words.panel')}</summary>
    <p>${say('words.version', { version: roster.version })} ${say('words.panel.lead')}</p>
    ${wordList(roster.words)}
  </details>`;
}
