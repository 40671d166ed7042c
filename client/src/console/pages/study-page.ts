/** One study: who is there, what is happening, what was found, and the few things to do. */
import type { StudyView } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { pooledResults } from '../../charts/index.ts';
import { consoleTroubleNote, pauseNote } from '../../elements/index.ts';
import { currentLanguage, say, sayOr } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';
import { demoLinks, invitePart } from '../parts/invite.ts';
import { siteBoard, successorNote } from '../parts/site-board.ts';
import { studyControls } from '../parts/study-controls.ts';
import { timelinePart } from '../parts/timeline.ts';
import { versionPart } from '../parts/version-part.ts';

export function studyPage(view: ConsoleView, study: StudyView, session: ConsoleSession): TemplateResult {
  const people = peoplePart(view, study, session);
  const rounds = html`<h2>${say('console.timeline')}</h2>${timelinePart(study)}`;
  const results = resultsPart(study);
  return html`<p><button type="button" class="back" @click=${() => session.open({ page: 'studies' })}>← ${say('console.back')}</button></p>
    <h1>${study.title}</h1>
    <p role="status">
      <strong data-phase=${study.phase}>${say(`study.${study.phase}`)}</strong>${study.synthetic ? `, ${say('console.synthetic')}` : ''}
    </p>
    ${consoleTroubleNote(view.trouble)} ${study.phase === 'paused' ? pauseNote(study.reason) : nothing}
    ${studyControls(view, study, session)} ${study.progress.expected > 0 ? progressPart(study) : nothing}
    ${study.phase === 'finished' ? [results, html`<study-models .study=${study.study} .account=${view.account}></study-models>`, people, rounds] : [people, rounds, results]}
    ${filesPart(study)} ${versionPart(view, study, session)}
    <details>
      <summary>${say('console.planHash')}</summary>
      <p class="hash">${study.planHash}</p>
    </details>`;
}

function peoplePart(view: ConsoleView, study: StudyView, session: ConsoleSession): TemplateResult {
  const isDemo = view.info?.demo?.study === study.study;
  const isOpen = study.phase === 'gathering' || study.phase === 'signing';
  return html`<h2>${say('console.sites')}</h2>
    ${successorNote(study)} ${siteBoard(study, mayChangeList(view, study) ? (site) => session.putOff(study.study, site) : null)} ${isDemo ? (isOpen ? demoLinks(view) : nothing) : study.phase === 'gathering' ? invitations(view, study, session) : nothing}`;
}

/** Once there is a list, while the study is not over. */
const mayChangeList = ({ busy }: ConsoleView, { phase }: StudyView): boolean =>
  !busy && (phase === 'signing' || phase === 'running' || phase === 'paused');

const invitations = (view: ConsoleView, study: StudyView, session: ConsoleSession): TemplateResult =>
  html`${invitePart(view, study, session)}
    <invitation-list .study=${study.study} .stamp=${stampOf(view, study)}></invitation-list>`;

/** Changes with every hospital that joins and every invitation that is made. */
const stampOf = ({ invitation }: ConsoleView, { sites }: StudyView): string =>
  [invitation?.secret ?? '', ...sites.map(({ id }) => id)].join();

/** What can be taken along and checked without this coordinator. */
function filesPart({ study, phase }: StudyView): TemplateResult {
  const from = `/api/console/studies/${encodeURIComponent(study)}`;
  return html`<h2>${say('console.files')}</h2>
    <p>${say('console.files.lead')}</p>
    <p class="row">
      ${phase === 'finished' ? html`<a class="button" href="${from}/passport" download>${say('console.passport')}</a>` : nothing}
      <a class="button" href="${from}/log" download>${say('console.log')}</a>
    </p>`;
}

function resultsPart({ results, phase }: StudyView): TemplateResult | typeof nothing {
  if (results === null) return phase === 'stopped' ? nothing : html`<p class="note">${say('console.results.none')}</p>`;
  return html`${guard([JSON.stringify(results), currentLanguage()], () => pooledResults(results))}`;
}

function progressPart({ progress, round, sites }: StudyView): TemplateResult {
  const nameOf = (id: string) => sites.find((site) => site.id === id)?.name ?? id;
  const { done, expected } = progress;
  return html`<p>${say('run.sums', { done, expected })}</p>
    <progress max=${Math.max(1, expected)} .value=${done} aria-label=${say('run.sums', { done, expected })}></progress>
    ${
      round === null
        ? nothing
        : html`<p>
            ${say('run.round', { number: round.number, what: sayOr(`kind.${round.kind}`, round.kind) })}, ${sayOr(`phase.${round.phase}`, round.phase)}.
            ${round.waitingFor.length === 0 ? '' : say('console.waitingFor', { names: round.waitingFor.map(nameOf).join(', '), seconds: round.limitSeconds })}
          </p>`
    }`;
}
