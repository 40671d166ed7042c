/** The sections of a report on exact fits: coefficients of the primary outcome's, and hazard ratios of the Cox model beside a hazard. */
import type { Outcome } from '@consilium/shared/schema';
import { primaryOutcome } from '@consilium/shared/study';
import type { ComparedRun } from '../comparison/index.ts';
import { intervalChart } from './charts/result-charts.ts';
import { figureOf, type Markup, markup, tableOf } from './page.ts';

const NORMAL_97_5 = 1.959963984540054;

export function coefficientSection({ result }: ComparedRun): Markup | null {
  const { coefficients, plan } = result;
  if (coefficients.length === 0) return null;
  const outcome = primaryOutcome(plan);
  const named = coefficients.map((item) => ({ ...item, words: wordsOf(item.name, outcome) }));
  const isPlain = named.every(({ interval }) => interval != null);
  const rows = named
    .filter(({ name }) => !isBaseline(name))
    .map(({ words, value, standardError, interval }) => ({
      name: words,
      look: 0,
      mean: value,
      low: interval?.[0] ?? (standardError === null ? null : value - NORMAL_97_5 * standardError),
      high: interval?.[1] ?? (standardError === null ? null : value + NORMAL_97_5 * standardError),
    }));
  const unit = unitOf(outcome);
  const table = tableOf(
    'Coefficients',
    ['column', 'federated', isPlain ? 'standard error' : 'spread', 'difference from central'],
    named.map(({ words, value, standardError, central }) => [
      words,
      figure(value),
      standardError === null ? '–' : figure(standardError),
      (value - central).toExponential(1),
    ]),
  );
  const note = isPlain
    ? 'The bars are 95 % intervals.'
    : 'The bars are 1.96 times the spread; with a penalty they are no confidence intervals.';
  const more = named.some(({ name }) => isBaseline(name)) ? ' The level of a patient at the means is among the numbers only.' : '';
  return markup`<h2>Coefficients of the exact fit</h2>${figureOf(`${unit}, per standard deviation of the column`, `${note}${more}`, intervalChart('Coefficients', unit, rows, true), table)}
${hazardRatios(result)}`;
}

/** Null in results without a Cox model. */
function hazardRatios(result: ComparedRun['result']): Markup | null {
  const cox = (result.fits ?? []).find(({ kind }) => kind === 'cox');
  if (cox === undefined) return null;
  const title = 'Hazard ratios of the Cox model, per standard deviation of the column';
  const rows = cox.coefficients.map(({ name, value, standardError, interval }) => ({ name, value, standardError, interval }));
  const table = tableOf(
    title,
    ['column', 'hazard ratio', '95 %', 'log hazard ratio', rows.every(({ interval }) => interval !== null) ? 'standard error' : 'spread'],
    rows.map(({ name, value, standardError, interval }) => [
      name,
      figure(Math.exp(value)),
      interval === null ? '–' : `${figure(Math.exp(interval[0]))} to ${figure(Math.exp(interval[1]))}`,
      figure(value),
      standardError === null ? '–' : figure(standardError),
    ]),
  );
  const penalised = cox.ridge > 0 ? ' With a penalty there are no confidence intervals.' : '';
  return markup`<h3>${title}</h3>${table}<p class="quiet">The fit has a baseline for each site; ties by Efron.${penalised}</p>`;
}

/** Levels and baselines: on another scale than what columns do. */
const isBaseline = (name: string): boolean => /^(?:intercept(?:@\d+)?|interval to .*)$/.test(name);

/** `age@1` is the second class's. */
function wordsOf(name: string, outcome: Outcome): string {
  const [, column, at] = /^(.*)@(\d+)$/.exec(name) ?? [];
  if (column === undefined || outcome.task !== 'multiclass') return name;
  return `${column}, ${outcome.codes[Number(at)]?.label ?? at}`;
}

function unitOf(outcome: Outcome): string {
  switch (outcome.task) {
    case 'binary':
      return 'Log odds';
    case 'multiclass':
      return `Log odds of a class against ${outcome.codes[0]?.label ?? 'the first'}`;
    case 'regression':
      return `${outcome.name}${outcome.unit === undefined ? '' : `, ${outcome.unit}`}`;
    case 'count':
      return 'Log rate';
    case 'time-to-event':
      return 'Log odds in an interval of time';
  }
}

const figure = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(4));
