/** The names of a table's columns: none empty, none twice. What was changed is said; two columns that differ never share a name. */
import type { RenamedColumn } from './raw-table.ts';

export interface NamedColumns {
  readonly columns: readonly string[];
  /** The cell of a record in which each column stands. */
  readonly cells: Uint32Array;
  readonly renamed: readonly RenamedColumn[];
  readonly notes: readonly string[];
}

/**
 * @param header - Names as the file has them; null where there is none.
 * @param width - Cells of a full row.
 * @param isEmpty - Whether no row has anything in a cell.
 * @param isSame - Whether two cells are equal in every row.
 */
export function nameColumns(
  header: readonly string[] | null,
  width: number,
  isEmpty: (cell: number) => boolean,
  isSame: (a: number, b: number) => boolean,
): NamedColumns {
  const found = Array.from({ length: width }, (_, cell) => (header === null ? '' : clean(header[cell] ?? '')));
  const notes: string[] = [];
  const first = new Map<string, number>();
  const twins = new Set<string>();
  const kept: number[] = [];
  let [empty, equal] = [0, 0];
  found.forEach((name, cell) => {
    if (name === '' && header !== null && isEmpty(cell)) {
      empty++;
      return;
    }
    const earlier = name === '' ? undefined : first.get(name);
    if (earlier !== undefined && isSame(earlier, cell)) {
      equal++;
      return;
    }
    if (earlier !== undefined) twins.add(name);
    if (name !== '') first.set(name, first.get(name) ?? cell);
    kept.push(cell);
  });
  const taken = new Set(found);
  const counts = new Map<string, number>();
  const renamed: RenamedColumn[] = [];
  const columns = kept.map((cell, column) => {
    const was = found[cell] ?? '';
    if (was !== '' && !twins.has(was)) return was;
    if (header !== null) renamed.push({ column, was });
    if (was === '') return free(`column_${cell + 1}`, taken);
    counts.set(was, (counts.get(was) ?? 0) + 1);
    return free(`${was} (${counts.get(was)})`, taken);
  });
  if (header === null)
    notes.push('No line with column names was found; columns are named by their position. Choose the line if there is one.');
  if (empty > 0) notes.push(`${empty} columns without a name and without a value were left out.`);
  if (equal > 0) notes.push(`${equal} columns repeat an earlier one, name and values alike, and were left out.`);
  for (const name of twins)
    notes.push(`The column name "${name}" stands more than once, with different values: the columns are now numbered.`);
  const nameless = renamed.filter(({ was }) => was === '').length;
  if (nameless > 0) notes.push(`${nameless} columns have no name in the header and are named by their position.`);
  return { columns, cells: Uint32Array.from(kept), renamed, notes };
}

function clean(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
    .replace(/[\r\n\t\u00a0]+/g, ' ')
    .trim();
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}
