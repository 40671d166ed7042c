/** What joining is worth to each site, as its own page says it: paired differences on its test patients from the model of its data alone. */
import type { JoiningGain } from '@consilium/shared/federation';
import type { ComparedRun } from '../comparison/index.ts';
import { type Markup, markup, raw, tableOf } from './page.ts';

const TITLE = 'What joining is worth to each site';
const MEASURES: { readonly [Measure in JoiningGain['measure']]: string } = { logLoss: 'log-loss', auroc: 'AUROC' };

/** Empty where no site has a model of its own data. */
export function gainSection({ result }: ComparedRun): Markup {
  const rows = Object.entries(result.gains ?? {}).flatMap(([site, gains]) =>
    gains.map(({ model, measure, value, interval }) => [
      site,
      model,
      MEASURES[measure],
      signed(value),
      interval === null ? '–' : `${signed(interval[0])} to ${signed(interval[1])}`,
    ]),
  );
  if (rows.length === 0) return raw('');
  const isRanked = Object.values(result.gains ?? {}).some((gains) => gains.some(({ measure }) => measure === 'auroc'));
  return markup`<h3>${TITLE}</h3>
${tableOf(TITLE, ['site', 'model', 'metric', 'difference from its data alone', '95 % interval'], rows, 3)}
<p class="quiet">The site’s own test patients under both models, patient by patient. ${isRanked ? 'A lower log-loss and a higher AUROC are better; no AUROC where a class has too few patients.' : 'A lower log-loss is better.'} An interval that holds 0 shows no difference.</p>`;
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
