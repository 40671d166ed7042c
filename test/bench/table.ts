/** The figures as one table of text. */
import type { Figure, Measurement, Yardstick } from './measurement.ts';

export interface MeasuredFigure extends Figure {
  readonly measurement: string;
}

const COLUMNS = ['measured', 'this product', 'against', 'its figure', 'ratio', 'aim', ''] as const;

/** One line a figure, under the title of its measurement. */
export function figureTable(measurements: readonly Measurement[], figures: readonly MeasuredFigure[]): string {
  const lines = figures.map(cells);
  const widths = COLUMNS.map((column, i) => Math.max(column.length, ...lines.map((line) => (line[i] ?? '').length)));
  const text = (line: readonly string[]) =>
    `  ${line
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()}`;
  const parts = measurements.flatMap(({ name, title }) => {
    const own = figures.map((figure, i) => (figure.measurement === name ? text(lines[i]!) : '')).filter(Boolean);
    return own.length === 0 ? [] : ['', `${title}  (--only ${name})`, ...own];
  });
  return [text(COLUMNS), ...parts].join('\n');
}

function cells({ what, product, against, yardstick, ratio, aim }: Figure): string[] {
  return [what, product, nameOf(against), yardstick, ratio, aim?.text ?? '', verdict(aim)];
}

function verdict(aim: Figure['aim']): string {
  if (aim === null) return '';
  return aim.isMet === null ? 'not measured' : aim.isMet ? 'met' : 'not met';
}

function nameOf(against: Yardstick): string {
  return against.kind === 'none' ? '–' : `${against.kind}: ${against.name}`;
}
