/** Versions of a study at the console: what this one changed, and making the next. */
import type { StudyView } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { differenceTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView, VersionView } from '../../session/index.ts';
import { planProblemsPart } from './plan-problems.ts';

export function versionPart(view: ConsoleView, study: StudyView, session: ConsoleSession): TemplateResult | typeof nothing {
  const { version } = view;
  if (version === null || version.study !== study.study) return nothing;
  const title = say('version.title', { version: version.version - 1 });
  return html`${version.difference === null ? nothing : html`<h2>${title}</h2>${differenceTable(title, version.difference)}`}
    ${seatsPart(version)}
    <h2>${say('console.version.title')}</h2>
    ${nextPart(view, version, study, session)}`;
}

/** Who of the version before is missing here, and what to do about it. */
function seatsPart({ seats }: VersionView): TemplateResult | typeof nothing {
  if (seats.length === 0) return nothing;
  return html`<h2>${say('console.seats.title')}</h2>
    <ul class="strong-note">
      ${seats.map(({ hospital, person, code }) => html`<li>${say(`console.seats.${code}`, { hospital, person: person ?? '' })}</li>`)}
    </ul>`;
}

function nextPart(view: ConsoleView, version: VersionView, { study, phase }: StudyView, session: ConsoleSession): TemplateResult {
  const { next, offered } = version;
  if (next !== null)
    return html`<p>${say('console.version.exists')}</p>
      <div class="row"><button type="button" @click=${() => session.open({ page: 'study', study: next })}>${say('console.version.open')}</button></div>`;
  if (phase === 'running' || phase === 'paused') return html`<p class="note">${say('console.version.running')}</p>`;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const file = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>('[name=version]')?.files?.[0];
    if (file !== undefined) await session.compareVersion(study, await file.text(), file.name);
  };
  return html`<p>${say('console.version.lead')}</p>
    <form @submit=${submit}>
      <label class="field">${say('console.version.file')}<br /><input type="file" name="version" accept=".yaml,.yml,.json" required /></label>
      <button ?disabled=${view.busy}>${say('console.version.compare')}</button>
    </form>
    ${planProblemsPart(view.planProblems)}
    ${
      offered === null
        ? nothing
        : html`${differenceTable(say('version.title', { version: version.version }), offered.difference)}
            <div class="row">
              <button type="button" class="main" ?disabled=${view.busy} @click=${() => session.makeVersion(study)}>
                ${say('console.version.make', { version: offered.version })}
              </button>
            </div>`
    }`;
}
