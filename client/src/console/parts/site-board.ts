/** Who is there: bands, never values. */
import type { StudyView } from '@consilium/shared/federation';
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';

export function siteBoard({ sites }: StudyView): TemplateResult {
  if (sites.length === 0) return html`<p class="note">${say('console.sites.none')}</p>`;
  return dataTable(
    say('console.sites'),
    [
      { title: say('console.site.name'), value: ({ name }) => name },
      {
        title: say('console.site.connection'),
        value: ({ connected }) =>
          html`<span class="mark ${connected ? 'pass' : 'warn'}">${say(connected ? 'console.connected' : 'console.disconnected')}</span>`,
      },
      { title: say('console.site.rows'), value: ({ bands }) => bands?.rows ?? '–' },
      { title: say('console.site.events'), value: ({ bands }) => bands?.events ?? '–' },
      { title: say('console.site.signed'), value: ({ approved }) => say(approved ? 'console.yes' : 'console.no') },
      { title: say('console.site.status'), value: ({ status }) => html`<span data-status=${status}>${say(`status.${status}`)}</span>` },
    ],
    sites,
  );
}
