/** Performance by declared groups of patients and across hospitals, as model card and reporting draft tell it. */
import type { StudyResults } from '../federation/index.ts';
import { measureWords } from './report-lines.ts';

/** What is said where the plan declares no group. */
export const NO_GROUPS =
  'The plan declares no groups of patients (`evaluation.subgroups`), so nothing is known of how the model does in any of them. That is a gap, not a sign that groups fare alike.';

const figure = (value: number | null | undefined): string =>
  typeof value === 'number' && Number.isFinite(value) ? String(Math.round(value * 1000) / 1000) : '–';
const range = ([low, high]: readonly [number, number]): string => `${figure(low)} to ${figure(high)}`;

/** Declared groups: how the models do in each, with 95 % intervals; a group that is too small to show is named as such. */
export function groupLines({ subgroups }: Pick<StudyResults, 'subgroups'>): string[] {
  if (subgroups.length === 0) return [];
  const names = [...new Set(subgroups.flatMap(({ result }) => Object.keys(result?.measures ?? {})))];
  return [
    'In brackets: 95 % intervals. Each hospital left out groups in which it has too few patients of any class.',
    '',
    `| Model | Group | Patients (events) | Hospitals |${names.map((name) => ` ${measureWords(name)} |`).join('')}`,
    `| --- | --- | --- | --- |${' --- |'.repeat(names.length)}`,
    ...subgroups.map(({ model, feature, group, result }) => {
      const title = `| ${model} | ${feature}: ${group === '' ? 'missing' : group.replaceAll('|', '\\|')} |`;
      if (result === null) return `${title} too few to show | – |${' – |'.repeat(names.length)}`;
      const cells = names.map((name) => {
        const interval = result.intervals[name];
        return `${figure(result.measures[name])}${interval === undefined ? '' : ` (${range(interval)})`}`;
      });
      return `${title} ${result.n} (${result.events}) | ${result.sites} |${cells.map((cell) => ` ${cell} |`).join('')}`;
    }),
  ];
}

/** How figures differ between hospitals: the mean, its interval, and where a new hospital's would lie. */
export function acrossLines({ acrossSites }: Pick<StudyResults, 'acrossSites'>): string[] {
  if (acrossSites.length === 0) {
    return ['Fewer than five hospitals had enough test patients to tell how figures differ between hospitals.'];
  }
  return [
    'Random-effects mean over hospitals with the interval of Hartung, Knapp, Sidik and Jonkman, and the 95 % prediction interval for a new hospital.',
    '',
    '| Model | Figure | Hospitals | Mean | 95 % interval | A new hospital |',
    '| --- | --- | --- | --- | --- | --- |',
    ...acrossSites.map(
      ({ model, figure: name, result: { sites, mean, interval, prediction } }) =>
        `| ${model} | ${measureWords(name)} | ${sites} | ${figure(mean)} | ${range(interval)} | ${range(prediction)} |`,
    ),
  ];
}
