/** What the hospitals found together: the same on the hospital's page and on the console. */
import type { StudyResults } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say, sayOr } from '../messages/index.ts';
import { calibrationChart } from './calibration-chart.ts';
import { coefficientChart } from './coefficient-chart.ts';
import { judgedTables } from './judged-tables.ts';
import { metricsTable } from './metrics-table.ts';
import { rocChart } from './roc-chart.ts';

const METRICS = [
  'aurocWithin',
  'aurocBinned',
  'logLoss',
  'brier',
  'accuracy',
  'observedExpected',
  'calibrationIntercept',
  'calibrationSlope',
];

/** The name of a model on the pages. */
export const modelTitle = (label: string): string => sayOr(`label.${label}`, label);

export function pooledResults(results: StudyResults): TemplateResult {
  const order = (id: string) => (id === 'federated' ? 0 : 1);
  const entries = Object.entries(results.models).sort(([a], [b]) => order(a) - order(b));
  const models = entries.map(([id, model]) => ({ id, title: modelTitle(id), model }));
  const [first] = models;
  return html`<section class="results" aria-label=${say('results.pooled')}>
    <h2>${say('results.pooled')}</h2>
    ${
      first === undefined
        ? nothing
        : html`<p class="note">
              ${say('results.pooled.note', { n: formatNumber(first.model.n, 0), events: formatNumber(first.model.events, 0), sites: first.model.informativeSites })}
            </p>
            ${metricsTable(
              `${say('results.pooled')}: ${say('results.metric')}`,
              METRICS,
              models.map(({ title, model }) => ({ title, metrics: { ...model } })),
            )}
            <div class="charts">
              ${rocChart(models.map(({ id, title, model }) => ({ id, title, points: model.roc })))}
              ${calibrationChart(models.map(({ id, title, model }) => ({ id, title, groups: model.calibration })))}
            </div>`
    }
    ${results.coefficients.length > 0 ? coefficientChart(results.coefficients) : nothing}
    ${judgedTables(results)}
    ${results.notes.map((note) => html`<p class="note">${note}</p>`)}
  </section>`;
}
