/** Tables as CSV text (RFC 4180): a cell with a comma, a quote or a line break stands in quotes. */

type Cell = string | number | null | undefined;

export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\n`).join('');
}

function cellText(cell: Cell): string {
  const text = cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell)) ? '' : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
