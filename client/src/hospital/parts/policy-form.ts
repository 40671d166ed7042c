/** The hospital's own limits: shown with the plan, changed before signing or at any time after. */
import { POLICY_TASKS, type PolicyTask, type SitePolicy } from '@consilium/shared/study';
import { html, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { ConsentDesk, SessionView } from '../../session/index.ts';

const numberOf = (fields: FormData, name: string): number | null => {
  const text = String(fields.get(name) ?? '').trim();
  return text === '' ? null : Number(text);
};

export function policyForm({ consent, plan }: SessionView, desk: ConsentDesk | null): TemplateResult {
  const { policy, floor } = consent;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    await desk?.setPolicy(readPolicy(new FormData(form), policy));
    const note = form.querySelector('[role=status]');
    if (note !== null) note.textContent = say('policy.saved');
  };
  return html`<details class="policy">
    <summary>${say('policy.title')}</summary>
    <p>${say('policy.lead')}</p>
    <form @submit=${submit}>
      ${numberField('minContributors', policy.minContributors, floor.minContributors, 1, say('policy.minContributors.hint', { floor: floor.minContributors }))}
      ${numberField('smallestCell', policy.smallestCell, 1, 1, say('policy.smallestCell.hint', { plan: plan?.evaluation.smallestCell ?? '' }))}
      ${numberField('largestEpsilon', policy.largestEpsilon, 0.01, 'any', say('policy.largestEpsilon.hint'))}
      ${numberField('parametersPerPatient', policy.parametersPerPatient, 0.001, 'any', say('policy.parametersPerPatient.hint'))}
      <fieldset>
        <legend>${say('policy.tasks')}</legend>
        ${POLICY_TASKS.map(
          (task) =>
            html`<label class="tick"><input type="checkbox" name="tasks" value=${task} .checked=${policy.tasks.includes(task)} /> ${say(`policy.task.${task}`)}</label>`,
        )}
      </fieldset>
      <label class="tick"><input type="checkbox" name="ownBundle" .checked=${policy.ownBundle} /> ${say('policy.ownBundle')}</label>
      <div class="row"><button>${say('policy.save')}</button><p class="note" role="status"></p></div>
    </form>
  </details>`;
}

type NumberName = 'minContributors' | 'smallestCell' | 'largestEpsilon' | 'parametersPerPatient';

function numberField(name: NumberName, value: number | null, min: number, step: number | 'any', hint: string): TemplateResult {
  const required = name === 'minContributors' || name === 'smallestCell';
  return html`<label class="field"
    >${say(`policy.${name}`)}<input type="number" name=${name} min=${min} step=${step} ?required=${required} .value=${String(value ?? '')} /><small>${hint}</small></label
  >`;
}

function readPolicy(fields: FormData, before: SitePolicy): SitePolicy {
  return {
    minContributors: numberOf(fields, 'minContributors') ?? before.minContributors,
    smallestCell: numberOf(fields, 'smallestCell') ?? before.smallestCell,
    largestEpsilon: numberOf(fields, 'largestEpsilon'),
    parametersPerPatient: numberOf(fields, 'parametersPerPatient'),
    tasks: POLICY_TASKS.filter((task: PolicyTask) => fields.getAll('tasks').includes(task)),
    ownBundle: fields.get('ownBundle') !== null,
  };
}
