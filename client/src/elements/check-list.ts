/** What the browser offers, one line a check: a shape and a word each. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../messages/index.ts';
import type { PreflightCheck } from '../session/index.ts';

/** One line a check of the browser. */
export function checkList(checks: readonly PreflightCheck[]): TemplateResult {
  return html`<ul class="checks">
    ${checks.map(
      ({
        id,
        status,
      }) => html`<li><span class="mark ${status}">${status === 'pass' ? say('checks.pass') : status === 'warn' ? '–' : say('checks.fail')}</span>
        <span>${say(`checks.${id}`)}${status === 'warn' ? html`<br /><small class="quiet">${say('checks.warn')}</small>` : nothing}</span></li>`,
    )}
  </ul>`;
}
