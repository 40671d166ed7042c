/**
 * A raw table against the dictionary: only mapped columns are read, every cell becomes a number or is refused by name.
 * A refused cell is missing; it never stops a study.
 */
import type { RawTable } from '../reading/index.ts';
import { codeKey, isMissingText, parseNumber } from './cells.ts';
import { type CheckedTable, type OutcomeValues, type Rejection, SchemaError, type TableSpec } from './checked-table.ts';
import type { Feature } from './dictionary.ts';
import { nearest } from './nearest.ts';
import { type Outcome, outcomeColumns, outcomeReader } from './outcome.ts';
import { qualityChecks } from './quality.ts';

/** What a cell was read as: a value, missing (NaN), or the reason why it is refused. */
type CellReader = (text: string) => number | string;

/**
 * Checks a table against a study's dictionary.
 *
 * @param raw - As read from the file.
 * @param spec - The features, the outcomes and the split or patient columns; no other column is looked at.
 * @returns Typed columns with every refused cell and a quality report.
 * @throws SchemaError `missing-column` naming each absent column and the nearest ones the file has.
 */
export function checkTable(raw: RawTable, spec: TableSpec): CheckedTable {
  const positions = findColumns(raw, spec);
  const rejected: Rejection[] = [];
  const column = (name: string, read: CellReader) => readColumn(raw, positions.get(name)!, name, read, rejected);

  const values = new Map(spec.features.map((feature) => [feature.name, column(feature.column, cellReader(feature, raw.decimal))]));
  const primary = readOutcome(raw, spec.outcome, positions, rejected);
  const harms = new Map((spec.harms ?? []).map((harm) => [harm.name, readOutcome(raw, harm, positions, rejected)] as const));
  const extra = new Map(
    spec.extraColumns.map((name) => {
      const at = positions.get(name)!;
      return [name, raw.rows.map((row) => row[at]!.normalize('NFC').trim())] as const;
    }),
  );
  rejected.sort((a, b) => a.row - b.row);
  const unchecked = {
    rowCount: raw.rows.length,
    values,
    outcome: primary.y,
    time: primary.time,
    harms,
    extra,
    rowNumber: raw.rowNumber,
    line: raw.lineOfRow,
    rejected,
    missing: new Map(
      [...values].map(([name, entries]) => [name, entries.reduce((count, value) => count + Number(Number.isNaN(value)), 0)]),
    ),
  };
  return { ...unchecked, checks: qualityChecks(unchecked, raw, spec) };
}

function findColumns(raw: RawTable, spec: TableSpec): Map<string, number> {
  const positions = new Map(raw.columns.map((name, index) => [name, index]));
  const wanted = new Set([
    ...spec.features.map((feature) => feature.column),
    ...outcomesOf(spec).flatMap(outcomeColumns),
    ...spec.extraColumns,
  ]);
  const absent = [...wanted].filter((name) => !positions.has(name));
  if (absent.length === 0) return positions;
  const sentences = absent.map((name) => {
    const close = nearest(name, raw.columns, 3).map((text) => `"${text}"`);
    return `"${name}" is not a column of this file${close.length > 0 ? `; did you mean ${close.join(' or ')}?` : '.'}`;
  });
  throw new SchemaError('missing-column', sentences.join(' '), absent);
}

const outcomesOf = (spec: TableSpec) => [spec.outcome, ...(spec.harms ?? [])];

function readOutcome(raw: RawTable, outcome: Outcome, positions: ReadonlyMap<string, number>, rejected: Rejection[]): OutcomeValues {
  const at = outcomeColumns(outcome).map((name) => positions.get(name)!);
  const read = outcomeReader(outcome, raw.decimal);
  const y = new Float64Array(raw.rows.length);
  const time = new Float64Array(raw.rows.length);
  for (const [index, cells] of raw.rows.entries()) {
    const cell = read(at.map((position) => cells[position]!.trim()));
    y[index] = cell.y;
    time[index] = cell.time;
    if (cell.fault === null) continue;
    const { column, text, reason } = cell.fault;
    rejected.push({ row: index + 1, line: raw.lineOfRow[index]!, column, text: text.slice(0, 80), reason });
  }
  return { y, time: outcome.task === 'time-to-event' ? time : null };
}

function readColumn(raw: RawTable, at: number, name: string, read: CellReader, rejected: Rejection[]): Float64Array {
  return Float64Array.from(raw.rows, (cells, index) => {
    const text = cells[at]!.trim();
    const value = read(text);
    if (typeof value === 'number') return value;
    rejected.push({ row: raw.rowNumber[index]!, line: raw.lineOfRow[index]!, column: name, text: text.slice(0, 80), reason: value });
    return Number.NaN;
  });
}

function cellReader(feature: Feature, decimal: '.' | ','): CellReader {
  const missing = new Set(feature.missing);
  const isMissing = (text: string) => isMissingText(text) || (missing.size > 0 && missing.has(codeKey(text, decimal)));
  if (feature.type === 'number') {
    const [low, high] = feature.range;
    const outside = `outside the range ${low} to ${high}`;
    return (text) => {
      if (isMissing(text)) return Number.NaN;
      const value = parseNumber(text, decimal);
      if (value === null) return 'not a number';
      return value >= low && value <= high ? value : outside;
    };
  }
  const positions = new Map(feature.codes.map(({ code }, index) => [code, index]));
  const unknown = `not one of the codes ${feature.codes.map(({ code }) => code).join(', ')}`;
  // A declared code wins over a text that would mean "missing" elsewhere.
  return (text) => positions.get(codeKey(text, decimal)) ?? (isMissing(text) ? Number.NaN : unknown);
}
