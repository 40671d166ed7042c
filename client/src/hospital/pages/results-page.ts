/** Results: what this hospital gains, on its own patients and for its own eyes; then what all hospitals found together. */
import type { ModelCurves, SiteResults } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import {
  calibrationChart,
  gainsList,
  instabilityTable,
  metricsTable,
  modelTitle,
  ownMeasures,
  pooledResults,
  rocChart,
  underOwnNames,
} from '../../charts/index.ts';
import { currentLanguage, say } from '../../messages/index.ts';
import type { HospitalSession, SessionView } from '../../session/index.ts';
import { deleteControl, leaveControl } from '../parts/stop-control.ts';
import { nextVersionPart } from '../parts/version-part.ts';

export function resultsPage(view: SessionView, results: SiteResults, session: HospitalSession): TemplateResult {
  return html`<h1>${say('results.title')}</h1>
    ${nextVersionPart(view, session)}
    <p class="note">${say('results.caution')}</p>
    ${guard([results, currentLanguage()], () => [ownResults(results), pooledResults(results.pooled)])}
    <p class="note">${say('results.rows', { ...results.rows })}</p>
    <held-models .source=${view.models}></held-models>
    ${
      results.federated === null
        ? nothing
        : html`<div class="row"><button type="button" class="main" @click=${() => session.showPatients(true)}>${say('patient.open')}</button></div>`
    }
    <div class="row">${leaveControl(session)} ${deleteControl(session)}</div>`;
}

function ownResults(results: SiteResults): TemplateResult {
  const task = results.pooled.models.federated?.task ?? 'binary';
  const models = [
    ['local', results.local],
    ['federated', results.federated],
    ['personal', results.personal],
    ['exact', results.exact],
  ].filter((entry): entry is [string, ModelCurves] => entry[1] !== null);
  if (results.federated === null)
    return html`<section class="results" aria-label=${say('results.own')}>
    <p role="status"><strong>${say('results.noModel')}</strong> ${results.pooled.notes.join(' ')}</p>
  </section>`;
  const series = models.map(([id, model]) => ({ id, title: modelTitle(id, task), model }));
  const curves = series.filter(({ model }) => model.roc.length > 1);
  const calibrated = series.filter(({ model }) => model.calibration.length > 0);
  return html`<section class="results" aria-label=${say('results.own')}>
    <h2>${say('results.own')}</h2>
    <p class="note">${say('results.own.note', { count: results.rows.test })}</p>
    ${metricsTable(
      `${say('results.own')}: ${say('results.metric')}`,
      ownMeasures(task),
      series.map(({ title, model }) => ({
        title,
        metrics: { ...underOwnNames(model.metrics), intervals: underOwnNames(model.intervals) },
      })),
    )}
    <p class="note">${say('results.own.intervals')}</p>
    ${gainsList(results.gains, task)}
    <div class="charts">
      ${curves.length === 0 ? nothing : rocChart(curves.map(({ id, title, model }) => ({ id, title, points: model.roc })))}
      ${
        calibrated.length === 0
          ? nothing
          : calibrationChart(calibrated.map(({ id, title, model }) => ({ id, title, groups: model.calibration })))
      }
    </div>
    ${task === 'binary' && curves.length === 0 ? html`<p class="note">${say('results.none')}</p>` : nothing}
    ${results.personal?.note == null ? nothing : html`<p class="note">${results.personal.note}</p>`}
    ${results.instability === null ? nothing : instabilityTable(results.instability)}
  </section>`;
}
