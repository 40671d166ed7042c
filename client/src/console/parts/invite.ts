/** Bringing hospitals in: an invitation for each, or links that open the demo's. */
import type { StudyView } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';

export function invitePart({ busy, invitation }: ConsoleView, study: StudyView, session: ConsoleSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void session.invite(study.study, String(new FormData(form).get('name')).trim());
    form.reset();
  };
  return html`<section>
    <h3>${say('console.invite')}</h3>
    <form @submit=${submit}>
      <label class="field">${say('console.invite.name')}<input name="name" required maxlength="120" autocomplete="off" /></label>
      <button ?disabled=${busy}>${say('console.invite.action')}</button>
    </form>
    ${
      invitation?.study !== study.study
        ? nothing
        : html`<div role="status">
            <p><strong>${invitation.name}</strong>. ${say('console.invite.made')}</p>
            <p>${say('console.invite.link')}<br /><span class="hash" data-invitation="link">${invitation.link}</span></p>
            <p>${say('console.invite.secret')}<br /><span class="hash" data-invitation="secret">${invitation.secret}</span></p>
          </div>`
    }
  </section>`;
}

export function demoLinks({ info }: ConsoleView): TemplateResult | typeof nothing {
  const demo = info?.demo ?? null;
  if (demo === null) return nothing;
  return html`<section>
    <h3>${say('console.demoLinks')}</h3>
    <ul class="choices">
      ${demo.sites.map(({ id, name }) => html`<li><a class="button" href="/#demo=${id}" target="_blank" rel="noopener">${name}</a></li>`)}
    </ul>
  </section>`;
}
