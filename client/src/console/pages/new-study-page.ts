/** A new study from a plan file; what is wrong with it stands with line and nearest key. */
import { html, type TemplateResult } from 'lit';
import { consoleTroubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';
import { planProblemsPart } from '../parts/plan-problems.ts';

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
    ${planProblemsPart(planProblems)}`;
}
