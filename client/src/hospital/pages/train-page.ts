/** Training: which secure sum, what is happening in it, what this machine does, how long it may take. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { pauseNote, troubleNote } from '../../elements/index.ts';
import { explain, formatDuration, say, sayOr } from '../../messages/index.ts';
import type { HospitalSession, SessionView } from '../../session/index.ts';
import { policyForm } from '../parts/policy-form.ts';
import { stopControl } from '../parts/stop-control.ts';

export function trainPage(view: SessionView, session: HospitalSession): TemplateResult {
  const { run, link } = view;
  const { done, expected } = run.progress;
  const left = secondsLeft(view);
  return html`<h1>${run.phase === 'paused' ? say('run.paused') : say('run.title')}</h1>
    ${run.phase === 'paused' ? pauseNote(run.reason) : nothing}
    ${link === 'offline' ? html`<p role="status">${say('run.offline')}</p>` : nothing}
    <p role="status">
      ${expected === 0 ? say('run.between') : say('run.sums', { done, expected })}${left === null ? '' : `, ${say('run.left', { time: formatDuration(left) })}`}
    </p>
    <progress max=${Math.max(1, expected)} .value=${done} aria-label=${say('run.title')}></progress>
    <p>${currentRound(view)}</p>
    ${run.training === null ? nothing : trainingLine(run.training)} ${troubleNote(run.trouble)}
    <p class="note">${say('run.present', { count: run.present.length })}</p>
    ${stopControl(session, 'run.stop.note')} ${policyForm(view, session.consent)} ${pastRounds(view)}`;
}

function currentRound({ run: { round }, ledger }: SessionView): string {
  if (round === null) return say('run.between');
  const what = sayOr(`kind.${round.kind}`, round.kind);
  const phase = phaseAfter(ledger.findLast((entry) => entry.round === round.number)?.kind ?? '');
  return `${say('run.round', { number: round.number, what })}, ${say(`phase.${phase}`)}`;
}

/** What a round is doing, told by what this hospital said last in it. */
function phaseAfter(kind: string): 'advertising' | 'masking' | 'waiting' | 'unmasking' | 'summing' {
  if (kind === 'share-keys') return 'masking';
  if (kind === 'masked-vector') return 'waiting';
  if (kind === 'consistency') return 'unmasking';
  return kind === 'unmask' ? 'summing' : 'advertising';
}

function trainingLine({
  epoch,
  epochs,
  fraction,
}: {
  readonly epoch: number;
  readonly epochs: number;
  readonly fraction: number;
}): TemplateResult {
  return html`<p>${say('run.training', { epoch, epochs })}</p>
    <progress max="1" .value=${fraction} aria-label=${say('run.training', { epoch, epochs })}></progress>`;
}

function pastRounds({ run }: SessionView): TemplateResult | typeof nothing {
  if (run.past.length === 0) return nothing;
  return html`<details>
    <summary>${say('run.past')} (${run.past.length})</summary>
    ${dataTable(
      say('run.past'),
      [
        { title: say('run.past.number'), numeric: true, value: ({ number }) => number },
        { title: say('run.past.kind'), value: ({ kind }) => sayOr(`kind.${kind}`, kind) },
        {
          title: say('run.past.outcome'),
          value: ({ outcome, reason }) =>
            html`${say(`outcome.${outcome}`)}${reason === null ? nothing : html`<br /><small>${explain(reason, '').what}</small>`}`,
        },
        { title: say('run.past.hospitals'), numeric: true, value: ({ hospitals }) => (hospitals === 0 ? '–' : hospitals) },
      ],
      run.past.toReversed(),
    )}
  </details>`;
}

/** From the pace so far; null before there is one. */
function secondsLeft({ run, startedAt }: SessionView): number | null {
  const { done, expected } = run.progress;
  if (startedAt === null || startedAt.done >= done || done >= expected) return null;
  const secondsEach = (Date.now() - startedAt.at) / 1000 / (done - startedAt.done);
  return secondsEach * (expected - done);
}
