/** Results: what this hospital gains, on its own patients and for its own eyes; then what all hospitals found together. */
import type { ModelCurves, SiteResults } from '@consilium/shared/federation';
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { calibrationChart, metricsTable, modelTitle, pooledResults, rocChart } from '../../charts/index.ts';
import { currentLanguage, say } from '../../messages/index.ts';
import type { HospitalSession, SessionView } from '../../session/index.ts';

const METRICS = ['auroc', 'logLoss', 'brier', 'accuracy', 'observedExpected', 'calibrationIntercept', 'calibrationSlope'];

export function resultsPage(_view: SessionView, results: SiteResults, session: HospitalSession): TemplateResult {
  return html`<h1>${say('results.title')}</h1>
    <p class="note">${say('results.caution')}</p>
    ${guard([results, currentLanguage()], () => [ownResults(results), pooledResults(results.pooled)])}
    <p class="note">${say('results.rows', { ...results.rows })}</p>
    <div class="row"><button type="button" class="main" @click=${() => session.showPatients(true)}>${say('patient.open')}</button></div>`;
}

function ownResults(results: SiteResults): TemplateResult {
  const models = [
    ['local', results.local],
    ['federated', results.federated],
    ['exact', results.exact],
  ].filter((entry): entry is [string, ModelCurves] => entry[1] !== null);
  const series = models.map(([id, model]) => ({ id, title: modelTitle(id), model }));
  const hasCurves = series.some(({ model }) => model.roc.length > 1);
  return html`<section class="results" aria-label=${say('results.own')}>
    <h2>${say('results.own')}</h2>
    <p class="note">${say('results.own.note', { count: results.rows.test })}</p>
    ${metricsTable(
      `${say('results.own')}: ${say('results.metric')}`,
      METRICS,
      series.map(({ title, model }) => ({ title, metrics: model.metrics })),
    )}
    ${
      hasCurves
        ? html`<div class="charts">
            ${rocChart(series.map(({ id, title, model }) => ({ id, title, points: model.roc })))}
            ${calibrationChart(series.map(({ id, title, model }) => ({ id, title, groups: model.calibration })))}
          </div>`
        : html`<p class="note">${say('results.none')}</p>`
    }
  </section>`;
}
