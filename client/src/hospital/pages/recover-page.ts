/** A recovery file in this browser: opened, then another device is certified or suspended. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { askOnceMore, troubleNote } from '../../elements/index.ts';
import { formatDay, say } from '../../messages/index.ts';
import type { Device, HospitalSession, RecoverView } from '../../session/index.ts';
import { broughtFile, recoveryFields } from '../parts/recovery-fields.ts';

export function recoverPage(view: RecoverView, session: HospitalSession): TemplateResult {
  const back = html`<button type="button" @click=${() => session.entrance?.recovery?.close()}>${say('recover.back')}</button>`;
  if (view.stage === 'devices' || view.stage === 'working') return devicesPage(view, session, back);
  const isBusy = view.stage === 'opening';
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const study = String(new FormData(form).get('study')).trim();
    const { text, words } = await broughtFile(form);
    await session.entrance?.recovery?.open(study, text, words);
  };
  return html`<h1>${say('recover.title')}</h1>
    <p>${say('recover.lead')}</p>
    ${troubleNote(view.trouble)}
    <form @submit=${submit}>
      <label class="field">${say('join.study')}<input name="study" required maxlength="64" autocomplete="off" .value=${view.study} /></label>
      ${recoveryFields()}
      ${isBusy ? html`<p role="status">${say('recover.opening')}</p><progress aria-label=${say('recover.opening')}></progress>` : nothing}
      <div class="row"><button class="main" ?disabled=${isBusy}>${say('recover.open')}</button>${back}</div>
    </form>`;
}

function devicesPage(view: RecoverView, session: HospitalSession, back: TemplateResult): TemplateResult {
  const { name, devices, trouble, stage } = view;
  const recovery = session.entrance?.recovery;
  const suspend = ({ key, suspended }: Device) => {
    if (suspended) return '';
    const words = {
      action: say('recover.suspend', { key: key.slice(0, 8) }),
      sure: say('recover.suspend.sure'),
      yes: say('recover.suspend.yes'),
      no: say('recover.suspend.no'),
    };
    return askOnceMore(words, () => recovery?.suspend(key));
  };
  const title = say('recover.devices', { name });
  return html`<h1>${title}</h1>
    ${troubleNote(trouble)}
    ${dataTable(
      title,
      [
        { title: say('recover.device'), value: ({ key }: Device) => html`<code>${key.slice(0, 8)}</code>` },
        { title: say('recover.since'), value: ({ issuedAt }: Device) => formatDay(new Date(issuedAt * 1000).toISOString()) },
        { title: say('recover.state'), value: (device: Device) => html`${say(stateOf(device))} ${suspend(device)}` },
      ],
      devices,
    )}
    <p>${say('recover.certify.note')}</p>
    <div class="row">
      <button type="button" class="main" ?disabled=${stage === 'working'} @click=${() => recovery?.certifyHere()}>
        ${say('recover.certify', { name })}
      </button>
      ${back}
    </div>`;
}

function stateOf({ suspended, current }: Device) {
  if (suspended) return 'recover.state.suspended';
  return current ? 'recover.state.current' : 'recover.state.earlier';
}
