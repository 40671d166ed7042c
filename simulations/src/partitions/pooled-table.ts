/** The rows of all sites as one table of texts, before they are divided anew; rows of one patient stay together. */
import { type RawTable, ReadingError, readCsv } from '@consilium/shared/reading';
import { outcomeColumns, outcomeReader } from '@consilium/shared/schema';
import { type Plan, patientColumnOf, primaryOutcome } from '@consilium/shared/study';
import { SimulationError } from '../input/simulation-error.ts';
import type { SiteInput } from '../input/site-input.ts';

export interface PooledRow {
  readonly cells: readonly string[];
  /** Position of the site whose file it comes from. */
  readonly from: number;
}

/** All rows of one patient of one file; a row of its own where the plan names no patient column. */
export interface Unit {
  readonly rows: readonly PooledRow[];
  /** Class of its first row. */
  readonly label: string;
}

export interface PooledTable {
  readonly columns: readonly string[];
  readonly names: readonly { readonly id: string; readonly name: string }[];
  readonly units: readonly Unit[];
}

/** @throws SimulationError when the files have different columns, or no outcome column. */
export function poolSites(plan: Plan, sites: readonly SiteInput[]): PooledTable {
  const tables = sites.map(tableOf);
  const columns = tables[0]?.columns ?? [];
  for (const [at, table] of tables.entries()) {
    const absent = columns.find((name) => !table.columns.includes(name)) ?? table.columns.find((name) => !columns.includes(name));
    if (absent !== undefined) {
      throw new SimulationError(
        `The column "${absent}" is in some files and not in all (${sites[0]?.id}, ${sites[at]?.id}), so their rows cannot be divided anew.`,
      );
    }
  }
  const rows = tables.flatMap((table, from) => {
    const order = columns.map((name) => table.columns.indexOf(name));
    return table.rows.map((cells): PooledRow => ({ from, cells: order.map((at) => withPoints(cells[at] ?? '', table.decimal)) }));
  });
  const labelOf = labeller(plan, columns, rows);
  const patientColumn = patientColumnOf(plan);
  const patientAt = patientColumn === null ? -1 : columns.indexOf(patientColumn);
  const groups = new Map<string, PooledRow[]>();
  for (const [at, row] of rows.entries()) {
    const patient = patientAt < 0 ? '' : (row.cells[patientAt] ?? '').trim();
    const key = patient === '' ? `row ${at}` : `${row.from} ${patient}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const units = [...groups.values()].map((group): Unit => ({ rows: group, label: group[0] === undefined ? '' : labelOf(group[0]) }));
  return { columns, names: sites.map(({ id, name }) => ({ id, name })), units };
}

/** @throws SimulationError that names the site whose file is no table, or an empty one. */
export function tableOf({ id, csv }: SiteInput): RawTable {
  try {
    return readCsv(csv);
  } catch (error) {
    throw error instanceof ReadingError ? new SimulationError(`${id}: ${error.message}`) : error;
  }
}

/** The class of a row: event or none, the label of a class, or the quarter of a measured outcome. */
function labeller(plan: Plan, columns: readonly string[], rows: readonly PooledRow[]): (row: PooledRow) => string {
  const outcome = primaryOutcome(plan);
  const positions = outcomeColumns(outcome).map((column) => {
    const at = columns.indexOf(column);
    if (at < 0) throw new SimulationError(`The outcome's column "${column}" is in no file; the columns are ${columns.join(', ')}.`);
    return at;
  });
  const read = outcomeReader(outcome, '.');
  const outcomeOf = ({ cells }: PooledRow): number => read(positions.map((at) => cells[at] ?? '')).y;
  const known = (name: (value: number) => string) => (row: PooledRow) => {
    const value = outcomeOf(row);
    return Number.isNaN(value) ? 'unknown' : name(value);
  };
  if (outcome.task === 'multiclass') return known((value) => outcome.codes[value]?.label ?? 'unknown');
  if (outcome.task === 'binary' || outcome.task === 'time-to-event') return known((value) => (value === 1 ? 'event' : 'no event'));
  const numbers = rows
    .map(outcomeOf)
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const cuts = [0.25, 0.5, 0.75].map((share) => numbers[Math.floor(share * numbers.length)] ?? 0);
  return known((value) => `quarter ${1 + cuts.filter((cut) => value >= cut).length}`);
}

/** Numbers of a file with decimal commas, written with points: files of one study can differ in this. */
function withPoints(cell: string, decimal: '.' | ','): string {
  return decimal === ',' && /^\s*[+-]?\d+,\d+\s*$/.test(cell) ? cell.replace(',', '.') : cell;
}
