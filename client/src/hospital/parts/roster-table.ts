/** The hospitals of the list, with the beginnings of their keys. */
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';
import type { SessionView } from '../../session/index.ts';

export function rosterTable({ run, membership }: SessionView): TemplateResult {
  return dataTable(
    say('sign.roster'),
    [
      {
        title: say('sign.roster.name'),
        value: ({ name }) => html`${name}${name === membership?.name ? html` <span class="quiet">(${say('sign.you')})</span>` : ''}`,
      },
      { title: say('sign.roster.key'), value: ({ fingerprint }) => html`<code>${fingerprint}</code>` },
    ],
    run.roster?.sites ?? [],
  );
}
