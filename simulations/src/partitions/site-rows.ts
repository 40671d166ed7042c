/** The rows of one site as texts, and changes of one of its columns. */

export interface SiteRows {
  readonly id: string;
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const isNumber = (cell: string): boolean => cell.trim() !== '' && !Number.isNaN(Number(cell));

/** Every cell of the column that is a number, changed and written with up to six significant digits; others stay. */
export function changeNumbers(site: SiteRows, column: number, change: (value: number) => number): SiteRows {
  const changed = (cell: string) => (isNumber(cell) ? String(Number(change(Number(cell)).toPrecision(6))) : cell);
  return { ...site, rows: site.rows.map((cells) => cells.map((cell, at) => (at === column ? changed(cell) : cell))) };
}

/** Standard deviation of a column over all sites; 0 where it has fewer than two numbers. */
export function spreadOf(sites: readonly SiteRows[], column: number): number {
  const values = sites
    .flatMap(({ rows }) => rows.map((cells) => cells[column] ?? ''))
    .filter(isNumber)
    .map(Number);
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
