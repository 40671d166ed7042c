/** The model card of a released model, in Markdown, filled from the run. What the run does not know is left as a line to fill in. */
import type { StudyResults } from '../federation/index.ts';
import type { StudyModelLabel } from '../registry/index.ts';
import { minimumContributors, type Plan } from '../study/index.ts';
import { acrossLines, groupLines, NO_GROUPS } from './fairness-lines.ts';
import { looksLine } from './looks.ts';
import { answerWords } from './model-metadata.ts';
import type { ReleasedModel } from './released-model.ts';
import { coefficientLines, effectLines, featureLines, modelWords, performanceLines, TO_FILL } from './report-lines.ts';

export interface CardInput {
  readonly plan: Plan;
  readonly model: ReleasedModel;
  readonly label: StudyModelLabel;
  readonly results: StudyResults;
  /** Times the test part of this plan version was looked at. */
  readonly looks: number;
  /** Training rows, events and hospitals of the statistics sum. */
  readonly counts: { readonly rows: number; readonly events: number | null; readonly sites: number };
}

export function modelCard({ plan, model, label, results, looks, counts }: CardInput): string {
  const lines = [
    `# Model card: ${model.title}`,
    '',
    'Research use only. Not a medical device.',
    ...(model.synthetic ? ['', '**All patients of this study are made up. Nothing here holds for real ones.**'] : []),
    '',
    '## What it is',
    '',
    `- Predicts: ${answerWords(model)}.${spreadWords(model)}`,
    `- Model: ${modelWords(plan, label)}. Its name in the study’s registry: ${model.id}.`,
    `- Study ${model.study}, plan version ${model.version}, SHA-256 of the plan ${model.planHash}.`,
    `- Trained on ${counts.rows} patient rows${counts.events === null ? '' : ` with ${counts.events} events`} of ${counts.sites} hospitals. Rows stayed in the hospitals; sums over at least ${minimumContributors(plan)} of them were opened.${plan.privacy.kind === 'none' ? ' No noise was added to them.' : ''}`,
    '',
    '## What it is for',
    '',
    `- Purpose: ${model.purpose}`,
    `- Patients: ${model.population}`,
    `- Not for: patients outside this description, hospitals where it has not been checked, decisions made by it alone.`,
    '',
    '## What it reads',
    '',
    ...featureLines(plan),
    '',
    `A value outside its range or of an unknown code is refused.${model.needsEveryValue ? ' A missing value is refused: the study left such rows out.' : ' A missing value is replaced by the mean over all hospitals, unless the feature is required.'}`,
    '',
    '## How it did on the test patients of all hospitals',
    '',
    ...performanceLines(results),
    '',
    looksLine(Object.keys(results.models).length, looks),
    ...section('Groups of patients', groupLines(results)),
    ...section('Across hospitals', acrossLines(results)),
    ...section('Coefficients', coefficientLines(results)),
    ...section('Effect of the treatment', effectLines(plan, results)),
    ...section(
      'Notes of the run',
      results.notes.map((note) => `- ${note}`),
    ),
    '',
    '## Before use',
    '',
    `- Fairness: ${results.subgroups.length > 0 ? 'the declared groups are above.' : NO_GROUPS} Groups that matter here: ${TO_FILL}`,
    `- Updates and expiry: ${TO_FILL} (who watches calibration, when the model is reviewed, when it ends)`,
    `- Contact: ${TO_FILL}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether the file can say how sure it is of one patient. */
function spreadWords({ spread, adaptedTo }: ReleasedModel): string {
  const own = adaptedTo === null ? '' : ` Adapted to the patients of ${adaptedTo}, for that hospital alone.`;
  if (spread === null)
    return `${own} No file here says how sure it is of one patient: do not show a patient a number from it without saying so.`;
  return spread.kind === 'fits'
    ? `${own} model.json holds ${spread.fits.length + 1} fits: the range over them shows how much chance is in the model; it is no confidence interval.`
    : `${own} model.json holds the covariance of the coefficients, for the interval of one patient${spread.isPenalised ? ' (a spread, since the fit is penalised)' : ''}.`;
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]);
