/** The section of a report on the effect of a treatment; none in studies without one. */
import type { ComparedRun } from '../comparison/index.ts';
import { legendOf } from './charts/draw.ts';
import { intervalChart } from './charts/result-charts.ts';
import { EFFECT_HEAD, effectRows, effectSentences } from './effect-words.ts';
import { figureOf, type Markup, markup, tableOf } from './page.ts';

const MODELS: Readonly<Record<string, string>> = { level1: 'by risk', level2: 'with shrunken interactions' };

export function effectSection({ result }: ComparedRun): Markup | null {
  const { effect, plan } = result;
  if (effect == null) return null;
  const rows = effectRows(plan, effect);
  const quarters = Object.entries(effect.benefit).map(([model, benefit]) => {
    const title = `Difference by quarter, ${MODELS[model] ?? `${model}, research view`}`;
    const estimates = benefit.quarters.flatMap(({ predicted, observed }, at) => {
      const interval = benefit.quarterIntervals[at] ?? null;
      const name = `quarter ${at + 1}`;
      const seen = observed === null ? [] : [{ name, look: 0, mean: observed, low: interval?.[0] ?? null, high: interval?.[1] ?? null }];
      return [...seen, { name, look: 1, mean: predicted, low: null, high: null }];
    });
    const table = tableOf(
      title,
      ['quarter', 'patients', 'predicted', 'observed', '95 %'],
      benefit.quarters.map(({ patients, predicted, observed }, at) => {
        const interval = benefit.quarterIntervals[at] ?? null;
        return [
          at + 1,
          patients,
          predicted.toFixed(4),
          figure(observed),
          interval === null ? '–' : `${figure(interval[0])} to ${figure(interval[1])}`,
        ];
      }),
    );
    const qini = `Qini coefficient ${figure(benefit.qini)}${benefit.qiniInterval === null ? '' : ` (95 % ${figure(benefit.qiniInterval[0])} to ${figure(benefit.qiniInterval[1])})`}.`;
    return figureOf(
      title,
      `Test patients, by predicted difference. ${qini}`,
      intervalChart(title, 'risk difference', estimates, true),
      table,
      legendOf(['observed', 'predicted']),
    );
  });
  return markup`<h2>Effect of ${plan.treatment?.column ?? 'the treatment'}${plan.treatment?.assignment === 'observational' ? ' (association: treatment was chosen)' : ''}</h2>
${rows.length === 0 ? null : tableOf('Effect of the treatment', EFFECT_HEAD, rows)}
<ul>${effectSentences(effect).map((text) => markup`<li>${text}</li>`)}</ul>
<div class="charts">${quarters}</div>`;
}

const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(4));
