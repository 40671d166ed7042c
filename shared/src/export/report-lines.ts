/** Lines that model card and reporting draft share. */
import type { StudyResults } from '../federation/index.ts';
import type { StudyModelLabel } from '../registry/index.ts';
import type { Outcome } from '../schema/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';

export const TO_FILL = '_to be filled in_';

const EXACT: { readonly [Task in Outcome['task']]: string } = {
  binary: 'logistic regression',
  multiclass: 'softmax regression',
  regression: 'linear regression',
  count: 'Poisson regression',
  'time-to-event': 'discrete-time hazard regression with an intercept of each hospital’s own',
};

/** @param label - `exact` is the exact fit beside a network. */
export function modelWords(plan: Plan, label: StudyModelLabel = 'federated'): string {
  const { model, algorithm, rounds, preprocess } = plan;
  const exact = EXACT[primaryOutcome(plan).task];
  const scale = preprocess.scale === 'none' ? 'values as they are' : 'values scaled by the mean and standard deviation over all hospitals';
  if (algorithm.kind === 'newton') return `${exact} with ridge ${algorithm.ridge}, equal to the fit on all rows together; ${scale}`;
  if (label === 'exact') return `${exact}, fitted beside the plan’s network and equal to the fit on all rows together; ${scale}`;
  const net =
    model.kind === 'mlp'
      ? `network with hidden layers of ${model.hidden.join(' and ')}`
      : model.kind === 'additive'
        ? `additive network, ${model.units} units a feature`
        : model.kind === 'cnn'
          ? `convolutional network with ${model.channels.join(' and ')} channels`
          : exact;
  const fits = algorithm.fits > 1 ? `; ${algorithm.fits} fits from different starts, the first is the model` : '';
  return `${net}, trained by ${algorithm.kind} in up to ${rounds.count} rounds; ${scale}${fits}`;
}

export function featureLines({ features }: Plan): string[] {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = features.map((feature) => {
    const values =
      feature.type === 'number'
        ? `${feature.range[0]} to ${feature.range[1]}${feature.unit ? ` ${feature.unit}` : ''}`
        : feature.codes.map(({ code, label }) => `${code} = ${label}`).join(', ');
    return `| ${cell(feature.column)} | ${cell(feature.label)} | ${cell(values)} | ${feature.required ? 'yes' : 'no'} |`;
  });
  return ['| Column | Meaning | Values | Required |', '| --- | --- | --- | --- |', ...rows];
}

const TITLES: { readonly [figure: string]: string } = {
  aurocWithin: 'AUROC within hospitals',
  aurocBinned: 'AUROC over all pairs (includes differences between hospitals)',
  aurocWithinMean: 'AUROC within hospitals, mean over classes',
  logLoss: 'log-loss',
  brier: 'Brier score',
  accuracy: 'accuracy',
  observedExpected: 'observed / expected',
  calibrationIntercept: 'calibration intercept',
  calibrationSlope: 'calibration slope',
  concordanceWithin: 'concordance (C) within hospitals',
  concordanceBinned: 'concordance (C) over all pairs (includes differences between hospitals)',
  integratedBrier: 'Brier score up to the horizon',
  brierAtHorizon: 'Brier score at the horizon',
  meanAbsoluteError: 'mean absolute error',
  rootMeanSquareError: 'root mean square error',
  meanError: 'mean error',
  rSquared: 'R²',
  coverage95: 'share of values inside their 95 % interval',
};

export function performanceLines({ models }: StudyResults): string[] {
  const entries = Object.entries(models);
  if (entries.length === 0) return ['No model was evaluated.'];
  const figure = (value: number | null | undefined): string =>
    typeof value === 'number' && Number.isFinite(value) ? String(Math.round(value * 10_000) / 10_000) : '–';
  const row = (title: string, values: readonly (number | null | undefined)[]) => `| ${title} | ${values.map(figure).join(' | ')} |`;
  const measured = new Set(entries.flatMap(([, { measures }]) => Object.keys(measures)));
  const withInterval = (name: string, { measures, intervals }: (typeof entries)[number][1]): string => {
    const interval = intervals[name];
    return interval === undefined ? figure(measures[name]) : `${figure(measures[name])} (${interval.map(figure).join(' to ')})`;
  };
  return [
    'In brackets: 95 % intervals.',
    '',
    `| | ${entries.map(([name]) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(entries.length)}`,
    row(
      'patients',
      entries.map(([, { n }]) => n),
    ),
    row(
      'events',
      entries.map(([, { task, n, events }]) => (task === 'regression' || task === 'count' || n === 0 ? null : events)),
    ),
    ...[...measured].map((name) => `| ${measureWords(name)} | ${entries.map(([, model]) => withInterval(name, model)).join(' | ')} |`),
  ];
}

