/** A recovery file in this browser: opened, then another device is certified or suspended. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { askOnceMore, troubleNote } from '../../elements/index.ts';
import { formatDay, say } from '../../messages/index.ts';
import type { Device, HospitalSession, RecoverView } from '../../session/index.ts';

export function recoverPage(view: RecoverView, session: HospitalSession): TemplateResult {
  const back = html`<button type="button" @click=${() => session.entrance?.recovery?.close()}>${say('recover.back')}</button>`;
  if (view.stage === 'devices' || view.stage === 'working') return devicesPage(view, session, back);
  const isBusy = view.stage === 'opening';
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const file = fields.get('recovery');
    const text = file instanceof File && file.size > 0 && file.size < 10_000 ? await file.text() : String(fields.get('text'));
    await session.entrance?.recovery?.open(String(fields.get('study')).trim(), text, String(fields.get('words')));
  };
  return html`<h1>${say('recover.title')}</h1>
    <p>${say('recover.lead')}</p>
    ${troubleNote(view.trouble)}
    <form @submit=${submit}>
      <label class="field">${say('join.study')}<input name="study" required maxlength="64" autocomplete="off" .value=${view.study} /></label>
      <label class="field">${say('recover.file')}<input type="file" name="recovery" accept=".json,application/json" /></label>
      <label class="field">${say('recover.text')}<textarea name="text" rows="3" spellcheck="false"></textarea></label>
      <label class="field"
        >${say('recover.words')}<input name="words" required maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"
      /></label>
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
