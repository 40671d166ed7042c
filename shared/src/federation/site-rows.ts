/** A site's file as its answers need it: read, checked against the plan, split by patient. Rows stay inside the returned object. */
import { sha256, toHex, utf8Bytes } from '../crypto/index.ts';
import { foldOf } from '../effects/index.ts';
import { prepare, rowGroups, type Scaling, siteStatistics } from '../preparation/index.ts';
import type { Watch } from '../reading/index.ts';
import type { CalendarDate, CheckedTable, Outcome } from '../schema/index.ts';
import { canonicalJson, type Plan, patientColumnOf } from '../study/index.ts';
import { checkRows, type SiteFile } from './checked-rows.ts';
import { comparedRows, fingerprintOfRows } from './compared-rows.ts';
import type { SiteDataReport } from './contracts.ts';
import { assignedTestRows, effectSite } from './effect-site.ts';
import { flowEntries } from './participants.ts';
import { patientRow, valuesOfRow } from './patient-row.ts';
import type { ComparedRows } from './row-sketch.ts';
import { createSiteMemory, type SiteMemory } from './site-memory.ts';
import type { SiteRows } from './stage.ts';

export interface LoadedRows {
  readonly rows: SiteRows;
  /** The rows as other versions of the plan compare them; exact, so they must not leave. */
  readonly compared: ComparedRows;
  /** The day it was read as of: later dates were taken for mistakes. */
  readonly readOn: CalendarDate | null;
  /** What training on these rows leaves behind for later rounds. */
  readonly memory: SiteMemory;
  readonly report: SiteDataReport;
  /** Rows in use and events among them, for the bands; exact, so they must not leave. */
  readonly counts: { readonly rows: number; readonly events: number };
}

const PREVIEW_ROWS = 8;
const SETS = { train: 1, validation: 2, test: 3 } as const;

/**
 * @throws ReadingError when the file is not a table; SchemaError when columns of the plan are missing; PreparationError when the split
 *   file is missing or does not fit.
 */
export async function loadRows(plan: Plan, site: string, file: SiteFile, watch: Watch = {}): Promise<LoadedRows> {
  const { raw, table, split, checks, isReady, mapping, proposal } = await checkRows(plan, site, file, watch);
  const { sets, dropped } = split;
  const count = (set: number) => sets.reduce((total, value) => total + (value === set ? 1 : 0), 0);
  const used = sets.reduce((total, value) => total + (value === 0 ? 0 : 1), 0);
  const events = sets.reduce((total, value, row) => total + (value !== 0 && table.outcome[row]! > 0 ? 1 : 0), 0);
  const compared = comparedRows(plan, table, split, hashOfFile(file));
  const prepared = remember((scaling: Scaling) => prepare(plan, table, sets, scaling));
  const patientColumn = mapping.patientId ?? patientColumnOf(plan);
  const hidden = new Set(
    proposal.columns.flatMap(({ column, identifier }, at) => (identifier === null && column !== patientColumn ? [] : [at])),
  );
  const preview = Array.from({ length: Math.min(PREVIEW_ROWS, raw.rowCount) }, (_, row) =>
    raw.columns.map((_, at) => (hidden.has(at) ? '' : raw.cell(row, at))),
  );
  return {
    rows: {
      site,
      statistics: () => siteStatistics(plan, table, sets),
      flow: () => flowEntries(table.rowCount, split),
      testClasses: (outcome) => countClasses(outcome, table, sets),
      testGroups: () => {
        const test = Array.from(sets.keys()).filter((row) => sets[row] === SETS.test);
        return { labels: Float64Array.from(test, (row) => table.outcome[row]!), groups: rowGroups(plan, table, test) };
      },
      validationOutcomes: () => table.outcome.filter((_value, row) => sets[row] === SETS.validation),
      prepared,
      folds: (count) => patientFolds(plan, table, count),
      effect: remember((scaling) => effectSite(plan, table, sets, scaling, prepared(scaling))),
      effectTestRows: () => assignedTestRows(plan, table, sets),
      patient: (scaling, values) => patientRow(plan, table, sets, scaling, values),
      valuesOf: (row) => valuesOfRow(table, row),
      testRows: () => Array.from(sets.keys()).flatMap((at) => (sets[at] === SETS.test ? [table.rowNumber[at]!] : [])),
    },
    memory: createSiteMemory(),
    compared,
    readOn: file.today ?? null,
    report: {
      rowCount: table.rowCount,
      columns: raw.columns,
      checks,
      isReady,
      rejected: table.rejected,
      dropped,
      split: { train: count(SETS.train), validation: count(SETS.validation), test: count(SETS.test) },
      preview,
      fingerprint: fingerprintOfRows(compared, table.patients),
      notes: raw.notes,
      uses: table.uses,
      mapping,
      identifiers: proposal.columns.flatMap(({ column, identifier }) => (identifier === null ? [] : [{ column, kind: identifier }])),
    },
    counts: { rows: used, events },
  };
}

function patientFolds(plan: Plan, table: CheckedTable, count: number): ReadonlyMap<number, number> {
  const patients = table.extra.get(patientColumnOf(plan) ?? '');
  return new Map(Array.from(table.rowNumber, (row, at) => [row, foldOf(plan.study, patients?.[at] ?? `row ${row}`, count)]));
}

/** Names files, mapping and exclusions by their content; the files alone where nothing else was chosen. */
function hashOfFile({ files, splitCsv, mapping, exclusions }: SiteFile): string {
  const [first] = files;
  const content =
    files.length === 1 && first !== undefined
      ? sha256(first.bytes)
      : sha256(...files.flatMap(({ name, bytes }) => [sha256(utf8Bytes(name)), sha256(bytes)]));
  const chosen = [
    ...(mapping ? [sha256(utf8Bytes(canonicalJson(mapping)))] : []),
    ...(exclusions ? [sha256(utf8Bytes('exclusions')), sha256(exclusions)] : []),
  ];
  return toHex(sha256(content, sha256(splitCsv ?? new Uint8Array(0)), ...chosen));
}

/** Keeps the last result: the scaling is the same object for the whole study. */
function remember<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | null = null;
  return (key) => {
    if (last === null || last.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}

function countClasses(outcome: Outcome, table: CheckedTable, sets: Uint8Array): { readonly events: number; readonly nonEvents: number } {
  const y = outcome.role === 'primary' ? table.outcome : table.harms.get(outcome.name)!.y;
  const test = y.filter((value, row) => sets[row] === SETS.test && !Number.isNaN(value));
  const count = (is: (value: number) => boolean) => test.reduce((total, value) => total + (is(value) ? 1 : 0), 0);
  if (outcome.task === 'regression' || outcome.task === 'count') return { events: test.length, nonEvents: test.length };
  const classes = outcome.task === 'multiclass' ? outcome.codes.length : 2;
  const others = Array.from({ length: classes - 1 }, (_, k) => count((value) => value === k + 1));
  return { events: Math.min(...others), nonEvents: count((value) => value === 0) };
}