/** `aurocWithin@2` is a figure of the third class. */
export function measureWords(name: string): string {
  const [base = name, place] = name.split('@');
  const title = TITLES[base] ?? base;
  if (place === undefined) return title;
  return Number(place) < 1 && place.includes('.') ? `${title} at a risk of ${place}` : `${title}, class ${Number(place) + 1}`;
}

/** The published criteria before the fit and after it; null where the study could not say. */
export function sampleLine({ sampleSize }: StudyResults): string | null {
  if (sampleSize === null) return null;
  if (sampleSize.kind === 'refused')
    return 'For models of counts no criteria of the number of patients needed are published, so none is given.';
  const { planned, found, rows, task } = sampleSize;
  const after = found === null ? '' : `; ${found.needed.rows} by the R² of the fit (${found.rSquared.toFixed(3)})`;
  const source =
    task === 'multiclass' ? 'Pate et al. 2023 (all pairs of classes taken to be as well told apart as all together)' : 'Riley et al. 2019';
  return `Criteria of ${source} ask for ${planned.needed.rows} rows by the planned R² (${planned.rSquared.toFixed(3)})${after}; there were ${rows}.`;
}

export function coefficientLines({ coefficients }: StudyResults): string[] {
  if (coefficients.length === 0) return [];
  const number = (value: number | null): string => (value === null ? '–' : value.toPrecision(5));
  return [
    'Of the exact model, per standard deviation where values are scaled; of a probability on its log odds.',
    '',
    '| Column | Coefficient | Standard error |',
    '| --- | --- | --- |',
    ...coefficients.map(({ name, value, standardError }) => `| ${name} | ${number(value)} | ${number(standardError)} |`),
  ];
}

export function effectLines(plan: Plan, { effect }: StudyResults): string[] {
  const { treatment } = plan;
  if (treatment === null || effect === null) return [];
  const design = `- Compared: ${treatment.column} = ${treatment.treated} against ${treatment.comparator}; ${treatment.assignment}; estimand ${treatment.estimand}. ${treatment.timeZero} ${treatment.eligibility} ${treatment.followUp}`;
  if (effect.refusal !== null || effect.primary === null) return [design, `- No effect is shown: ${effect.refusal ?? 'not estimated'}.`];
  const words = treatment.assignment === 'randomised' ? 'Effect' : 'Association (treatment was chosen, not assigned by lot)';
  const outcome = (name: string, { relative, absolute }: NonNullable<typeof effect.primary>): string =>
    `- ${words} on ${name}: odds ratio ${relative.oddsRatio.toFixed(3)} (${relative.interval.map((end) => end.toFixed(3)).join(' to ')}); average risk ${percent(absolute.riskWithout)} without and ${percent(absolute.riskWith)} with it, difference ${percent(absolute.difference)} (${absolute.interval.map(percent).join(' to ')}).`;
  const tests = [effect.tests.interactions, effect.tests.risk].flatMap((test) => (test === null ? [] : [test.pValue]));
  const { counts } = effect;
  return [
    design,
    ...(counts === null
      ? []
      : [
          `- Patients: ${counts.treated} treated (${counts.eventsTreated} events), ${counts.comparator} comparator (${counts.eventsComparator} events), ${counts.unassigned} with neither.`,
        ]),
    outcome(primaryOutcome(plan).name, effect.primary),
    ...effect.harms.map(({ name, effect: harm }) =>
      harm === null ? `- Harm ${name}: could not be estimated.` : outcome(`the harm ${name}`, harm),
    ),
    ...(effect.harms.length === 0 ? ['- Harms were not estimated in this study.'] : []),
    ...(effect.eValue === null
      ? []
      : [
          `- An unmeasured cause with risk ratios of ${effect.eValue.estimate.toFixed(2)} could explain the estimate away, of ${effect.eValue.limit.toFixed(2)} the interval (E-value).`,
        ]),
    ...(tests.length === 0
      ? []
      : [`- Declared tests of a different relative effect between patients: p = ${tests.map((p) => p.toPrecision(3)).join(' and ')}.`]),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
