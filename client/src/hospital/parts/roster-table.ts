/** The hospitals of the list, with the beginnings of their keys and the people who sign. */
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';
import type { RosterLine } from '../../session/index.ts';

/** @param own - Name of the hospital whose page this is. */
export function rosterTable(sites: readonly RosterLine[], own: string | undefined): TemplateResult {
  return dataTable(
    say('sign.roster'),
    [
      {
        title: say('sign.roster.name'),
        value: ({ name }) => html`${name}${name === own ? html` <span class="quiet">(${say('sign.you')})</span>` : ''}`,
      },
      { title: say('sign.roster.key'), value: ({ fingerprint }) => html`<code>${fingerprint}</code>` },
      {
        title: say('people.who'),
        value: ({ people }) =>
          people.length === 0
            ? say('people.who.browser')
            : html`${people.map(({ name, role }) => html`<span class="line">${name} <span class="quiet">(${say(`enrol.role.${role}`)})</span></span>`)}`,
      },
    ],
    sites,
  );
}
