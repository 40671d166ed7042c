/** One cell: the records a column means, inside its window, and what is taken of them. */
import { dayOf, secondsOf, yearsBetween } from './moment.ts';
import type { ClinicalRecord, Coding, PatientRecords } from './records-of-patients.ts';
import { plainKind, type Selection, type SourceColumn, type TimeZero } from './source.ts';

/** Counts of records that a column did not use, for the notes. */
export interface Unused {
  units: number;
  undated: number;
  several: number;
}

/** A patient's time zero as a date; '' if the patient has none. */
export function timeZeroOf(patient: PatientRecords, timeZero: TimeZero): string {
  if (timeZero.by === 'date') return timeZero.date;
  if (timeZero.by === 'field') return patient.field(timeZero.field);
  const dated = ordered(patient.records.filter((record) => isMeant(record, timeZero) && secondsOf(record.date) !== null));
  return (timeZero.take === 'first' ? dated[0] : dated.at(-1))?.date ?? '';
}

/**
 * @param patient - With all records.
 * @param column - What is asked.
 * @param zero - The patient's time zero, '' where the source has none.
 * @param unused - Counted up.
 * @returns The cell's text; '' where nothing fits, but 0 for `any` and `count`.
 */
export function takeCell(patient: PatientRecords, column: SourceColumn, zero: string, unused: Unused): string {
  if (column.from === 'patient') return patientField(patient, column.field, zero);
  const meant = patient.records.filter((record) => isMeant(record, column) && isInside(record, column, zero, unused));
  if (column.take === 'count') return String(meant.length);
  if (column.take === 'any') return meant.length > 0 ? '1' : '0';
  if (column.take === 'days') return daysTo(meant, zero);
  const values = ordered(meant).flatMap((record) => {
    const { value, unit } = takenFrom(record, column);
    if (value === '') return [];
    if (column.unit !== null && !isUnit(unit, column.unit)) {
      unused.units++;
      return [];
    }
    return [value];
  });
  return fold(values, column.take, unused);
}

function patientField(patient: PatientRecords, field: string, zero: string): string {
  if (field === 'age') return zero === '' ? '' : (yearsBetween(patient.field('birthDate'), zero) ?? '');
  return patient.field(field);
}

function isMeant(record: ClinicalRecord, selection: Selection): boolean {
  if (plainKind(record.kind) !== plainKind(selection.from)) return false;
  const { codes, displays, system } = selection;
  if (codes.length === 0 && displays.length === 0 && system === null) return true;
  return fits(record.codings, selection) || record.components.some(({ codings }) => fits(codings, selection));
}

function fits(codings: readonly Coding[], { codes, displays, system }: Selection): boolean {
  return codings.some(
    (coding) =>
      (system === null || coding.system === system) &&
      ((codes.length === 0 && displays.length === 0) || codes.includes(coding.code) || displays.includes(coding.display)),
  );
}

function isInside({ date }: ClinicalRecord, { window }: SourceColumn, zero: string, unused: Unused): boolean {
  if (window === null) return true;
  const [day, start] = [dayOf(date), dayOf(zero)];
  if (day === null || start === null) {
    unused.undated++;
    return false;
  }
  return (window.from === null || day - start >= window.from) && (window.to === null || day - start <= window.to);
}

/** By date, then by number; records without a date first. */
function ordered(records: readonly ClinicalRecord[]): ClinicalRecord[] {
  return records
    .map((record) => ({ record, at: secondsOf(record.date) ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => (a.at === b.at ? a.record.order - b.record.order : a.at - b.at))
    .map(({ record }) => record);
}

function takenFrom(record: ClinicalRecord, { component, field, codes }: SourceColumn): { readonly value: string; readonly unit: string } {
  const holds = (codings: readonly Coding[], wanted: readonly string[]) => codings.some(({ code }) => wanted.includes(code));
  // A code that only a component has means that component.
  const wanted = component !== null ? [component] : codes.length > 0 && !holds(record.codings, codes) ? codes : null;
  const part = wanted === null ? record : record.components.find(({ codings }) => holds(codings, wanted));
  if (part === undefined) return { value: '', unit: '' };
  switch (field) {
    case 'value':
      return { value: part.value, unit: part.unit };
    case 'unit':
      return { value: part.unit, unit: part.unit };
    case 'date':
      return { value: record.date, unit: part.unit };
    case 'code':
      return { value: part.codings[0]?.code ?? '', unit: part.unit };
    case 'display':
      return { value: part.codings.find(({ display }) => display !== '')?.display ?? part.codings[0]?.code ?? '', unit: part.unit };
    default:
      return { value: record.field(field), unit: part.unit };
  }
}

/** UCUM writes mm[Hg] where people write mmHg; capitals count, blanks do not. */
function isUnit(found: string, wanted: string): boolean {
  const bare = (unit: string) => unit.replace(/[[\]{}\s]/g, '');
  return bare(found) === bare(wanted);
}

function daysTo(records: readonly ClinicalRecord[], zero: string): string {
  const first = ordered(records.filter(({ date }) => dayOf(date) !== null))[0];
  const [day, start] = [dayOf(first?.date ?? ''), dayOf(zero)];
  return day === null || start === null ? '' : String(day - start);
}

function fold(values: readonly string[], take: SourceColumn['take'], unused: Unused): string {
  if (values.length === 0) return '';
  if (take === 'first') return values[0] ?? '';
  if (take === 'last') return values.at(-1) ?? '';
  if (take === 'value') {
    const [first = ''] = values;
    if (values.every((value) => value === first)) return first;
    unused.several++;
    return '';
  }
  const numbers = values.map(Number).filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return '';
  if (take === 'min') return String(numbers.reduce((a, b) => Math.min(a, b)));
  if (take === 'max') return String(numbers.reduce((a, b) => Math.max(a, b)));
  return String(numbers.reduce((a, b) => a + b, 0) / numbers.length);
}
