/** Participant flow and the arms' first table, as the reporting draft tells them: over all hospitals, never of one. */
import {
  type ArmCell,
  type BaselineRow,
  EXCLUSIONS,
  type Exclusion,
  type ParticipantFlow,
  type StudyResults,
} from '../federation/index.ts';
import type { Plan } from '../study/index.ts';
import { TO_FILL } from './report-lines.ts';

const REASONS: { readonly [Reason in Exclusion]: string } = {
  'exclusion-list': 'on a hospital’s exclusion list (opted out)',
  duplicate: 'an exact duplicate of an earlier row',
  contradiction: 'contradicts another row of the same patient',
  'no-patient-id': 'no patient id',
  'not-collected': 'a column that the study needs is not collected there',
  'not-in-split': 'in no part of the split',
  'no-outcome': 'outcome not known',
  'required-missing': 'a required value missing',
  'value-missing': 'a value missing (the plan leaves such rows out)',
  other: 'another reason',
};

/** @param smallestCell - A count below it, but not 0, is told as such: it may be one hospital's. */
export function flowLines({ flow }: Pick<StudyResults, 'flow'>, smallestCell: number): string[] {
  if (flow === null) return [`Numbers of patients: ${TO_FILL}`];
  const told = (count: number): string => (count > 0 && count < smallestCell ? `fewer than ${smallestCell}` : String(count));
  const excluded = EXCLUSIONS.filter((reason) => flow.excluded[reason] > 0);
  return [
    'Patient rows over all hospitals, from the first sum of the study; a hospital’s own numbers are in its own report.',
    '',
    '| Step | Number |',
    '| --- | --- |',
    `| Hospitals that had joined | ${flow.invited} |`,
    `| Hospitals whose rows are counted below | ${flow.hospitals} |`,
    `| Rows read | ${flow.read} |`,
    ...excluded.map((reason) => `| – left out: ${REASONS[reason]} | ${told(flow.excluded[reason])} |`),
    ...(excluded.length === 0 ? ['| – left out | 0 |'] : []),
    `| Rows used | ${usedOf(flow)} |`,
    `| – for training | ${flow.train} |`,
    `| – for validation | ${flow.validation} |`,
    `| – for the test | ${flow.test} |`,
    '',
    `Patients screened before the file was made, eligible, and approached; hospitals that were asked and did not join: ${TO_FILL}`,
  ];
}

const usedOf = ({ train, validation, test }: ParticipantFlow): number => train + validation + test;

/** The arms before treatment; empty in studies without one. */
export function baselineLines(plan: Plan, { baseline, effect }: Pick<StudyResults, 'baseline' | 'effect'>): string[] {
  const { treatment } = plan;
  if (treatment === null) return [];
  if (baseline === null) {
    return [
      'The patients of each arm before treatment are not shown: too few hospitals have at least ten training patients in each arm.',
      `Baseline characteristics by arm: ${TO_FILL}`,
    ];
  }
  const small = effect?.counts?.smallSites ?? 0;
  return [
    'Training patients of each arm before treatment, values as observed: mean (SD), or patients (%). Hospitals with fewer than ten patients in an arm are not in it' +
      `${small > 0 ? ` (${small} of them)` : ''}. Standardised difference: treated less comparator, in standard deviations.`,
    '',
    `| | comparator (${cell(treatment.comparator)}) | treated (${cell(treatment.treated)}) | missing (comparator, treated) | standardised difference |`,
    '| --- | --- | --- | --- | --- |',
    ...baseline.map(baselineLine),
  ];
}

function baselineLine({ feature, level, unit, comparator, treated, standardisedDifference }: BaselineRow): string {
  const title = `${cell(feature)}${unit === null ? '' : ` (${cell(unit)})`}${level === null ? '' : `: ${cell(level)}`}`;
  const difference = standardisedDifference === null ? '–' : standardisedDifference.toFixed(3);
  return `| ${title} | ${armText(comparator)} | ${armText(treated)} | ${comparator.missing}, ${treated.missing} | ${difference} |`;
}

function armText(arm: ArmCell): string {
  if (arm.known === 0) return '–';
  if (arm.kind === 'code') return `${arm.count} (${((100 * arm.count) / arm.known).toFixed(1)} %)`;
  return `${figure(arm.mean)} (${figure(arm.sd)})`;
}

const figure = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
