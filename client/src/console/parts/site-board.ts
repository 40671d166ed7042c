/** Who is there: bands, never values. */
import type { SiteView, StudyView } from '@consilium/shared/federation';
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';

export function siteBoard({ sites, phase }: StudyView): TemplateResult {
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
      { title: say('console.site.rows'), value: ({ bands }) => html`<span class="band">${bandText(bands?.rows)}</span>` },
      { title: say('console.site.events'), value: ({ bands }) => html`<span class="band">${bandText(bands?.events)}</span>` },
      { title: say('console.site.signed'), value: ({ approved }) => say(approved ? 'console.yes' : 'console.no') },
      {
        title: say('console.site.status'),
        value: (site) => {
          const status = phase === 'finished' || phase === 'stopped' ? endOf(site, phase) : site.status;
          return html`<span data-status=${status}>${say(`status.${status}`)}</span>`;
        },
      },
    ],
    sites,
  );
}

/** Nobody waits for anything once a study is over. */
function endOf({ approved }: SiteView, phase: 'finished' | 'stopped'): 'finished' | 'stopped' | 'absent' {
  return approved || phase === 'stopped' ? phase : 'absent';
}

/** A band of the protocol, '200-499' or '10000 or more', as the page writes it. */
function bandText(band: string | undefined): string {
  if (band === undefined) return '–';
  const most = / or more$/.test(band);
  return most ? say('console.band.most', { count: formatNumber(Number.parseInt(band, 10), 0) }) : band.replace('-', '–');
}
