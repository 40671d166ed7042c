/** Rounds, newest first, one column for each hospital. */
import type { RoundOutcome, StudyView } from '@consilium/shared/federation';
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { explain, say, sayOr } from '../../messages/index.ts';

export function timelinePart({ timeline, sites }: StudyView): TemplateResult {
  if (timeline.length === 0) return html`<p class="note">${say('console.timeline.none')}</p>`;
  return dataTable(
    say('console.timeline'),
    [
      { title: say('run.past.number'), numeric: true, value: ({ round }) => round },
      { title: say('run.past.kind'), value: ({ kind }) => sayOr(`kind.${kind}`, kind) },
      { title: say('run.past.outcome'), value: outcomeOf },
      ...sites.map(({ id, name }) => ({ title: name, value: (round: RoundOutcome) => partOf(round, id) })),
    ],
    timeline.toReversed(),
  );
}

function outcomeOf({ outcome, code }: RoundOutcome): string {
  return outcome === 'released' ? say('phase.released') : `${say('phase.aborted')}${code === null ? '' : `: ${explain(code, '').what}`}`;
}

/** In the sum, dropped, or not there: a shape and a word, never colour alone. */
function partOf({ survivors, dropped, outcome }: RoundOutcome, site: string): TemplateResult {
  if (outcome === 'released' && survivors.includes(site))
    return html`<span class="dots"><span class="dot in" aria-hidden="true">●</span> <small>${say('console.timeline.inSum')}</small></span>`;
  if (dropped.includes(site))
    return html`<span class="dots"><span class="dot out" aria-hidden="true">○</span> <small>${say('console.timeline.out')}</small></span>`;
  return html`<small class="quiet">${outcome === 'released' ? say('console.timeline.absent') : '–'}</small>`;
}
