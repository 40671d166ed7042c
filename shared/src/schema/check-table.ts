/**
 * A raw table against the dictionary: only mapped columns are read, every cell becomes a number or is refused by name.
 * A refused cell is missing; it never stops a study by itself.
 */
import type { RawTable } from '../reading/index.ts';
import type { CheckedTable, ColumnUse, OutcomeValues, Rejection, TableSpec } from './checked-table.ts';
import type { CalendarDate } from './dates.ts';
import type { Feature } from './dictionary.ts';
import { findDuplicates } from './duplicates.ts';
import { type Exclusions, excludedRows } from './exclusions.ts';
import { showableText } from './identifiers.ts';
import type { Mapping } from './mapping.ts';
import { type Outcome, outcomeColumns, outcomeReader } from './outcome.ts';
import { patientHash } from './patient-hash.ts';
import { qualityChecks } from './quality.ts';
import { cellText, rowNumberAt, rowsIn } from './raw-access.ts';
import { type CellReader, codeReader, conversionOf, dateReader, numberReader, outcomeCell } from './readers.ts';
import { findSources, outcomesOf, type Source, type Sources } from './sources.ts';
import { type PublishedSpread, suspectUnit, type UnitSuspicion } from './unit-detective.ts';

export interface CheckOptions {
  /** How this file answers the plan; null or left out: every column under the plan's own name. */
  readonly mapping?: Mapping | null;
  /** Patients who take no part. */
  readonly exclusions?: Exclusions | null;
  /** Dates after it cannot be; null or left out: the calendar is not consulted. */
  readonly today?: CalendarDate | null;
  /** The consortium's means by feature name, in the plan's units. */
  readonly published?: Readonly<Record<string, PublishedSpread>>;
}

export interface CheckProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Checks a table against a study's dictionary.
 *
 * @param raw - As read from the file.
 * @param spec - The features, the outcome and the split or patient columns; no other column is looked at.
 * @returns Typed columns with every refused cell and a quality report.
 * @throws SchemaError `missing-column` naming each absent column and the nearest ones the file has; `repeated-column`; `unknown-unit`.
 */
