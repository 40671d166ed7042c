/** The reports of `simulate check` as people read them in a terminal. */
import { align } from '../output/align.ts';
import type { FileReport } from './file-report.ts';

const SHOWN_ROWS = 8;
const SHOWN_CELLS = 12;

export function checkText(reports: readonly FileReport[]): string {
  return reports.map(fileText).join('\n\n');
}

function fileText(report: FileReport): string {
  const how = [
    report.encoding,
    report.delimiter === '\t' ? 'tab' : report.delimiter,
    report.decimal === null ? null : `decimal ${report.decimal}`,
  ];
  const lines = [
    `${report.site} (${report.file}): ${report.ready ? 'ready' : 'NOT READY'}`,
    `  read ${report.rows} rows, used ${report.used}; ${how.filter((item) => item !== null).join(', ')}; header in line ${report.headerRow ?? 'none'}`,
  ];
  const columns = report.columns.filter(({ status }) => status !== 'ignored');
  if (columns.length > 0) {
    const rows = columns.map(({ header, feature, unit, convertedFrom, missing, status, identifiers }) => [
      `  ${header ?? '–'}`,
      feature ?? '',
      convertedFrom === null ? (unit ?? '') : `${convertedFrom} → ${unit ?? ''}`,
      missing === null ? '' : String(missing),
      identifiers.length > 0 && status === 'identifier' ? `identifier: ${identifiers.join(', ')}` : status,
    ]);
    lines.push(align([['  column', 'feature', 'unit', 'missing', 'is'], ...rows]));
  }
  for (const { level, id, message, rows } of report.checks) {
    if (level === 'pass') {
      if (id === 'reading-notes') lines.push(`  note: ${message}`);
      continue;
    }
    const where =
      rows.length === 0
        ? ''
        : ` Rows ${rows.slice(0, SHOWN_ROWS).join(', ')}${rows.length > SHOWN_ROWS ? `, and ${rows.length - SHOWN_ROWS} more` : ''}.`;
    lines.push(`  ${level.toUpperCase()} ${id}: ${message}${where}`);
  }
  for (const { row, column, text, problem } of report.cells.slice(0, SHOWN_CELLS))
    lines.push(`  row ${row}, ${column}: "${text}" is ${problem}`);
  if (report.cells.length > SHOWN_CELLS) lines.push(`  and ${report.cells.length - SHOWN_CELLS} more cells (--json lists all)`);
  return lines.join('\n');
}
