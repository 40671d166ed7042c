/** What was estimated beside what is true, for a terminal and a file. */
import type { TruthRow } from '../cohorts/known-truth.ts';
import { align } from './align.ts';

const holds = ({ truth, interval }: TruthRow): boolean | null => (interval === null ? null : interval[0] <= truth && truth <= interval[1]);

export function truthTable(rows: readonly TruthRow[]): string {
  const lines = rows.map((row) => [
    row.name,
    row.truth.toFixed(3),
    row.estimate.toFixed(3),
    row.interval === null ? '–' : `${row.interval[0].toFixed(3)} to ${row.interval[1].toFixed(3)}`,
    { true: 'yes', false: 'no', null: '–' }[String(holds(row)) as 'true' | 'false' | 'null'],
  ]);
  return align([['known truth', 'true', 'estimate', '95 % interval', 'holds the truth'], ...lines]);
}

export const truthLines = (rows: readonly TruthRow[]): (string | number | null)[][] => [
  ['name', 'truth', 'estimate', 'intervalLow', 'intervalHigh'],
  ...rows.map(({ name, truth, estimate, interval }) => [name, truth, estimate, interval?.[0] ?? null, interval?.[1] ?? null]),
];
