/** What changed between two versions of a plan, entry by entry, with the mark of changes that can isolate patients. */
import type { PlanChange, PlanDifference } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../messages/index.ts';
import { dataTable } from './plot-figure.ts';

/** Longer values are cut; the whole plan is at hand beside it. */
const LONGEST = 160;

/** @param title - Caption of the table. */
export function differenceTable(title: string, { changes, canIsolate }: PlanDifference): TemplateResult {
  return html`${canIsolate ? html`<p class="strong-note" role="note">${say('version.isolates')}</p>` : nothing}
    ${dataTable<PlanChange>(
      title,
      [
        { title: say('version.path'), value: ({ path }) => html`<code>${path}</code>` },
        { title: say('version.before'), value: ({ before }) => textOf(before) },
        { title: say('version.after'), value: ({ after }) => textOf(after) },
        { title: say('version.mark'), value: ({ selects }) => say(selects ? 'version.yes' : 'version.no') },
      ],
      changes,
    )}`;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return say('version.none');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
