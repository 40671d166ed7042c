/** What is wrong with a plan file, with line and nearest key. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';
import type { PlanProblem } from '../../session/index.ts';

export function planProblemsPart(planProblems: readonly PlanProblem[]): TemplateResult | typeof nothing {
  if (planProblems.length === 0) return nothing;
  return html`<div role="alert">
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
  </div>`;
}

/** The sentence without what columns of their own say: file and line before it, the nearest key after it. */
function faultOf({ message, line, nearest }: PlanProblem): string {
  const sentence = line === null ? message : message.replace(new RegExp(`^.*? line ${line}: `), '');
  return nearest === null ? sentence : sentence.replace(/; did you mean "[^"]*"\?$/, '');
}
