/** A plan in plain sentences, for the person who decides whether a hospital takes part. */
import { exactModelText, outcomeText } from './describe-outcome.ts';
import { treatmentTexts } from './describe-treatment.ts';
import { harmOutcomes, minimumContributors, type Plan, primaryOutcome, trainsByRounds } from './plan.ts';

/**
 * Describes a plan.
 *
 * @param plan - A parsed plan.
 * @returns Sentences in reading order: purpose, who, what is read, how rows are used, what is fitted, what leaves, who sees it.
 */
export function describePlan(plan: Plan): string[] {
  const outcome = primaryOutcome(plan);
  return [
    `Purpose: ${plan.purpose}`,
    `Patients: ${plan.population}`,
    ...(plan.synthetic ? ['All patients of this study are made up.'] : []),
    `Predicted: ${outcomeText(outcome)}.`,
    ...harmOutcomes(plan).map((harm) => `Harm, fitted beside it: ${outcomeText(harm)}.`),
    ...(plan.treatment === null ? [] : treatmentTexts(plan.treatment)),
    `Read from the file: ${plan.features.map(fieldText).join('; ')}. Other columns are not looked at.`,
    ...columnTexts(plan),
    ...sourceTexts(plan),
    splitText(plan),
    missingText(plan),
    modelText(plan),
    'Patient rows stay in this browser.',
    leavingText(plan),
    `The server sees sums over at least ${minimumContributors(plan)} hospitals, timing and sizes, and banded counts of rows and events.`,
    'Sums can carry traces of patients. They are masked on the way, and no noise is added to them.',
    `No sum is formed unless at least ${plan.rounds.quorum} hospitals are there; up to ${plan.rounds.colluders} dishonest ${plan.rounds.colluders === 1 ? 'hospital is' : 'hospitals are'} tolerated.`,
    'Research use only.',
  ];
}

function columnTexts({ features, interactions }: Plan): string[] {
  const curves = features.filter((feature) => feature.type === 'number' && feature.spline);
  const label = (name: string): string => features.find((feature) => feature.name === name)?.label ?? name;
  return [
    ...(curves.length === 0
      ? []
      : [`As a curve, for which each hospital adds a histogram of its values: ${curves.map((f) => f.label).join('; ')}.`]),
    ...(interactions.length === 0
      ? []
      : [`Together, as products: ${interactions.map(([a, b]) => `${label(a)} and ${label(b)}`).join('; ')}.`]),
  ];
}

/** Whatever a page will say of a change stands in the plan that hospitals sign. */
const sourceTexts = ({ features }: Plan): string[] =>
  features.flatMap(({ label, effectSource: source }) =>
    source === undefined
      ? []
      : [
          `What a change could do is told by a trial, not by the model. ${label}, with ${source.change}: ${source.measure.replace('-', ' ')} ${source.ratio} (95 % interval ${source.interval[0]} to ${source.interval[1]}), ${source.trial}. Harms: ${source.harms ?? 'not given'}.`,
        ],
  );

function fieldText(feature: Plan['features'][number]): string {
  if (feature.type !== 'number') return `${feature.label} (${feature.codes.map(({ label }) => label).join(' / ')})`;
  return `${feature.label} (${feature.range[0]} to ${feature.range[1]}${feature.unit ? ` ${feature.unit}` : ''})`;
}

