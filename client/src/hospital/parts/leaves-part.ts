/** What leaves a hospital and who can read it: the closed list of the protocol, as a table. */
import { minimumContributors, type Plan } from '@consilium/shared/study';
import { html, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';

const ROWS = ['names', 'ready', 'masked', 'timing', 'answers'] as const;

export function leavesPart(plan: Plan): TemplateResult {
  const count = minimumContributors(plan);
  return html`<h2>${say('leaves.title')}</h2>
    ${dataTable(
      say('leaves.title'),
      [
        { title: say('leaves.what'), value: (row) => say(`leaves.${row}`) },
        { title: say('leaves.who'), value: (row) => (row === 'masked' ? say('leaves.masked.who', { count }) : say(`leaves.${row}.who`)) },
      ],
      ROWS,
    )}`;
}
