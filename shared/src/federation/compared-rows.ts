/** A checked table as versions of a study compare it, and the hash that stands for the rows of one version: whatever their file was read as, other rows have another. */
import { sha256, toHex, utf8Bytes } from '../crypto/index.ts';
import { rowGroups, type Split, subgroupsOf } from '../preparation/index.ts';
import type { CheckedTable } from '../schema/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import type { ComparedRows } from './row-sketch.ts';

/** @param file - SHA-256 of the file, hex. */
export function comparedRows(plan: Plan, table: CheckedTable, { sets }: Split, file: string): ComparedRows {
  const every = Array.from({ length: table.rowCount }, (_, row) => row);
  const groups = rowGroups(plan, table, every);
  return {
    file,
    columns: columnsOf(plan, table),
    groups: new Map(subgroupsOf(plan).map(({ feature }, at) => [feature, Float64Array.from(groups[at]!)])),
    sets,
    rowNumber: table.rowNumber,
  };
}

/** Everything that sums are made of. */
function columnsOf(plan: Plan, table: CheckedTable): ComparedRows['columns'] {
  const harms = [...table.harms].map(([name, { y, time }]) => ({ name, y, time }));
  const outcomes = [{ name: primaryOutcome(plan).name, y: table.outcome, time: table.time }, ...harms];
  const treated = plan.treatment === null ? undefined : table.extra.get(plan.treatment.column);
  return new Map<string, Float64Array | readonly string[]>([
    ...[...table.values].map(([name, values]) => [`feature ${name}`, values] as const),
    ...outcomes.flatMap(({ name, y, time }) => [
      [`outcome ${name}`, y] as const,
      ...(time === null ? [] : [[`time of ${name}`, time] as const]),
    ]),
    ...(treated === undefined ? [] : [['treatment', treated] as const]),
  ]);
}

/**
 * Names the rows that take part by their content and their places: file, values, parts, and who is one patient.
 *
 * @returns SHA-256, hex.
 */
export function fingerprintOfRows({ file, columns, sets, rowNumber }: ComparedRows, patients: readonly string[] | null): string {
  const parts = [...columns].flatMap(([name, values]) => [
    utf8Bytes(JSON.stringify([name, values.length])),
    values instanceof Float64Array ? bytesOf(values) : utf8Bytes(JSON.stringify(values)),
  ]);
  return toHex(sha256(utf8Bytes(file), ...parts, sets, bytesOf(rowNumber), utf8Bytes(JSON.stringify(patients))));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
