/** What the hospitals found together: the same on the hospital's page and on the console. */
import type { ModelResults, StudyResults } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say, sayOr } from '../messages/index.ts';
import { calibrationChart } from './calibration-chart.ts';
import { coefficientChart } from './coefficient-chart.ts';
import { effectPart } from './effect-part.ts';
import { judgedTables } from './judged-tables.ts';
import { metricsTable } from './metrics-table.ts';
import { participantsTables } from './participants-tables.ts';
import { rocChart } from './roc-chart.ts';
import { survivalChart } from './survival-chart.ts';
import { pooledMeasures } from './task-measures.ts';

/** The name of a model on the pages. */
export const modelTitle = (label: string, task: ModelResults['task'] = 'binary'): string =>
  label === 'exact' && task !== 'binary' ? say('label.exact.other') : sayOr(`label.${label}`, label);

interface Model {
  readonly id: string;
  readonly title: string;
  readonly model: ModelResults;
}

const HARM = /^harm:([^:]+)(?::(.+))?$/;

/** Models of one outcome; '' is the primary one. */
function modelsOf(results: StudyResults, harm: string): readonly Model[] {
  const order = (id: string) => (id === 'federated' ? 0 : 1);
  return Object.entries(results.models)
    .flatMap(([label, model]): Model[] => {
      const found = HARM.exec(label);
      if ((found?.[1] ?? '') !== harm) return [];
      const id = found === null ? label : (found[2] ?? 'federated');
      return [{ id, title: modelTitle(id, model.task), model }];
    })
    .sort((a, b) => order(a.id) - order(b.id));
}

export function pooledResults(results: StudyResults): TemplateResult {
  const harms = [...new Set(Object.keys(results.models).flatMap((label) => HARM.exec(label)?.[1] ?? []))];
  return html`<section class="results" aria-label=${say('results.pooled')}>
    <h2>${say('results.pooled')}</h2>
    ${results.effect == null ? nothing : effectPart(results.effect)} ${modelsPart(modelsOf(results, ''), say('results.pooled'), results.classes)}
    ${fitsPart(results, '')}
    ${harms.map(
      (harm) =>
        html`<h3>${say('results.harm', { harm })}</h3>
          ${modelsPart(modelsOf(results, harm), harm, [])} ${fitsPart(results, harm)}`,
    )}
    ${judgedTables(results)} ${participantsTables(results)}
    ${results.notes.map((note) => html`<p class="note">${note}</p>`)}
  </section>`;
}

function modelsPart(models: readonly Model[], caption: string, classes: readonly string[]): TemplateResult | typeof nothing {
  const [first] = models;
  if (first === undefined) return nothing;
  const curves = models.filter(({ model }) => model.roc.length > 1);
  const calibrated = models.filter(({ model }) => model.calibration.length > 0);
  const { survival } = first.model;
  return html`<p class="note">${noteOf(first.model)}</p>
    ${metricsTable(
      `${caption}: ${say('results.metric')}`,
      pooledMeasures(models.map(({ model }) => model)),
      models.map(({ title, model }) => ({ title, metrics: { ...model, ...model.measures } })),
      classes,
    )}
    <div class="charts">
      ${curves.length === 0 ? nothing : rocChart(curves.map(({ id, title, model }) => ({ id, title, points: model.roc })))}
      ${survival === null ? nothing : survivalChart(survival)}
      ${
        calibrated.length === 0
          ? nothing
          : calibrationChart(calibrated.map(({ id, title, model }) => ({ id, title, groups: model.calibration })))
      }
    </div>`;
}

function noteOf({ task, n, events, informativeSites }: ModelResults): string {
  const hasEvents = task === 'binary' || task === 'time-to-event' || task === 'ranking';
  return hasEvents
    ? say('results.pooled.note', { n: formatNumber(n, 0), events: formatNumber(events, 0), sites: informativeSites })
    : say('results.pooled.note.plain', { n: formatNumber(n, 0) });
}

function fitsPart({ fits, classes }: StudyResults, harm: string): TemplateResult | typeof nothing {
  const own = fits.filter(({ label, coefficients }) => (HARM.exec(label)?.[1] ?? '') === harm && coefficients.length > 0);
  return own.length === 0
    ? nothing
    : html`<div class="charts">${own.map((fit) => coefficientChart(fit, harm === '' ? classes : []))}</div>`;
}
