/** Who is there: bands, never values. */
import type { SiteView, StudyView } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { askOnceMore } from '../../elements/index.ts';
import { formatNumber, say } from '../../messages/index.ts';

/** @param putOff - Asks the others to go on without a hospital; null where nobody may. */
export function siteBoard({ sites, phase }: StudyView, putOff: ((site: string) => unknown) | null): TemplateResult {
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
      { title: say('console.site.signed'), value: signedText },
      {
        title: say('console.site.status'),
        value: (site) => {
          const status = phase === 'finished' || phase === 'stopped' ? endOf(site, phase) : site.status;
          return html`<span data-status=${status}>${say(`status.${status}`)}</span>`;
        },
      },
      ...(putOff === null ? [] : [{ title: say('console.site.change'), value: (site: SiteView) => putOffControl(site, putOff) }]),
    ],
    sites,
  );
}

/** Its yes, and how far its people are where two people sign. */
function signedText({ approved, people }: SiteView): TemplateResult | string {
  const yesOrNo = say(approved ? 'console.yes' : 'console.no');
  if (people.length === 0) return yesOrNo;
  const signed = people.filter(({ hasSigned }) => hasSigned).length;
  const refusals = people.filter(({ refusal }) => refusal !== null);
  return html`${yesOrNo} <span class="line" data-people-signed=${signed}>${say('people.console', { signed, all: 2 })}</span>
    ${refusals.map(({ name, refusal }) => html`<strong class="line">${name}: ${say('people.state.refused', { reason: refusal ?? '' })}</strong>`)}`;
}

/** For a hospital of the list that has not gone already. */
function putOffControl({ id, name, index, status }: SiteView, putOff: (site: string) => unknown): TemplateResult | string {
  if (index === null || status === 'left' || status === 'put-off') return '–';
  const words = {
    action: say('console.putOff.action'),
    sure: say('console.putOff.sure', { name }),
    yes: say('console.putOff.yes'),
    no: say('console.putOff.no'),
  };
  return askOnceMore(words, () => putOff(id));
}

/** A list that is to follow the one in force. */
export function successorNote({ successor, sites }: StudyView): TemplateResult | typeof nothing {
  if (successor === null) return nothing;
  const names = successor.without.map((id) => sites.find((site) => site.id === id)?.name ?? id).join(', ');
  const all = sites.filter(({ index }) => index !== null).length - successor.without.length;
  const { version, signed, lacking } = successor;
  return html`<p class="calm" role="status" data-successor=${version}>
    ${say('console.successor', { version, names, signed: signed.length, all, lacking })} ${say('console.successor.inForce')}
  </p>`;
}

/** Nobody waits for anything once a study is over. */
function endOf({ approved, status }: SiteView, phase: 'finished' | 'stopped'): 'finished' | 'stopped' | 'absent' | 'left' | 'put-off' {
  if (status === 'left' || status === 'put-off') return status;
  return approved || phase === 'stopped' ? phase : 'absent';
}

/** A band of the protocol, '200-499' or '10000 or more', as the page writes it. */
function bandText(band: string | undefined): string {
  if (band === undefined) return '–';
  const most = / or more$/.test(band);
  return most ? say('console.band.most', { count: formatNumber(Number.parseInt(band, 10), 0) }) : band.replace('-', '–');
}
