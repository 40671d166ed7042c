/**
 * The six regions of the TCGA breast-cancer data with FLamby's split, prepared the slow and obvious way: text, arrays of numbers, two-pass
 * means over all training rows. Nothing of the product is used. Null when the data are not beside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Rows } from '@consilium/shared/models';

const FOLDER = new URL('../../../shared/data/tcga-brca/', import.meta.url);
const CENTRES = ['0-northeast', '1-south', '2-west', '3-midwest', '4-europe', '5-canada'] as const;

export const tcgaIsAbsent = !existsSync(new URL('flamby-split.csv', FOLDER));
if (tcgaIsAbsent) console.warn('tcga-brca tests are skipped: ../shared/data/tcga-brca is not there');

export function loadTcga(): readonly { readonly train: Rows; readonly test: Rows }[] {
  const setOf = new Map(linesOf('flamby-split').map(([pid, , set]) => [pid, set]));
  const centres = CENTRES.map((name) =>
    linesOf(`center-${name}`).map((cells) => ({ set: setOf.get(cells[0] ?? ''), values: cells.slice(1).map(Number) })),
  );
  const training = centres.flat().filter(({ set }) => set === 'train');
  const width = training[0]!.values.length - 2;
  const scales = Array.from({ length: width }, (_, j) => {
    const values = training.map((row) => row.values[j]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) };
  });
  return centres.map((rows) => {
    const part = (set: string): Rows => {
      const own = rows.filter((row) => row.set === set);
      return {
        x: Float64Array.from(own.flatMap((row) => scales.map(({ mean, sd }, j) => (row.values[j]! - mean) / sd))),
        y: Float64Array.from(own, (row) => row.values[width]!),
        time: Float64Array.from(own, (row) => row.values[width + 1]!),
        rows: own.length,
        width,
      };
    };
    return { train: part('train'), test: part('test') };
  });
}

function linesOf(name: string): string[][] {
  const lines = readFileSync(new URL(`${name}.csv`, FOLDER), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return lines.map((line) => line.split(',')); // commas stand inside quotes in the head only
}
