/** Data: choose the file, look at the report, say ready. */
import { type Outcome, outcomeColumns } from '@consilium/shared/schema';
import { type Plan, patientColumnOf } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { HospitalSession, SessionView, Step } from '../../session/index.ts';
import { qualityReport } from '../parts/quality-report.ts';

type DataStep = Extract<Step, { step: 'data' }>;

export function dataPage(view: SessionView, step: DataStep, session: HospitalSession): TemplateResult {
  const { plan, report, membership } = view;
  const failed = report?.checks.some(({ status }) => status === 'fail') ?? false;
  return html`<h1>${say('data.title')}</h1>
    <p>${say(view.knownFile !== null && report === null && membership?.demo === false ? 'data.again' : 'data.lead')}</p>
    ${fileForm(view, step, session)} ${troubleNote(step.trouble)}
    ${step.busy === 'reading' ? html`<p role="status">${say('data.reading')}</p>` : nothing}
    ${report === null ? wantedColumns(plan) : qualityReport(report)}
    ${
      report === null
        ? nothing
        : html`<div class="row">
            <button type="button" class="main" ?disabled=${failed || step.busy !== null} @click=${() => session.ready()}>
              ${step.busy === 'announcing' ? say('data.announcing') : say('data.ready')}
            </button>
            <p class="note">${failed ? say('data.blocked') : say('data.ready.note')}</p>
          </div>`
    }`;
}

/** The files of a file field cannot be made; they can be listed in a transfer. Kept, since a list is set anew only if it is another. */
const listed = new WeakMap<File, FileList>();

/** What the field shows: also a file that was read without it, the demo's own. */
function listOf(file: File): FileList {
  const kept = listed.get(file);
  if (kept !== undefined) return kept;
  const transfer = new DataTransfer();
  transfer.items.add(file);
  listed.set(file, transfer.files);
  return transfer.files;
}

function fileForm({ plan, file }: SessionView, step: DataStep, session: HospitalSession): TemplateResult {
  const splitName = plan?.split.by === 'file' ? plan.split.file.file : null;
  const read = (form: HTMLFormElement) => {
    const [csv, split] = ['csv', 'split'].map((name) => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.files?.[0] ?? null);
    if (csv && (splitName === null || split)) void session.load(csv, split ?? null);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    read(event.currentTarget as HTMLFormElement);
  };
  const chosen = (event: Event) => splitName === null && read((event.currentTarget as HTMLInputElement).form as HTMLFormElement);
  // Choosing the same name again, after the file was mended, is a new choice.
  const forget = (event: Event) => {
    (event.currentTarget as HTMLInputElement).value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    form.classList.remove('over');
    const file = event.dataTransfer?.files[0];
    const field = form.querySelector<HTMLInputElement>('[name=csv]');
    if (file === undefined || field === null || event.dataTransfer === null) return;
    field.files = event.dataTransfer.files;
    read(form);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.toggle('over', event.type === 'dragover');
  };
  const shown = file === null ? nothing : listOf(file);
  return html`<form class="drop" @submit=${submit} @drop=${drop} @dragover=${over} @dragleave=${over}>
    <label class="field">${say('data.file')}<br /><input type="file" name="csv" accept=".csv,.tsv,.txt,text/csv" required .files=${shown} ?disabled=${step.busy !== null} @click=${forget} @change=${chosen} /></label>
    ${
      splitName === null
        ? nothing
        : html`<label class="field">${say('data.split', { file: splitName })}<br /><input type="file" name="split" accept=".csv,text/csv" required /></label>
            <button ?disabled=${step.busy !== null}>${say('data.read')}</button>`
    }
    <p class="note">${say('data.drop')}</p>
  </form>`;
}

/** What a cell of an outcome's column holds, in the plan's own words. */
function outcomeValues(outcome: Outcome, at: number): string {
  switch (outcome.task) {
    case 'binary':
      return outcome.positive;
    case 'multiclass':
      return outcome.codes.map(({ code, label }) => `${code} = ${label}`).join(', ');
    case 'regression':
    case 'count':
      return `${outcome.range[0]} – ${outcome.range[1]}`;
    case 'time-to-event':
      return at === 0 ? `0 – ${outcome.longest} ${outcome.unit}` : outcome.event;
  }
}

function wantedColumns(plan: Plan | null): TemplateResult | typeof nothing {
  if (plan === null) return nothing;
  const patient = patientColumnOf(plan);
  const rows = [
    ...(patient === null ? [] : [{ column: patient, meaning: say('data.wanted.patient'), values: say('data.wanted.any') }]),
    ...plan.outcomes.flatMap((outcome) =>
      outcomeColumns(outcome).map((column, at) => ({
        column,
        meaning: say('data.wanted.outcome', { name: outcome.name }),
        values: outcomeValues(outcome, at),
      })),
    ),
    ...plan.features.map((feature) => ({ column: feature.column, meaning: feature.label, values: valuesOf(feature) })),
  ];
  return html`<h2>${say('data.wanted')}</h2>
    ${dataTable(
      say('data.wanted'),
      [
        { title: say('data.wanted.column'), value: ({ column }) => html`<code>${column}</code>` },
        { title: say('data.wanted.meaning'), value: ({ meaning }) => meaning },
        { title: say('data.wanted.values'), value: ({ values }) => values },
      ],
      rows,
    )}`;
}

function valuesOf(feature: Plan['features'][number]): string {
  if (feature.type !== 'number') return feature.codes.map(({ code, label }) => `${code} = ${label}`).join(', ');
  return `${feature.range[0]} – ${feature.range[1]}${feature.unit ? ` ${feature.unit}` : ''}`;
}
