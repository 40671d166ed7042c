/** A first plan from the columns of a file, as commented text: what was guessed is said, so that a person mends it. */
import type { RawTable } from '@consilium/shared/reading';
import { isMissingText, parseNumber } from '@consilium/shared/schema';
import { SimulationError } from '../input/simulation-error.ts';
import { type DraftWishes, draftText } from './draft-text.ts';

const MOST_CODES = 12;

/** @throws SimulationError when a named column is not in the file. */
export function draftPlan(table: RawTable, wishes: DraftWishes): string {
  for (const column of [wishes.outcome, wishes.time, wishes.patient, wishes.site]) {
    if (column !== undefined && !table.columns.includes(column)) {
      throw new SimulationError(`There is no column "${column}"; the columns are ${table.columns.join(', ')}.`);
    }
  }
  const taken = new Set([wishes.outcome, wishes.time, wishes.patient, wishes.site]);
  const features = table.columns.filter((column) => !taken.has(column)).map((column) => featureLine(table, column));
  return draftText(wishes, {
    origin: 'the columns of a file',
    outcome: outcomeLine(table, wishes),
    features,
    patient: wishes.patient,
  });
}

function outcomeLine(table: RawTable, { task, outcome, time }: DraftWishes): string {
  const column = JSON.stringify(outcome);
  switch (task) {
    case 'binary':
      return `  - { name: outcome, task: binary, column: ${column}, positive: ${JSON.stringify(`${outcome} == 1`)} } # when it happened`;
    case 'multiclass':
      return `  - { name: outcome, task: multiclass, column: ${column}, codes: ${codesText([...new Set(valuesOf(table, outcome))].sort())} }`;
    case 'regression': {
      const [low, high] = rangeOf(numbersOf(table, outcome));
      return `  - { name: outcome, task: regression, column: ${column}, range: [${low}, ${high}] }`;
    }
    case 'count': {
      const most = numbersOf(table, outcome).reduce((high, value) => Math.max(high, value), 1);
      return `  - { name: outcome, task: count, column: ${column}, range: [0, ${Math.min(10_000, Math.ceil(1.5 * most))}] }`;
    }
    case 'time-to-event': {
      if (time === undefined) throw new SimulationError('A time to event needs --time, the column with the time.');
      const numbers = numbersOf(table, time).sort((a, b) => a - b);
      const horizon = Math.max(1, Math.round(numbers[Math.floor(numbers.length / 2)] ?? 365));
      return `  - { name: outcome, task: time-to-event, time: ${JSON.stringify(time)}, event: ${JSON.stringify(`${outcome} == 1`)}, horizon: ${horizon} } # horizon: when risks are told`;
    }
  }
}

function featureLine(table: RawTable, column: string): string {
  const name =
    column
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9_.-]+/g, '_')
      .replace(/^[^A-Za-z]+/, '')
      .slice(0, 64) || 'feature';
  const where = name === column ? '' : `, column: ${JSON.stringify(column)}`;
  const values = valuesOf(table, column);
  const kinds = [...new Set(values)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  const numbers = numbersOf(table, column);
  const isNumeric = numbers.length === values.length && values.length > 0;
  if (kinds.length < 2) return `  # ${column}: left out, it has ${kinds.length === 0 ? 'no value' : 'one value only'}`;
  if (isNumeric && kinds.length === 2 && kinds[0] === '0' && kinds[1] === '1') return `  - { name: ${name}${where}, type: binary }`;
  if (kinds.length <= (isNumeric ? 6 : MOST_CODES))
    return `  - { name: ${name}${where}, type: category, codes: ${codesText(kinds)} } # say what each code means`;
  if (!isNumeric) return `  # ${column}: left out, it has ${kinds.length} different texts`;
  const [low, high] = rangeOf(numbers);
  return `  - { name: ${name}${where}, type: number, range: [${low}, ${high}] } # widen to what is plausible; add unit: in UCUM`;
}

const codesText = (kinds: readonly string[]): string =>
  `{ ${kinds.map((kind) => `${JSON.stringify(kind)}: ${JSON.stringify(kind)}`).join(', ')} }`;

const valuesOf = ({ columns, rows }: RawTable, column: string): string[] => {
  const at = columns.indexOf(column);
  return rows.map((cells) => (cells[at] ?? '').trim()).filter((text) => !isMissingText(text));
};

const numbersOf = (table: RawTable, column: string): number[] =>
  valuesOf(table, column).flatMap((text) => parseNumber(text, table.decimal) ?? []);

/** A tenth wider than what was seen, to two digits. */
function rangeOf(numbers: readonly number[]): [number, number] {
  const low = numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const margin = (high - low) / 10 || 1;
  const step = 10 ** Math.floor(Math.log10(margin));
  const lower = Math.floor((low - margin) / step) * step;
  return [tidy(low >= 0 ? Math.max(0, lower) : lower), tidy(Math.ceil((high + margin) / step) * step)];
}

const tidy = (value: number): number => Number(value.toPrecision(6));
