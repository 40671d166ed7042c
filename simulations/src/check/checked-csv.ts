/** A checked table as CSV: numbers in the plan's units, the plan's codes, the outcome. No patient id and no other identifier is in it. */
import type { CheckedRows } from '@consilium/shared/federation';
import type { Plan } from '@consilium/shared/study';
import { csvText } from '../output/csv.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * A text that no spreadsheet program takes for a formula. Source: OWASP, CSV Injection.
 *
 * @example withoutFormula('=1+1') // "'=1+1"; a real number such as -2.6 stays as it is
 */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The rows that are not left out, each with its row number in the file. */
export function checkedCsv(plan: Plan, { table }: CheckedRows): string {
  const { features, outcomes } = plan;
  const primary = outcomes.find(({ role }) => role === 'primary');
  const hasTime = table.time !== null;
  const header = [
    'row',
    ...features.map(({ name }) => name),
    primary?.name ?? 'outcome',
    ...(hasTime ? [`${primary?.name ?? 'outcome'}_time`] : []),
  ];
  const lines: (string | number | null)[][] = [header.map(withoutFormula)];
  const cells = features.map((feature) => {
    const values = table.values.get(feature.name) ?? new Float64Array(table.rowCount).fill(Number.NaN);
    return (row: number) => {
      const value = values[row] ?? Number.NaN;
      if (Number.isNaN(value)) return null;
      return feature.type === 'number' ? value : withoutFormula(feature.codes[value]?.code ?? '');
    };
  });
  const known = (value: number | undefined) => {
    if (value === undefined || Number.isNaN(value)) return null;
    return primary?.task === 'multiclass' ? withoutFormula(primary.codes[value]?.code ?? '') : value;
  };
  for (let row = 0; row < table.rowCount; row++) {
    if (table.leftOut.has(row)) continue;
    lines.push([
      table.rowNumber[row] ?? row + 1,
      ...cells.map((cell) => cell(row)),
      known(table.outcome[row]),
      ...(hasTime ? [known(table.time?.[row])] : []),
    ]);
  }
  return csvText(lines);
}
