/** What joining is worth to a hospital: figures of the models less those of its data alone, paired on its own test patients. */
import type { JoiningGain } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { modelTitle } from './pooled-results.ts';
import { measureTitle, type Task } from './task-measures.ts';

export function gainsList(gains: readonly JoiningGain[], task: Task): TemplateResult | typeof nothing {
  if (gains.length === 0) return nothing;
  return html`<h3>${say('gains.title')}</h3>
    <ul>
      ${gains.map((gain) => html`<li data-gain=${gain.value}>${say(`gains.${verdictOf(gain)}`, { model: modelTitle(gain.model, task), measure: measureTitle(gain.measure), difference: differenceWords(gain) })}</li>`)}
    </ul>
    <p class="note">${say(gains.some(({ measure }) => measure === 'auroc') ? 'gains.note.auroc' : 'gains.note')}</p>`;
}

function differenceWords({ value, interval }: JoiningGain): string {
  const own = signed(value);
  return interval === null ? own : `${own} (${signed(interval[0])} – ${signed(interval[1])})`;
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;

/** A lower log-loss is better, a higher area. Whatever the interval cannot tell from nothing is called so. */
function verdictOf({ measure, value, interval }: JoiningGain): 'better' | 'worse' | 'unclear' {
  if (interval === null || (interval[0] <= 0 && interval[1] >= 0)) return 'unclear';
  return value < 0 === (measure === 'logLoss') ? 'better' : 'worse';
}
