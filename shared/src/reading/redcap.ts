/**
 * A REDCap export to one row per record: events and repeating instruments folded by the rules of the plan's `source`, `var___1` as 1 or 0
 * whether the export is raw or has labels. Source: REDCap's export conventions (redcap_event_name, redcap_repeat_instrument, ___).
 */
import { addEvidence, decideStyles, noEvidence } from './number-evidence.ts';
import { type RawTable, ReadingError } from './raw-table.ts';

export type RedcapTake = 'first' | 'last' | 'mean' | 'min' | 'max' | 'any' | 'count';

export interface RedcapSource {
  /** Variable with the record id; null is the first. */
  readonly record: string | null;
  /** An event by name or label, `first` or `last`. */
  readonly event: string;
  readonly take: RedcapTake;
  readonly columns: readonly {
    readonly name: string;
    readonly field: string;
    readonly event?: string | undefined;
    readonly take?: RedcapTake | undefined;
  }[];
}

interface Row {
  readonly row: number;
  readonly event: string;
  readonly instance: number;
  readonly order: number;
}

const STRUCTURE =
  /^(?:redcap_(?:event_name|repeat_instrument|repeat_instance|data_access_group|survey_identifier)|event name|repeat instrument|repeat instance|data access group)$/i;
const CHECKED: Record<string, string> = { checked: '1', unchecked: '0' };

/**
 * @param raw - The export as a table.
 * @param source - Which event and which instance count.
 * @returns One row per record id, in the order of the file; `rowNumber` and `lineOfRow` are those of its first row.
 * @throws ReadingError `bad-source` for a variable or an event that the export does not have.
 */
export function foldRedcap(raw: RawTable, source: RedcapSource): RawTable {
  const at = (name: string) => raw.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  const find = (name: string) => {
    const column = at(name);
    if (column < 0) throw new ReadingError('bad-source', `The REDCap export has no variable "${name}".`);
    return column;
  };
  const [eventAt, instanceAt] = [
    firstOf(at('redcap_event_name'), at('Event Name')),
    firstOf(at('redcap_repeat_instance'), at('Repeat Instance')),
  ];
  const recordAt = source.record === null ? 0 : find(source.record);
  const text = (row: number, column: number) => raw.cell(row, column).trim();

  const groups = new Map<string, Row[]>();
  const events = new Set<string>();
  for (let row = 0; row < raw.rowCount; row++) {
    const id = text(row, recordAt);
    const event = eventAt === null ? '' : text(row, eventAt);
    events.add(event);
    const entry = { row, event, instance: instanceAt === null ? 0 : Number(text(row, instanceAt)) || 0, order: row };
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [entry]);
    else known.push(entry);
  }
  const rule = (name: string, column: number, event = source.event, take = source.take) => {
    if (eventAt !== null && event !== 'first' && event !== 'last' && !events.has(event)) {
      throw new ReadingError(
        'bad-source',
        `The REDCap export has no event "${event}"; it has ${[...events].map((word) => `"${word}"`).join(', ')}.`,
      );
    }
    return { name, column, event, take };
  };
  const special = source.columns.map(({ name, field, event, take }) => rule(name, find(field), event, take));
  const named = new Set(special.map(({ name }) => name));
  const plain = raw.columns.flatMap((name, column) => (STRUCTURE.test(name) || named.has(name) ? [] : [rule(name, column)]));
  const rules = [...plain, ...special];
  const rows = [...groups.values()].map((group) =>
    rules.map((wanted) => foldCell(group, wanted, (row) => cellText(raw, row, wanted.column))),
  );
  return tableOf(
    raw,
    rules,
    rows,
    [...groups.values()].map(([first]) => first!.row),
  );
}

const firstOf = (...positions: readonly number[]): number | null => positions.find((position) => position >= 0) ?? null;

/** A checkbox says Checked or Unchecked in an export with labels. */
function cellText(raw: RawTable, row: number, column: number): string {
  const text = raw.cell(row, column).trim();
  return CHECKED[text.toLowerCase()] ?? text;
}

function foldCell(
  group: readonly Row[],
  { event, take }: { readonly event: string; readonly take: RedcapTake },
  read: (row: number) => string,
): string {
  const filled = group.filter(({ row }) => read(row) !== '');
  const chosen = event === 'first' ? filled[0]?.event : event === 'last' ? filled.at(-1)?.event : event;
  const meant = filled
    .filter((entry) => entry.event === chosen || entry.event === '')
    .sort((a, b) => a.instance - b.instance || a.order - b.order);
  const values = meant.map(({ row }) => read(row));
  if (take === 'count') return String(values.length);
  if (take === 'any') return values.some((value) => value !== '0') ? '1' : values.length > 0 ? '0' : '';
  if (values.length === 0) return '';
  if (take === 'first') return values[0] ?? '';
  if (take === 'last') return values.at(-1) ?? '';
  const numbers = values.map((value) => Number(value.replace(',', '.'))).filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return '';
  if (take === 'min') return String(Math.min(...numbers));
  if (take === 'max') return String(Math.max(...numbers));
  return String(numbers.reduce((a, b) => a + b, 0) / numbers.length);
}

function tableOf(
  raw: RawTable,
  rules: readonly { readonly name: string }[],
  rows: readonly (readonly string[])[],
  firstRows: readonly number[],
): RawTable {
  const evidence = rules.map((_, column) => {
    const found = noEvidence();
    for (const row of rows) addEvidence(found, row[column] ?? '');
    return found;
  });
  const { decimal, thousands, numbers } = decideStyles(evidence, raw.delimiter, {});
  const folded = raw.rowCount - rows.length;
  return {
    ...raw,
    columns: rules.map(({ name }) => name),
    rowCount: rows.length,
    cell: (row, column) => rows[row]?.[column] ?? '',
    rows,
    rowNumber: Uint32Array.from(firstRows, (row) => raw.rowNumber[row] ?? 0),
    lineOfRow: Uint32Array.from(firstRows, (row) => raw.lineOfRow[row] ?? 0),
    decimal,
    thousands,
    numbers,
    renamed: [],
    notes: folded > 0 ? [...raw.notes, `${raw.rowCount} rows of events and repeats were folded into ${rows.length} records.`] : raw.notes,
  };
}
