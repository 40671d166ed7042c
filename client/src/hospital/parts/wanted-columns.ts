/** What a hospital's table must hold, before one is chosen. */
import type { Plan } from '@consilium/shared/study';
import { html, type TemplateResult } from 'lit';
import { planFields } from '../../chamber/index.ts';
import { dataTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';
import { fieldTitle, valuesOf } from './field-words.ts';

export function wantedColumns(plan: Plan): TemplateResult {
  const fields = planFields(plan).filter((field) => field.kind !== 'text' || field.isNeeded);
  return html`<h2>${say('data.wanted')}</h2>
    <p class="note">${say('data.wanted.note')}</p>
    ${dataTable(
      say('data.wanted'),
      [
        {
          title: say('data.wanted.meaning'),
          value: (field) => (field.part === 'patient' ? say('data.wanted.patient') : fieldTitle(field)),
        },
        { title: say('data.wanted.values'), value: valuesOf },
        { title: say('data.wanted.column'), value: ({ column }) => html`<code>${column}</code>` },
      ],
      fields,
    )}`;
}
