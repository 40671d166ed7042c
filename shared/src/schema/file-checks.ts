/** What the report says of the file itself: rows that are none, a row cut short, numbers that can be read in two ways, identifiers. */
import type { RawTable } from '../reading/index.ts';
import type { QualityCheck, TableSpec } from './checked-table.ts';
import { isNotCollected, type Mapping } from './mapping.ts';
import type { Proposal } from './propose-mapping.ts';
import { fail, pass, warn } from './quality-input.ts';

/** Checks of a file, before any value is looked at. */
export function fileChecks(raw: RawTable, spec: TableSpec, mapping: Mapping, proposal: Proposal): QualityCheck[] {
  return [
    ...readingNotes(raw),
    ...droppedRows(raw),
    ...ambiguousNumbers(raw, spec, mapping),
    ...openDates(spec, mapping, proposal),
    ...identifiers(proposal),
  ];
}

/** What was found out of the file's form; nothing by itself, but the place to look where letters or numbers seem wrong. */
function readingNotes({ notes, doubts = [] }: RawTable): QualityCheck[] {
  if (doubts.length > 0) return [warn('reading-notes', notes.join(' '))];
  return notes.length === 0 ? [] : [pass('reading-notes', notes.join(' '))];
}

function droppedRows({ dropped }: RawTable): QualityCheck[] {
  const checks: QualityCheck[] = [];
  const rowsOf = (list: typeof dropped) => list.flatMap(({ row }) => (row === null ? [] : [row]));
  const cut = dropped.filter(({ kind }) => kind === 'cut-short');
  const others = dropped.filter(({ kind }) => kind !== 'cut-short' && kind !== 'blank' && kind !== 'preamble');
  if (cut.length > 0)
    checks.push(warn('cut-short', 'The last row of the file is cut short and left out. Is the file complete?', rowsOf(cut)));
  if (others.length > 0)
    checks.push(warn('dropped-rows', `${others.length} lines of the file are no rows of patients and are left out.`, rowsOf(others)));
  return checks;
}

function ambiguousNumbers(raw: RawTable, spec: TableSpec, mapping: Mapping): QualityCheck[] {
  if (mapping.decimal !== null) return [];
  return spec.features.flatMap((feature) => {
    const entry = mapping.features[feature.name];
    if (feature.type !== 'number' || isNotCollected(entry)) return [];
    const at = raw.columns.indexOf(entry?.column ?? feature.column);
    if (raw.numbers[at]?.isAmbiguous !== true) return [];
    return [
      fail(
        `decimal:${feature.name}`,
        `${feature.label}: numbers such as 1,234 can be read in two ways. Choose the decimal mark of this file.`,
      ),
    ];
  });
}

function openDates(spec: TableSpec, mapping: Mapping, { columns }: Proposal): QualityCheck[] {
  if (mapping.dates !== null) return [];
  const open = new Set(columns.filter(({ isDateOrderOpen }) => isDateOrderOpen).map(({ column }) => column));
  return spec.features.flatMap((feature) => {
    const entry = mapping.features[feature.name];
    if (entry === undefined || isNotCollected(entry) || entry.until === null) return [];
    if (!open.has(entry.column) && !open.has(entry.until)) return [];
    return [fail(`dates:${feature.name}`, `${feature.label}: day and month of its dates cannot be told apart. Choose their order.`)];
  });
}

function identifiers({ columns }: Proposal): QualityCheck[] {
  const found = columns.filter(({ identifier }) => identifier !== null);
  if (found.length === 0) return [];
  const list = found.map(({ column, identifier }) => `${column} (${identifier})`).join(', ');
  return [pass('identifiers', `Columns that identify patients, not read into the table: ${list}.`)];
}
