/** Join: the demo with one click, or an invitation with its secret; or go on as a hospital this browser knows. */
import { html, nothing, type TemplateResult } from 'lit';
import { troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import { coordinatorOrigin, type HospitalSession, type SessionView, type Step } from '../../session/index.ts';
import { servedPart } from '../parts/served-part.ts';

type JoinStep = Extract<Step, { step: 'join' }>;

export function joinPage(view: SessionView, step: JoinStep, session: HospitalSession): TemplateResult {
  const invited = inviteForm(view, step, session);
  const demo = demoChoice(view, step, session);
  return html`<h1>${say('join.title')}</h1>
    <p>${say('join.lead')}</p>
    ${servedPart(view)}
    ${troubleNote(step.trouble)} ${view.invitedTo === null ? [demo, invited] : [invited, demo]} ${known(view, step, session)}
    <p class="note">${say('join.console')} <a href="${coordinatorOrigin()}/console">${say('join.console.link')}</a> · <a href="/check.html">${say('check.link')}</a> · <a href="/use.html">${say('use.link')}</a></p>`;
}

function demoChoice({ info, memberships }: SessionView, step: JoinStep, session: HospitalSession): TemplateResult | typeof nothing {
  const demo = info?.demo ?? null;
  if (demo === null) return nothing;
  const own = (site: string) => memberships.some((entry) => entry.study === demo.study && entry.site === site);
  return html`<section>
    <h2>${say('join.demo.title')}</h2>
    <p>${say('join.demo.lead')}</p>
    <ul class="choices">
      ${demo.sites.map(
        ({ id, name, taken }) => html`<li>
          <button type="button" ?disabled=${step.busy !== null || (taken && !own(id))} @click=${() => session.joinDemo(id)}>
            ${say('join.demo.as', { name })} ${taken ? html`<small>${say('join.demo.taken')}</small>` : nothing}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function inviteForm(view: SessionView, step: JoinStep, session: HospitalSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    void session.entrance?.enrolment.begin(String(fields.get('study')).trim(), String(fields.get('secret')).trim());
  };
  return html`<section>
    <h2>${say('join.invited.title')}</h2>
    <p>${say('join.invited.lead')}</p>
    <form @submit=${submit}>
      <label class="field">${say('join.study')}<input name="study" required maxlength="64" autocomplete="off" .value=${view.invitedTo ?? ''} /></label>
      <label class="field"
        >${say('join.secret')}<input name="secret" required maxlength="200" autocomplete="off" spellcheck="false" /><small>${say('join.secret.hint')}</small></label
      >
      <button class="main" ?disabled=${step.busy !== null}>${step.busy === null ? say('join.submit') : say('join.joining')}</button>
    </form>
    <p><button type="button" ?disabled=${step.busy !== null} @click=${() => session.bringRecoveryFile()}>${say('recover.link')}</button></p>
  </section>`;
}

function known({ memberships }: SessionView, step: JoinStep, session: HospitalSession): TemplateResult | typeof nothing {
  const shown = memberships.filter((entry) => !entry.demo);
  if (shown.length === 0) return nothing;
  return html`<section>
    <h2>${say('join.before.title')}</h2>
    <ul class="choices">
      ${shown.map(
        (entry) => html`<li>
          <button type="button" ?disabled=${step.busy !== null} @click=${() => session.resume(entry, false)}>
            ${say('join.before.action', { name: entry.name })}<small>${entry.title}</small>
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}