function missingText({ preprocess: { impute, indicators, unavailable } }: Plan): string {
  const gaps =
    impute === 'drop-row' ? 'Rows with a missing value are left out.' : 'A missing value is replaced by the mean over all hospitals.';
  const marks = indicators ? ' Whether a value was missing is an input too, where enough hospitals and patients have both.' : '';
  const absent = {
    'site-intercept': 'a field that a hospital does not collect counts as that mean there',
    'exclude-feature': 'a field that a hospital does not collect is left out everywhere',
    'exclude-site': 'a hospital that does not collect every field takes no part',
  }[unavailable];
  return `${gaps}${marks} ${absent[0]!.toUpperCase()}${absent.slice(1)}.`;
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function splitText({ split }: Plan): string {
  switch (split.by) {
    case 'patient-id':
      return `${percent(split.test)} of patients are kept for the final test and ${percent(split.validation)} for validation, chosen by a hash of "${split.patientId}" that is never stored or sent.`;
    case 'row':
      return `${percent(split.test)} of rows are kept for the final test and ${percent(split.validation)} for validation, chosen by row number.`;
    case 'column':
      return `The column "${split.column}" says which rows train, validate and test.`;
    case 'time':
      return `Patients seen from ${split.test} on are kept for the final test${split.validation === null ? '' : `, those from ${split.validation} on for validation`}, by the column "${split.column}".`;
    case 'site':
      return `All patients of ${split.test.join(', ')} are kept for the final test; elsewhere ${percent(split.validation)} are kept for validation, chosen by a hash of "${split.patientId}" that is never stored or sent.`;
    case 'file':
      return `The file "${split.file.file}" says which rows train, validate and test.`;
  }
}

function modelText(plan: Plan): string {
  const { algorithm } = plan;
  const exact = exactModelText(primaryOutcome(plan));
  if (algorithm.kind === 'newton') return `Fitted: ${exact}, equal to the one all rows together would give.`;
  const rounds = `in ${plan.rounds.count} rounds of ${ALGORITHM_NAMES[algorithm.kind]}`;
  const fits = algorithm.fits > 1 ? `, ${algorithm.fits} times from different first weights` : '';
  // learning.md §6: every individual number comes with its uncertainty, or with the sentence that there is none.
  const unsure = algorithm.fits > 1 ? '' : ' From one fit no page can say how sure the model is of one patient.';
  const weighed = algorithm.classWeights === 'none' ? '' : ` ${WEIGHED[algorithm.classWeights === 'balanced' ? 'balanced' : 'list']}`;
  return `Fitted: ${networkText(plan)}, ${rounds}${fits}, and beside it ${exact}.${unsure}${weighed}${watchedText(plan)}`;
}

const watchedText = ({ rounds: { stop } }: Plan): string =>
  stop.patience === 0
    ? ''
    : ` Training ends early when the loss on validation patients, summed over hospitals ${stop.every === 1 ? 'after every round' : `every ${stop.every} rounds`}, has not fallen ${stop.patience === 1 ? 'once' : `for ${stop.patience} looks`}.`;

const WEIGHED = {
  balanced: 'Rare classes weigh more in its training, and it is recalibrated afterwards.',
  list: 'Classes have weights in its training, and it is recalibrated afterwards.',
} as const;

const ALGORITHM_NAMES: Record<Exclude<Plan['algorithm']['kind'], 'newton'>, string> = {
  fedavg: 'FedAvg',
  fedprox: 'FedProx',
  scaffold: 'SCAFFOLD',
  fednova: 'FedNova',
  fedavgm: 'FedAvgM',
  fedadagrad: 'FedAdagrad',
  fedadam: 'FedAdam',
  fedyogi: 'FedYogi',
};

function networkText(plan: Plan): string {
  const { model } = plan;
  switch (model.kind) {
    case 'linear':
      return exactModelText(primaryOutcome(plan));
    case 'mlp':
      return `a network with hidden layers of ${model.hidden.join(' and ')}`;
    case 'additive':
      return `a sum of small networks, one a field, of ${model.units} units each`;
    case 'cnn':
      return `a convolutional network for images of ${model.width} by ${model.height} pixels, with ${model.channels.join(' and ')} channels`;
  }
}

function leavingText(plan: Plan): string {
  const named = plan.evaluation.subgroups.map(({ feature: name }) => plan.features.find((feature) => feature.name === name)?.label ?? name);
  const groups =
    named.length === 0
      ? ''
      : `, and in groups of ${named.join(', ')} where this hospital has ${plan.evaluation.smallestCell} ${groupText(plan)}`;
  const sums =
    'how many rows were read, left out for which reason and used; counts, sums and sums of squares of each field; gradients and second derivatives of the fit';
  const arms =
    plan.treatment === null ? '' : '; counts, sums and sums of squares of each field in both arms, where each has ten patients here';
  const updates = trainsByRounds(plan) ? '; model updates' : '';
  return `What leaves this browser, masked so that only the sum over hospitals can be read: ${sums}${updates}${arms}; counts for the evaluation${groups}.`;
}

/** What a group must have here to be told of, by the outcome. */
function groupText(plan: Plan): string {
  const { task } = primaryOutcome(plan);
  if (task === 'regression' || task === 'count') return 'patients';
  return task === 'multiclass' ? 'patients of every class' : 'patients with and without the outcome';
}
