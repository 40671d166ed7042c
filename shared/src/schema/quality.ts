/** The quality report of a checked table: one line a check, with the rows it concerns. It never leaves the hospital. */
import type { RawTable } from '../reading/index.ts';
import type { CheckedTable, QualityCheck, TableSpec } from './checked-table.ts';
import type { Feature } from './dictionary.ts';
import { type Outcome, outcomeColumns } from './outcome.ts';

type Unchecked = Omit<CheckedTable, 'checks'>;

/** Above this share of missing values a feature is worth a second look. */
const MUCH_MISSING = 0.2;

/**
 * Describes a table's quality.
 *
 * @param table - Typed columns.
 * @param raw - The table as read, for its ragged rows and the names of columns that were not looked at.
 * @param spec - What was asked for.
 * @returns The checks, the general ones first, then one or two a feature.
 */
export function qualityChecks(table: Unchecked, raw: RawTable, spec: TableSpec): QualityCheck[] {
  return [
    table.rowCount > 0 ? pass('rows', `${table.rowCount} rows were read.`) : fail('rows', 'There are no rows.'),
    outcomeClasses(table, spec.outcome),
    outcomeMissing(table),
    raggedRows(raw),
    rejectedCells(table),
    repeatedRows(table),
    ...repeatedPatients(table, spec),
    ignoredColumns(raw, spec),
    ...spec.features.flatMap((feature) => [missingValues(table, feature), ...constantColumn(table, feature)]),
  ];
}

const pass = (id: string, text: string, rows: readonly number[] = []): QualityCheck => ({ id, status: 'pass', text, rows });
const warn = (id: string, text: string, rows: readonly number[] = []): QualityCheck => ({ id, status: 'warn', text, rows });
const fail = (id: string, text: string, rows: readonly number[] = []): QualityCheck => ({ id, status: 'fail', text, rows });

function rowsWhere(values: Float64Array, test: (value: number) => boolean): number[] {
  const rows: number[] = [];
  values.forEach((value, index) => {
    if (test(value)) rows.push(index + 1);
  });
  return rows;
}

function outcomeClasses({ outcome, time }: Unchecked, { task }: Outcome): QualityCheck {
  const known = rowsWhere(outcome, (value) => !Number.isNaN(value)).length;
  if (known === 0) return fail('outcome-classes', 'No row has a known outcome.');
  if (task === 'regression' || task === 'count' || task === 'multiclass') {
    const distinct = new Set(outcome.filter((value) => !Number.isNaN(value))).size;
    const what = task === 'multiclass' ? 'classes' : 'different values';
    if (distinct > 1) return pass('outcome-classes', `${known} rows have a known outcome, with ${distinct} ${what}.`);
    return warn('outcome-classes', `All ${known} rows with a known outcome have the same one: little can be judged at this site alone.`);
  }
  const events = rowsWhere(outcome, (value) => value === 1).length;
  if (task === 'time-to-event') {
    const atZero = rowsWhere(time ?? new Float64Array(0), (value) => value === 0);
    const zero = atZero.length > 0 ? ` ${atZero.length} rows have a time of 0.` : '';
    if (events > 0) return pass('outcome-classes', `${events} of ${known} rows have the event; the others are censored.${zero}`);
    return warn('outcome-classes', `None of the ${known} rows has the event: this site's survival cannot be judged alone.${zero}`);
  }
  if (events > 0 && events < known) return pass('outcome-classes', `${events} rows have the event and ${known - events} do not.`);
  const which = events > 0 ? 'have the event' : 'are without the event';
  return warn('outcome-classes', `All ${known} rows with a known outcome ${which}: no ranking can be judged at this site alone.`);
}

function outcomeMissing({ outcome }: Unchecked): QualityCheck {
  const rows = rowsWhere(outcome, Number.isNaN);
  if (rows.length === 0) return pass('outcome-missing', 'Every row has an outcome.');
  return warn('outcome-missing', `${rows.length} rows have no usable outcome and will be left out.`, rows);
}

