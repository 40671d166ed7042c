/** The hospitals of the list, with the beginnings of their keys and the people who sign where a hospital has named any. */
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
        value: ({ name, people }) =>
          html`${name}${name === own ? html` <span class="quiet">(${say('sign.you')})</span>` : ''}${people.map((one) => html`<span class="line quiet">${say('people.signs', { name: one.name, role: say(`enrol.role.${one.role}`) })}</span>`)}`,
      },
      { title: say('sign.roster.key'), value: ({ fingerprint }) => html`<code>${fingerprint}</code>` },
    ],
    sites,
  );
}
