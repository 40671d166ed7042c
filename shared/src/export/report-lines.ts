/** Lines that model card and reporting draft share. */
import type { StudyResults } from '../federation/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';

export const TO_FILL = '_to be filled in_';

export function modelWords({ model, algorithm, rounds, preprocess }: Plan): string {
  const scale = preprocess.scale === 'none' ? 'values as they are' : 'values scaled by the mean and standard deviation over all hospitals';
  if (algorithm.kind === 'newton')
    return `logistic regression with ridge ${algorithm.ridge}, equal to the fit on all rows together; ${scale}`;
  const net =
    model.kind === 'mlp'
      ? `network with hidden layers of ${model.hidden.join(' and ')}`
      : model.kind === 'additive'
        ? `additive network, ${model.units} units a feature`
        : 'logistic regression';
  return `${net}, trained by ${algorithm.kind} in up to ${rounds.count} rounds; ${scale}`;
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

const FIGURES: readonly (readonly [string, string])[] = [
  ['n', 'patients'],
  ['events', 'events'],
  ['logLoss', 'log-loss'],
  ['brier', 'Brier score'],
  ['aurocWithin', 'AUROC within hospitals'],
  ['calibrationIntercept', 'calibration intercept'],
  ['calibrationSlope', 'calibration slope'],
  ['observedExpected', 'observed / expected'],
];

export function performanceLines({ models }: StudyResults): string[] {
  const names = Object.keys(models);
  if (names.length === 0) return ['No model was evaluated.'];
  const figure = (model: unknown, key: string): string => {
    const value = (model as Record<string, unknown>)[key];
    return typeof value === 'number' && Number.isFinite(value) ? String(Math.round(value * 10_000) / 10_000) : '–';
  };
  const rows = FIGURES.map(([key, title]) => `| ${title} | ${names.map((name) => figure(models[name], key)).join(' | ')} |`);
  return [`| | ${names.join(' | ')} |`, `| --- |${' --- |'.repeat(names.length)}`, ...rows];
}

export function coefficientLines({ coefficients }: StudyResults): string[] {
  if (coefficients.length === 0) return [];
  const number = (value: number | null): string => (value === null ? '–' : value.toPrecision(5));
  return [
    'Of the exact model, per standard deviation where values are scaled.',
    '',
    '| Column | Log odds | Standard error |',
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
