/**
 * A TRIPOD+AI and TRIPOD-Cluster draft in Markdown: each reporting item with what the run knows, and a place for what only people know.
 * Source: Collins et al. 2024 (TRIPOD+AI, item numbers); Debray et al. 2023 (TRIPOD-Cluster) for differences between hospitals.
 */
import { minimumContributors, type Plan, primaryOutcome } from '../study/index.ts';
import { acrossLines, groupLines, NO_GROUPS } from './fairness-lines.ts';
import { looksLine } from './looks.ts';
import type { CardInput } from './model-card.ts';
import { answerWords } from './model-metadata.ts';
import { baselineLines, flowLines } from './participant-lines.ts';
import { coefficientLines, effectLines, featureLines, modelWords, performanceLines, sampleLine, TO_FILL } from './report-lines.ts';

export function tripodDraft({ plan, model, label, results, looks, counts }: CardInput): string {
  const table = baselineLines(plan, results);
  const arms = table.length === 0 ? [] : ['', '### Arms before treatment', '', ...table];
  const lines = [
    `# TRIPOD+AI and TRIPOD-Cluster draft: ${model.title}`,
    '',
    'Written from the plan and the released sums. Blanks marked "to be filled in" are to be written by the authors: the run cannot know them.',
    ...(model.synthetic ? ['', 'All patients are made up.'] : []),
    ...item('1 Title', `Development of a prediction model for ${model.outcome} by federated learning: ${model.title}`),
    ...item('2 Abstract', TO_FILL),
    ...item('3 Background', `Purpose: ${model.purpose}`, `Target population and users: ${model.population} ${TO_FILL}`),
    ...item('4 Objectives', 'Development and internal validation on held-out patients of the same hospitals.'),
    ...item('5 Data', `Hospitals: ${counts.sites}. Dates, setting and source of data: ${TO_FILL}`),
    ...item('6 Participants', `Eligibility: ${model.population}`, ...treatmentsReceived(plan)),
    ...item(
      '7 Data preparation',
      splitWords(plan),
      missingWords(plan),
      'Every cell was read against the dictionary; what it refused counts as missing.',
    ),
    ...item('8 Outcome', outcomeWords(plan), `How and by whom it was assessed, blinding: ${TO_FILL}`),
    ...item('9 Predictors', ...featureLines(plan)),
    ...item(
      '10 Sample size',
      `${counts.rows} training rows,${counts.events === null ? '' : ` ${counts.events} events,`} ${model.columns.length} columns${counts.events === null ? '' : ` (${events(counts.events, model.columns.length)} events a column)`}.`,
      sampleLine(results) ?? `Criteria of Riley et al.: ${TO_FILL}`,
    ),
    ...item('11 Missing data', missingWords(plan)),
    ...item(
      '12 Analytical methods',
      `Model: ${modelWords(plan, label)}.`,
      `Sums over at least ${minimumContributors(plan)} hospitals were opened, never a single hospital's.`,
      'Clusters are hospitals. Differences between them: figures within hospitals are headlines; pooled ones include differences between hospitals; a random-effects mean with a prediction interval where five or more can say.',
      stopWords(plan),
    ),
    ...item('13 Class imbalance', balanceWords(plan, results)),
    ...item(
      '14 Fairness',
      ...(results.subgroups.length > 0 ? groupLines(results) : [NO_GROUPS]),
      '',
      `Why these groups, and which others matter here: ${TO_FILL}`,
    ),
    ...item('15 Model output', `${answerWords(model)}; thresholds of the plan: ${plan.evaluation.thresholds.join(', ')}.`),
    ...item(
      '16 Training versus evaluation',
      'Same hospitals, patients that were not trained on.',
      looksLine(Object.keys(results.models).length, looks),
    ),
    ...item('17 Ethical approval', TO_FILL),
    ...item(
      '18 Open science',
      `Plan (SHA-256 ${model.planHash}) and model files accompany this draft. Registration, protocol, data and code availability: ${TO_FILL}`,
    ),
    ...item('19 Patient and public involvement', TO_FILL),
    ...item('20 Participants (results)', ...flowLines(results, plan.evaluation.smallestCell), ...arms),
    ...item('21 Model development', `Training rows ${counts.rows}${counts.events === null ? '' : `, events ${counts.events}`}.`),
    ...item(
      '22 Model specification',
      ...coefficientLines(results),
      '',
      'The whole model is in the accompanying files, preprocessing included.',
    ),
    ...item(
      '23 Model performance',
      ...performanceLines(results),
      '',
      'Differences between hospitals (TRIPOD-Cluster):',
      '',
      ...acrossLines(results),
    ),
    ...item('24 Model updating', 'None.'),
    ...effectItem(plan, effectLines(plan, results)),
    ...item('25 Interpretation', TO_FILL),
    ...item('26 Limitations', ...results.notes.map((note) => `- ${note}`), `- ${TO_FILL}`),
    ...item(
      '27 Usability',
      'A row with a value outside its range or a required value missing is refused. Research use only.',
      `Updates and expiry: ${TO_FILL}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const item = (title: string, ...texts: readonly string[]): string[] => ['', `## ${title}`, '', ...texts];

const effectItem = (plan: Plan, lines: readonly string[]): string[] =>
  plan.treatment === null ? [] : item('Effect of the treatment', ...lines);

const events = (count: number, columns: number): string => (columns === 0 ? '–' : (count / columns).toFixed(1));

function outcomeWords(plan: Plan): string {
  const outcome = primaryOutcome(plan);
  switch (outcome.task) {
    case 'binary':
      return `${outcome.name}: ${outcome.positive}.`;
    case 'time-to-event':
      return `${outcome.name}: time from ${outcome.time} (${outcome.unit}), event ${outcome.event}, horizon ${outcome.horizon}; a patient who is lost before counts until then (censored).`;
    case 'multiclass':
      return `${outcome.name}: ${outcome.codes.map(({ code, label }) => `${code} = ${label}`).join(', ')}.`;
    default:
      return `${outcome.name}.`;
  }
}

function balanceWords({ algorithm }: Plan, { notes }: CardInput['results']): string {
  if (algorithm.kind === 'newton' || algorithm.classWeights === 'none') return 'Rows were not reweighted or resampled.';
  const weights = algorithm.classWeights === 'balanced' ? 'classes weighed alike' : `class weights ${algorithm.classWeights.join(', ')}`;
  const again = notes.find((note) => note.includes('class weights')) ?? `Recalibration: ${TO_FILL}`;
  return `The network was trained with ${weights}; the exact model was not. ${again}`;
}

const stopWords = ({ algorithm, rounds }: Plan): string =>
  algorithm.kind === 'newton'
    ? 'The fit ended where its gradient was zero within rounding.'
    : rounds.stop.patience > 0
      ? `Training was stopped on validation patients after ${rounds.stop.patience} looks without a lower loss. A network is promoted over the exact model only by validation patients.`
      : 'Training went through all its rounds. A network is promoted over the exact model only by validation patients.';

const missingWords = ({ preprocess }: Plan): string =>
  preprocess.impute === 'drop-row'
    ? 'Rows with a missing value were left out.'
    : 'A missing value was replaced by the mean over the training rows of all hospitals; the outcome was never imputed nor used to impute.';

const treatmentsReceived = ({ treatment }: Plan): string[] =>
  treatment === null
    ? [`Treatments received: ${TO_FILL}`]
    : [`Treatments compared: ${treatment.column} = ${treatment.treated} against ${treatment.comparator}.`];

function splitWords({ split }: Plan): string {
  switch (split.by) {
    case 'patient-id':
      return `${100 * split.test} % of patients for the test, ${100 * split.validation} % for validation, by a hash of the patient's id.`;
    case 'row':
      return `${100 * split.test} % of rows for the test, ${100 * split.validation} % for validation.`;
    case 'time':
      return `Patients from ${split.test} on for the test: a temporal validation.`;
    case 'site':
      return `All patients of ${split.test.join(', ')} for the test: a validation at other hospitals.`;
    default:
      return 'Training, validation and test rows were named beforehand.';
  }
}
