/** Divides a site's rows into training, validation and test, and says which rows are left out and why. */
import type { RawTable } from '../reading/index.ts';
import { type CheckedTable, patientHash } from '../schema/index.ts';
import { type Plan, patientKeyOf } from '../study/index.ts';
import { uncollected } from './collected.ts';
import { PreparationError } from './preparation-error.ts';
import { SET, type SetCode, sideOf, sideOfHash } from './sides.ts';
import { readSplitFile, setNamed } from './split-file.ts';

export interface Split {
  /** Per row, shape (rowCount,): 0 left out, 1 train, 2 validation, 3 test. */
  readonly sets: Uint8Array;
  /** Why rows were left out, with how many; each row counts under its first reason. */
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  /** The first reason of each row that was left out, by position from 0. */
  readonly reasons: ReadonlyMap<number, string>;
}

/** A part, or the reason for leaving the row out. */
type Assignment = SetCode | string;

/**
 * Divides the rows as the plan says.
 *
 * @param plan - A parsed plan.
 * @param table - The site's checked table.
 * @param siteId - The site's name, looked up in a split file.
 * @param splitFile - The split file, if the plan names one.
 * @returns The part of each row. Rows without outcome are left out; so are rows without a required feature, and under
 *   `impute: drop-row` rows with any feature missing that this hospital collects, and under `unavailable: exclude-site` every row where a
 *   feature is not collected.
 * @throws PreparationError if a split file is needed and absent, or does not fit this site's rows.
 */
export function splitRows(plan: Plan, table: CheckedTable, siteId: string, splitFile: RawTable | null): Split {
  const assign = assignment(plan, table, siteId, splitFile);
  const declared = new Set(table.uses.flatMap(({ feature, status }) => (status === 'not-collected' ? [feature] : [])));
  const needed = plan.features.filter(({ required, name }) => required || (plan.preprocess.impute === 'drop-row' && !declared.has(name)));
  const [absent] = plan.preprocess.unavailable === 'exclude-site' ? uncollected(table) : [];
  const columns = needed.map((feature) => ({ feature, values: table.values.get(feature.name)! }));
  const counts = new Map<string, number>();
  const reasons = new Map<number, string>();
  const sets = Uint8Array.from({ length: table.rowCount }, (_, row) => {
    const part = table.leftOut.get(row) ?? (absent === undefined ? assign(row) : `${absent} is not collected here`);
    const gap = columns.find(({ values }) => Number.isNaN(values[row]!))?.feature;
    const reason =
      typeof part === 'string'
        ? part
        : part === SET.none
          ? 'excluded by the split'
          : Number.isNaN(table.outcome[row]!)
            ? 'no outcome'
            : gap === undefined
              ? null
              : gap.required
                ? `required ${gap.name} missing`
                : 'a feature is missing';
    if (reason === null) return part as SetCode;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
    reasons.set(row, reason);
    return SET.none;
  });
  return { sets, dropped: [...counts].map(([reason, count]) => ({ reason, count })), reasons };
}

function assignment(plan: Plan, table: CheckedTable, siteId: string, splitFile: RawTable | null): (row: number) => Assignment {
  const { split } = plan;
  switch (split.by) {
    case 'patient-id': {
      const hashes = table.extra.get(split.patientId)!;
      return (row) => (hashes[row] === '' ? 'no patient id' : sideOfHash(hashes[row]!, split));
    }
    case 'row': {
      const side = sideOf(plan.study, split.seed, split);
      return (row) => side(`row:${table.rowNumber[row]}`);
    }
    case 'column': {
      const words = table.extra.get(split.column)!;
      return (row) => setNamed(words[row]!) ?? 'the split column names no part';
    }
    case 'time':
      return timeAssignment(split, table);
    case 'site': {
      const hashes = table.extra.get(split.patientId)!;
      const isHeldOut = split.test.some((name) => name.normalize('NFC').trim() === siteId.normalize('NFC').trim());
      const shares = { test: 0, validation: split.validation };
      return (row) => (hashes[row] === '' ? 'no patient id' : isHeldOut ? SET.test : sideOfHash(hashes[row]!, shares));
    }
    case 'file':
      return fileAssignment(plan, split.file, table, siteId, splitFile);
  }
}

/** By a patient's latest day, so that no training row is of a day of the test and no patient is on two sides. */
function timeAssignment(split: Extract<Plan['split'], { by: 'time' }>, table: CheckedTable): (row: number) => Assignment {
  const days = table.extra.get(split.column)!;
  const patients = split.patientId === null ? null : table.extra.get(split.patientId)!;
  const latest = new Map<string, string>();
  patients?.forEach((patient, row) => {
    if (!table.leftOut.has(row) && days[row]! > (latest.get(patient) ?? '')) latest.set(patient, days[row]!);
  });
  return (row) => {
    if (days[row] === '') return 'no usable date';
    if (patients?.[row] === '') return 'no patient id';
    const day = patients === null ? days[row]! : (latest.get(patients[row]!) ?? '');
    if (day >= split.test) return SET.test;
    return split.validation !== null && day >= split.validation ? SET.validation : SET.train;
  };
}

function fileAssignment(
  plan: Plan,
  split: Extract<Plan['split'], { by: 'file' }>['file'],
  table: CheckedTable,
  siteId: string,
  splitFile: RawTable | null,
): (row: number) => Assignment {
  if (splitFile === null) throw new PreparationError('split-file-missing', `This study needs its split file "${split.file}".`);
  const named = readSplitFile(split, splitFile, siteId);
  const hash = patientHash(patientKeyOf(plan));
  const sets = split.keys.patientId === undefined ? named : new Map([...named].map(([id, part]) => [hash(id), part]));
  const patients = split.keys.patientId === undefined ? null : table.extra.get(split.keys.patientId)!;
  const keyOf = (row: number) => (patients === null ? String(table.rowNumber[row]) : patients[row]!);
  const own = new Set(Array.from({ length: table.rowCount }, (_, row) => keyOf(row)));
  const strangers = [...sets.keys()].filter((key) => !own.has(key)).length;
  if (strangers > 0 && patients === null) {
    throw new PreparationError(
      'split-file-mismatch',
      `The split file names ${strangers} rows that this table does not have: is it another file?`,
    );
  }
  return (row) => sets.get(keyOf(row)) ?? 'not in the split file';
}