export function checkTable(raw: RawTable, spec: TableSpec, options: CheckOptions = {}): CheckedTable {
  const steps = checkTableInSteps(raw, spec, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As `checkTable`, one column a step: a caller may show progress between steps, or leave. */
export function* checkTableInSteps(raw: RawTable, spec: TableSpec, options: CheckOptions = {}): Generator<CheckProgress, CheckedTable> {
  const { mapping = null, today = null } = options;
  const sources = findSources(raw, spec, mapping);
  const rejected: Rejection[] = [];
  const values = new Map<string, Float64Array>();
  const suspicions = new Map<string, UnitSuspicion>();
  const total = spec.features.length + outcomesOf(spec).length + 2;
  let done = 0;
  for (const feature of spec.features) {
    const source = sources.features.get(feature.name) ?? null;
    const read = source === null ? null : readFeature(raw, feature, source, mapping, rejected, today);
    values.set(feature.name, read?.values ?? new Float64Array(rowsIn(raw)).fill(Number.NaN));
    if (read !== null && feature.type === 'number') {
      const suspicion = suspectUnit(feature, read.beforeRange, options.published?.[feature.name] ?? null);
      if (suspicion !== null) suspicions.set(feature.name, suspicion);
    }
    yield { done: ++done, total };
  }
  const outcomes = new Map<string, OutcomeValues>();
  for (const outcome of outcomesOf(spec)) {
    outcomes.set(outcome.name, readOutcome(raw, outcome, sources, mapping, rejected, today));
    yield { done: ++done, total };
  }
  const primary = outcomes.get(spec.outcome.name)!;
  outcomes.delete(spec.outcome.name);

  const ids = sources.patientAt === null ? null : textsOf(raw, sources.patientAt); // texts live as long as the exclusion list needs them
  const excluded = excludedRows(options.exclusions ?? null, ids);
  const hash = patientHash(spec.patientKey ?? '');
  const patients = ids?.map((id) => (id === '' ? '' : hash(id))) ?? null;
  const textsOfExtra = (name: string, at: number) =>
    name === spec.patientColumn && patients !== null
      ? patients
      : name === spec.splitColumn && spec.isSplitDate === true
        ? isoDates(raw, at, mapping)
        : translated(textsOf(raw, at), name, spec, mapping);
  const extra = new Map([...sources.extra].map(([name, at]) => [name, textsOfExtra(name, at)] as const));
  const duplicates = findDuplicates(
    { values, outcomes: [primary, ...outcomes.values()], extra, patients, rowCount: rowsIn(raw) },
    spec,
    excluded.rows,
    mapping?.conflicts ?? null,
  );
  const leftOut = new Map<number, string>();
  for (const row of duplicates.dropped) leftOut.set(row, 'an exact duplicate of an earlier row');
  for (const row of duplicates.decided) leftOut.set(row, 'it contradicts another row of the same patient');
  for (const row of excluded.rows) leftOut.set(row, 'on the exclusion list');
  yield { done: ++done, total };

  rejected.sort((a, b) => a.row - b.row);
  const missing = new Map([...values].map(([name, entries]) => [name, countMissing(entries)]));
  const unchecked = {
    rowCount: rowsIn(raw),
    values,
    outcome: primary.y,
    time: primary.time,
    harms: outcomes,
    extra,
    rowNumber: raw.rowNumber,
    line: raw.lineOfRow,
    rejected,
    missing,
    leftOut,
    patients,
    uses: spec.features.map((feature) => useOf(feature, sources, missing)),
  };
  yield { done: ++done, total };
  const checks = qualityChecks({ table: unchecked, raw, spec, mapping, sources, excluded, duplicates, suspicions });
  return { ...unchecked, checks };
}

function readOutcome(
  raw: RawTable,
  outcome: Outcome,
  sources: Sources,
  mapping: Mapping | null,
  rejected: Rejection[],
  today: CalendarDate | null,
): OutcomeValues {
  const columns = outcomeColumns(outcome);
  const unit = 'unit' in outcome ? (outcome.unit ?? null) : null;
  const cells = columns.map((column, index) => {
    const source = sources.outcome.get(column)!;
    return { at: source.at, text: outcomeCell(raw, source, mapping, index === 0 ? unit : null, today) };
  });
  const read = outcomeReader(outcome, '.');
  const y = new Float64Array(rowsIn(raw));
  const time = new Float64Array(rowsIn(raw));
  for (let row = 0; row < y.length; row++) {
    const texts: string[] = [];
    for (const { at, text } of cells) {
      const told = text(cellText(raw, row, at), row);
      if (typeof told !== 'string') rejected.push(rejection(raw, row, at, told.reason));
      texts.push(typeof told === 'string' ? told : '');
    }
    const cell = read(texts);
    y[row] = cell.y;
    time[row] = cell.time;
    if (cell.fault === null) continue;
    const at = sources.outcome.get(cell.fault.column)!.at;
    rejected.push(rejection(raw, row, at, cell.fault.reason));
  }
  return { y, time: outcome.task === 'time-to-event' ? time : null };
}

function rejection(raw: RawTable, row: number, at: number, reason: string): Rejection {
  const text = showableText(cellText(raw, row, at));
  return { row: rowNumberAt(raw, row), line: raw.lineOfRow[row]!, column: raw.columns[at]!, text, reason };
}

function readFeature(
  raw: RawTable,
  feature: Feature,
  source: Source,
  mapping: Mapping | null,
  rejected: Rejection[],
  today: CalendarDate | null,
) {
  if (feature.type !== 'number') {
    const values = readColumn(raw, source.at, codeReader(raw, feature, source, mapping), rejected);
    return { values, beforeRange: values };
  }
  const read = numberReader(raw, feature, source, mapping, today);
  const [low, high] = feature.range;
  const outside = `outside the range ${low} to ${high}`;
  const beforeRange = new Float64Array(rowsIn(raw)).fill(Number.NaN);
  const ranged: CellReader = (text, row) => {
    const value = read(text, row);
    if (typeof value === 'string') return value;
    beforeRange[row] = value;
    return Number.isNaN(value) || (value >= low && value <= high) ? value : outside;
  };
  const first = rejected.length;
  const values = readColumn(raw, source.at, ranged, rejected);
  hideWords(rejected, first, values);
  return { values, beforeRange };
}

const FEWEST_WORDS = 5;

/** Where a column of numbers is mostly words, the words may be names: none of them is shown. */
function hideWords(rejected: Rejection[], first: number, values: Float64Array): void {
  const words = rejected.slice(first).filter(({ text }) => /\p{L}{2}/u.test(text)).length;
  const numbers = values.length - countMissing(values);
  if (words < FEWEST_WORDS || words <= numbers) return;
  for (let at = first; at < rejected.length; at++) rejected[at] = { ...rejected[at]!, text: '(hidden: this column holds words)' };
}

function readColumn(raw: RawTable, at: number, read: CellReader, rejected: Rejection[]): Float64Array {
  const values = new Float64Array(rowsIn(raw));
  for (let row = 0; row < values.length; row++) {
    const text = cellText(raw, row, at);
    const value = read(text, row);
    if (typeof value === 'number') values[row] = value;
    else {
      values[row] = Number.NaN;
      rejected.push(rejection(raw, row, at, value));
    }
  }
  return values;
}

const textsOf = (raw: RawTable, at: number): string[] =>
  Array.from({ length: rowsIn(raw) }, (_, row) => cellText(raw, row, at).normalize('NFC'));

/** Days as 2020-01-31; '' for a cell that is no date. */
function isoDates(raw: RawTable, at: number, mapping: Mapping | null): string[] {
  const read = dateReader(raw, at, mapping);
  return textsOf(raw, at).map((text) => {
    const date = read(text);
    return typeof date === 'string' ? '' : [date.year, date.month, date.day].map((part) => String(part).padStart(2, '0')).join('-');
  });
}

/** Codes of the treatment in the plan's words; texts of parts as they are. */
function translated(texts: string[], name: string, spec: TableSpec, mapping: Mapping | null): string[] {
  const codes = mapping?.treatment?.codes ?? [];
  if (codes.length === 0 || name === spec.splitColumn) return texts;
  const to = new Map(codes.map((code) => [code.from.trim().normalize('NFC'), code.to]));
  return texts.map((text) => to.get(text) ?? text);
}

function useOf(feature: Feature, sources: Sources, missing: ReadonlyMap<string, number>): ColumnUse {
  const source = sources.features.get(feature.name) ?? null;
  return {
    feature: feature.name,
    column: source?.mapping.column ?? null,
    unit: feature.unit ?? null,
    convertedFrom: source === null ? null : (conversionOf(feature, source)?.from ?? null),
    status: source === null ? 'not-collected' : 'read',
    missing: missing.get(feature.name) ?? 0,
  };
}

function countMissing(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count += 1;
  return count;
}