function raggedRows({ ragged, columns }: RawTable): QualityCheck {
  if (ragged.length === 0) return pass('ragged-rows', `Every row has ${columns.length} cells.`);
  const rows = ragged.map(({ row }) => row);
  return warn('ragged-rows', `${ragged.length} rows do not have ${columns.length} cells and are treated as empty.`, rows);
}

function rejectedCells({ rejected }: Unchecked): QualityCheck {
  if (rejected.length === 0) return pass('rejected-cells', 'Every cell fits the dictionary.');
  const rows = [...new Set(rejected.map(({ row }) => row))];
  return warn('rejected-cells', `${rejected.length} cells do not fit the dictionary and are treated as missing.`, rows);
}

function repeatedRows(table: Unchecked): QualityCheck {
  const columns = [...table.values.values(), table.outcome, ...(table.time === null ? [] : [table.time])];
  const texts = [...table.extra.values()];
  const seen = new Set<string>();
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (columns.every((values) => Number.isNaN(values[row]!))) continue;
    const key = [...columns.map((values) => values[row]), ...texts.map((values) => values[row])].join('\0');
    if (seen.has(key)) rows.push(row + 1);
    seen.add(key);
  }
  if (rows.length === 0) return pass('repeated-rows', 'No row is repeated.');
  return warn('repeated-rows', `${rows.length} rows repeat an earlier row in every column of the study.`, rows);
}

function repeatedPatients(table: Unchecked, spec: TableSpec): QualityCheck[] {
  const patients = spec.patientColumn ? table.extra.get(spec.patientColumn) : undefined;
  if (!patients) return [];
  const known = patients.filter((patient) => patient !== '');
  const seen = new Set<string>();
  const again: number[] = [];
  patients.forEach((patient, index) => {
    if (patient !== '' && seen.has(patient)) again.push(index + 1);
    seen.add(patient);
  });
  const without = patients.flatMap((patient, index) => (patient === '' ? [index + 1] : []));
  const checks = [
    again.length === 0
      ? pass('patients', `${known.length} patients, one row each.`)
      : warn('patients', `${again.length} rows belong to a patient seen before; all rows of a patient go to the same part.`, again),
  ];
  if (without.length > 0) checks.push(warn('patient-missing', `${without.length} rows name no patient and will be left out.`, without));
  return checks;
}

function ignoredColumns(raw: RawTable, spec: TableSpec): QualityCheck {
  const used = new Set([
    ...spec.features.map((feature) => feature.column),
    ...[spec.outcome, ...(spec.harms ?? [])].flatMap(outcomeColumns),
    ...spec.extraColumns,
  ]);
  const ignored = raw.columns.filter((name) => !used.has(name));
  if (ignored.length === 0) return pass('ignored-columns', 'Every column of the file belongs to the study.');
  return pass('ignored-columns', `Not part of the study and not looked at: ${ignored.join(', ')}.`);
}

function missingValues(table: Unchecked, feature: Feature): QualityCheck {
  const id = `missing:${feature.name}`;
  const rows = rowsWhere(table.values.get(feature.name)!, Number.isNaN);
  if (rows.length === 0) return pass(id, `${feature.label}: no value is missing.`);
  if (rows.length === table.rowCount) return warn(id, `${feature.label}: every value is missing; it seems not to be collected here.`, rows);
  const share = rows.length / table.rowCount;
  const text = `${feature.label}: ${rows.length} of ${table.rowCount} values are missing (${Math.round(share * 100)} %).`;
  return share > MUCH_MISSING || feature.required ? warn(id, text, rows) : pass(id, text, rows);
}

function constantColumn(table: Unchecked, feature: Feature): QualityCheck[] {
  const observed = table.values.get(feature.name)!.filter((value) => !Number.isNaN(value));
  if (observed.length < 2 || observed.some((value) => value !== observed[0])) return [];
  return [warn(`constant:${feature.name}`, `${feature.label}: every known value is the same; check its coding.`)];
}
