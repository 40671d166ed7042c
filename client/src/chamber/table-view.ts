/** A table as the page shows it: how it was read and its first rows, without the cells of columns that identify patients. */
import type { RawTable } from '@consilium/shared/reading';
import type { Proposal } from '@consilium/shared/schema';
import type { TableView } from './data-calls.ts';

const SHOWN_ROWS = 8;
const LONGEST_CELL = 60;
const SHOWN_NOTES = 12;

const OFFERED_ENCODINGS = 6;

/** Encodings that give other texts than those before them: a person can choose only between what looks different. */
function toldApart(encodings: RawTable['choices']['encodings']): TableView['encodings'] {
  const samples = encodings.map(({ encoding, sample }) => ({ encoding, sample: sample.join(' · ') }));
  return samples.filter(({ sample }, at) => samples.findIndex((other) => other.sample === sample) === at).slice(0, OFFERED_ENCODINGS);
}

export function tableView(raw: RawTable, { columns }: Proposal): TableView {
  const identifiers = columns.flatMap(({ column, identifier }) => (identifier === null ? [] : [{ column, kind: identifier }]));
  const withheld = new Set(identifiers.map(({ column }) => raw.columns.indexOf(column)));
  const cell = (row: number, at: number) => (withheld.has(at) ? '' : raw.cell(row, at).slice(0, LONGEST_CELL));
  const { encodings, sheets } = raw.choices;
  return {
    format: raw.format,
    encoding: raw.encoding === '' ? null : raw.encoding,
    encodings: toldApart(encodings),
    delimiter: raw.delimiter === '' ? null : raw.delimiter,
    decimal: raw.decimal,
    headerRow: raw.headerRow,
    sheets,
    sheet: sheets[0] ?? null,
    rowCount: raw.rowCount,
    columns: raw.columns,
    identifiers,
    dates: columns.filter(({ kind }) => kind === 'date').map(({ column }) => column),
    rows: Array.from({ length: Math.min(SHOWN_ROWS, raw.rowCount) }, (_, row) => raw.columns.map((_, at) => cell(row, at))),
    dropped: raw.dropped.length,
    notes: raw.notes.slice(0, SHOWN_NOTES),
  };
}
