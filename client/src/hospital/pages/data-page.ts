/** Data: choose the file, match its columns, look at the checks, say ready. Each part shows itself when its turn has come. */
import { html, nothing, type TemplateResult } from 'lit';
import { troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import {
  type DataDesk,
  type DeskView,
  type HospitalSession,
  isPlain,
  type SessionView,
  type Step,
  splitFileOf,
} from '../../session/index.ts';
import { columnsPart } from '../parts/columns-part.ts';
import { exclusionPart } from '../parts/exclusion-part.ts';
import type { GivenFiles } from '../parts/file-drop.ts';
import { peoplePart } from '../parts/people-part.ts';
import { qualityReport } from '../parts/quality-report.ts';
import { readingProgress } from '../parts/reading-progress.ts';
import { tablePreview, tableSummary } from '../parts/table-preview.ts';
import { wantedColumns } from '../parts/wanted-columns.ts';

type DataStep = Extract<Step, { step: 'data' }>;

export function dataPage(view: SessionView, step: DataStep, session: HospitalSession): TemplateResult {
  const { plan, desk: shown, knownFile, membership } = view;
  const { desk } = session;
  if (desk === null || plan === null) return html`<h1>${say('data.title')}</h1>`;
  const { at, report } = shown;
  const isAgain = knownFile !== null && report === null && membership?.demo === false;
  return html`<h1>${say('data.title')}</h1>
    <p>${say(isAgain ? 'data.again' : 'data.lead')}</p>
    ${dropPart(view, desk)} ${at.stage === 'cancelling' ? html`<p role="status">${say('data.cancelling')}</p>` : nothing}
    ${at.stage === 'empty' && at.cancelled ? html`<p class="calm" role="status">${say('data.cancelled')}</p>` : nothing}
    ${at.stage === 'reading' ? readingProgress(at, shown.files, () => void desk.cancel()) : nothing} ${troubleNote(shown.trouble)}
    ${previewPart(shown, desk)} ${at.stage === 'empty' ? html`${wantedColumns(plan)} ${peoplePart(view, session)}` : nothing}
    ${at.stage === 'open' ? html`${columnsPart(plan, shown, at, desk)} ${checkPart(shown, desk)}` : nothing}
    ${report === null ? nothing : html`${qualityReport(report, (check) => void desk.accept(check))} ${exclusionPart(shown, report, desk)} ${readyPart(view, step, session)}`}`;
}

function dropPart(view: SessionView, desk: DataDesk): TemplateResult {
  const { at, files, hadExclusions, checking } = view.desk;
  const isBusy = at.stage === 'reading' || at.stage === 'cancelling' || checking;
  const give = ({ detail }: CustomEvent<GivenFiles>) => void desk.choose(detail.chosen, detail);
  return html`<file-drop
    .summary=${at.stage === 'open' ? tableSummary(at.table, files) : null}
    .splitName=${view.plan === null ? null : splitFileOf(view.plan)}
    .wantsExclusions=${hadExclusions && at.stage !== 'open'}
    .disabled=${isBusy}
    @files=${give}
  ></file-drop>`;
}

function previewPart({ at, choices: chosen }: DeskView, desk: DataDesk): TemplateResult | typeof nothing {
  if (at.stage === 'open') return tablePreview(at.table, chosen, false, (choices) => void desk.reread(choices));
  if (at.stage === 'reading' && at.table !== null) return tablePreview(at.table, chosen, true, (choices) => void desk.reread(choices));
  return nothing;
}

/** Offered where the check does not come by itself. */
function checkPart({ at, checking, report }: DeskView, desk: DataDesk): TemplateResult | typeof nothing {
  if (at.stage !== 'open' || report !== null) return nothing;
  const waiting = at.fields.filter(({ certainty }) => certainty === 'open').length;
  if (checking)
    return html`<p role="status">${say('data.checking')}</p>
      <progress class="busy" max="1" value="1" aria-label=${say('data.checking')}></progress>
      <div class="row"><button type="button" @click=${() => desk.cancelCheck()}>${say('data.cancel')}</button></div>`;
  if (isPlain(at) && at.mapping.past.length === 0) return nothing;
  return html`<div class="row">
    <button type="button" class="main" ?disabled=${waiting > 0 || at.looking.length > 0} @click=${() => desk.check()}>${say('data.check')}</button>
    <p class="note" role="status">${waiting > 0 ? say(waiting === 1 ? 'data.check.waits.one' : 'data.check.waits', { count: waiting }) : say('data.check.note')}</p>
  </div>`;
}

function readyPart(view: SessionView, step: DataStep, session: HospitalSession): TemplateResult {
  const { report } = view.desk;
  const failed = report?.checks.some(({ status }) => status === 'fail') ?? false;
  return html`${troubleNote(step.trouble)}
    <div class="row">
      <button type="button" class="main" ?disabled=${failed || step.busy !== null} @click=${() => session.ready()}>
        ${step.busy === 'announcing' ? say('data.announcing') : say('data.ready')}
      </button>
      <p class="note">${failed ? say('data.blocked') : say('data.ready.note')}</p>
    </div>`;
}
