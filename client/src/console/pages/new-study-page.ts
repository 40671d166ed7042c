/** A new study from a plan file; what is wrong with it stands with line and nearest key. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { consoleTroubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView, PlanProblem } from '../../session/index.ts';

export function newStudyPage({ busy, trouble, planProblems }: ConsoleView, session: ConsoleSession): TemplateResult {
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const file = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>('[name=plan]')?.files?.[0];
    if (file !== undefined) await session.createStudy(await file.text(), file.name);
  };
  return html`<p><button type="button" class="back" @click=${() => session.open({ page: 'studies' })}>← ${say('console.back')}</button></p>
    <h1>${say('console.new')}</h1>
    ${consoleTroubleNote(trouble)}
    <p>${say('console.new.lead')}</p>
    <form @submit=${submit}>
      <label class="field">${say('console.new.file')}<br /><input type="file" name="plan" accept=".yaml,.yml,.json" required /></label>
      <button class="main" ?disabled=${busy}>${say('console.new.create')}</button>
    </form>
    ${
      planProblems.length === 0
        ? nothing
        : html`<div role="alert">
            <h2>${say('console.new.errors', { count: planProblems.length })}</h2>
            ${dataTable(
              say('console.new.errors', { count: planProblems.length }),
              [
                { title: say('console.new.line'), value: ({ line }) => line ?? '–' },
                { title: say('console.new.error'), value: faultOf },
                { title: say('console.new.nearest'), value: ({ nearest }) => (nearest === null ? '–' : html`<code>${nearest}</code>`) },
              ],
              planProblems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
            )}
          </div>`
    }`;
}

/** The sentence without what columns of their own say: file and line before it, the nearest key after it. */
function faultOf({ message, line, nearest }: PlanProblem): string {
  const sentence = line === null ? message : message.replace(new RegExp(`^.*? line ${line}: `), '');
  return nearest === null ? sentence : sentence.replace(/; did you mean "[^"]*"\?$/, '');
}
