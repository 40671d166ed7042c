/** How rows are kept on this machine and what trains: the browser's checks, the chamber's own probe, the backends. */
import { html, nothing, type TemplateResult } from 'lit';
import { checkList } from '../../elements/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import type { SessionView } from '../../session/index.ts';
import { servedPart } from './served-part.ts';

export function machinePanel(view: SessionView): TemplateResult {
  const { checks, chamber } = view;
  return html`<details class="panel">
    <summary>${say('machine.title')}</summary>
    ${servedPart(view)} ${checkList(checks)} ${chamber === null ? nothing : chamberPart(chamber)}
  </details>`;
}

function chamberPart({ kind, opened }: NonNullable<SessionView['chamber']>): TemplateResult {
  const { attempts } = opened.probe;
  const refused = attempts.filter(({ outcome }) => outcome === 'refused' || outcome === 'absent').length;
  const words = { refused, attempts: attempts.length };
  return html`<p>${kind === 'sealed-frame' ? say('machine.sealed-frame', words) : say('machine.worker', words)}</p>
    <p>${say('machine.backend', { name: opened.backend })}</p>
    <ul aria-label=${say('machine.trials')}>
      ${opened.trials.map(
        ({ name, samplesPerSecond, reason }) =>
          html`<li>${name}: ${samplesPerSecond === null ? reason : say('machine.speed', { rows: formatNumber(samplesPerSecond, 0) })}</li>`,
      )}
    </ul>`;
}
