/** Where in the file each column of the plan stands: under its own name, or where the mapping says. */
import type { RawTable } from '../reading/index.ts';
import { SchemaError, type TableSpec } from './checked-table.ts';
import { type ColumnMapping, isNotCollected, type Mapping, plainColumn } from './mapping.ts';
import { nearest } from './nearest.ts';
import { type Outcome, outcomeColumns } from './outcome.ts';

/** One column of the plan in the file. */
export interface Source {
  readonly mapping: ColumnMapping;
  /** Position in the file, from 0. */
  readonly at: number;
  /** Position of the column with the later date, where the value is a time; else null. */
  readonly untilAt: number | null;
}

export interface Sources {
  /** By feature name; null for one that is not collected here. */
  readonly features: ReadonlyMap<string, Source | null>;
  /** By the plan's outcome column. */
  readonly outcome: ReadonlyMap<string, Source>;
  /** By the plan's split or patient column: its position. */
  readonly extra: ReadonlyMap<string, number>;
  /** Position of the column that tells patients apart, if one does. */
  readonly patientAt: number | null;
}

/** Every outcome of a study, the primary one first. */
export const outcomesOf = ({ outcome, harms }: TableSpec): readonly Outcome[] => [outcome, ...(harms ?? [])];

/**
 * Finds every column of the plan.
 *
 * @param mapping - Null: each under the plan's own name.
 * @throws SchemaError `missing-column` naming each absent column and the nearest ones the file has; `repeated-column` where the mapping
 *   uses one column twice.
 */
export function findSources(raw: RawTable, spec: TableSpec, mapping: Mapping | null): Sources {
  const positions = new Map(raw.columns.map((name, index) => [name, index]));
  const absent: string[] = [];
  const locate = (column: string): number => {
    const at = positions.get(column);
    if (at === undefined) absent.push(column);
    return at ?? -1;
  };
  const sourceOf = (entry: ColumnMapping): Source => ({
    mapping: entry,
    at: locate(entry.column),
    untilAt: entry.until === null ? null : locate(entry.until),
  });
  const features = new Map(
    spec.features.map((feature) => {
      const entry = mapping?.features[feature.name];
      if (isNotCollected(entry)) return [feature.name, null] as const;
      return [feature.name, sourceOf(entry ?? plainColumn(feature.column))] as const;
    }),
  );
  const outcome = new Map(
    [...new Set(outcomesOf(spec).flatMap(outcomeColumns))].map((column) => [
      column,
      sourceOf(mapping?.outcome[column] ?? plainColumn(column)),
    ]),
  );
  const patientColumn = spec.patientColumn ?? null;
  const chosenFor = (name: string): string | null | undefined =>
    name === patientColumn ? mapping?.patientId : name === spec.splitColumn ? mapping?.split : mapping?.treatment?.column;
  const extra = new Map(spec.extraColumns.map((name) => [name, locate(chosenFor(name) ?? name)] as const));
  const patientAt = patientColumn !== null ? (extra.get(patientColumn) ?? null) : mapping?.patientId ? locate(mapping.patientId) : null;
  if (absent.length > 0) throw missingColumns([...new Set(absent)], raw.columns);
  refuseRepeated(features, outcome);
  return { features, outcome, extra, patientAt };
}

function missingColumns(absent: readonly string[], columns: readonly string[]): SchemaError {
  const sentences = absent.map((name) => {
    const close = nearest(name, columns, 3).map((text) => `"${text}"`);
    return `"${name}" is not a column of this file${close.length > 0 ? `; did you mean ${close.join(' or ')}?` : '.'}`;
  });
  return new SchemaError('missing-column', sentences.join(' '), absent);
}

function refuseRepeated(features: Sources['features'], outcome: Sources['outcome']): void {
  const users = new Map<number, string>();
  for (const [name, source] of outcome) users.set(source.at, name);
  for (const [name, source] of features) {
    if (source === null || source.untilAt !== null) continue; // a date may begin one time and end another
    const other = users.get(source.at);
    if (other !== undefined) {
      throw new SchemaError('repeated-column', `The column "${source.mapping.column}" is mapped to "${other}" and to "${name}".`, [
        source.mapping.column,
      ]);
    }
    users.set(source.at, name);
  }
}
