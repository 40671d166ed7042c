/** A site's file as its answers need it: read, checked against the plan, split by patient. Rows stay inside the returned object. */
import { sha256, toHex } from '../crypto/index.ts';
import { prepare, type Scaling, siteStatistics, splitRows } from '../preparation/index.ts';
import { readCsv } from '../reading/index.ts';
import { checkTable } from '../schema/index.ts';
import { type Plan, tableSpec } from '../study/index.ts';
import type { SiteDataReport } from './contracts.ts';
import { assignedTestRows, effectSite } from './effect-site.ts';
import { createSiteMemory, type SiteMemory } from './site-memory.ts';
import type { SiteRows } from './stage.ts';

export interface SiteFile {
  readonly csv: Uint8Array;
  /** The split file that the plan names, if it names one. */
  readonly splitCsv: Uint8Array | null;
}

export interface LoadedRows {
  readonly rows: SiteRows;
  /** What training on these rows leaves behind for later rounds. */
  readonly memory: SiteMemory;
  readonly report: SiteDataReport;
  /** Rows in use and events among them, for the bands; exact, so they must not leave. */
  readonly counts: { readonly rows: number; readonly events: number };
}

const PREVIEW_ROWS = 8;
const SETS = { train: 1, validation: 2, test: 3 } as const;

/**
 * @throws ReadingError when the file is not a table; SchemaError when columns of the plan are missing; RangeError when the split file
 *   is missing or does not fit.
 */
export function loadRows(plan: Plan, site: string, file: SiteFile): LoadedRows {
  const raw = readCsv(file.csv);
  const table = checkTable(raw, tableSpec(plan));
  const splitFile = file.splitCsv === null ? null : readCsv(file.splitCsv);
  const { sets, dropped } = splitRows(plan, table, site, splitFile);
  const count = (set: number) => sets.reduce((total, value) => total + (value === set ? 1 : 0), 0);
  const used = sets.reduce((total, value) => total + (value === 0 ? 0 : 1), 0);
  const events = sets.reduce((total, value, row) => total + (value !== 0 && table.outcome[row]! > 0 ? 1 : 0), 0);
  const fingerprint = toHex(sha256(sha256(file.csv), sha256(file.splitCsv ?? new Uint8Array(0))));
  const prepared = remember((scaling: Scaling) => prepare(plan, table, sets, scaling));
  return {
    rows: {
      site,
      statistics: () => siteStatistics(plan, table, sets),
      testClasses: () => countClasses(table.outcome, sets),
      prepared,
      effect: remember((scaling) => effectSite(plan, table, sets, scaling, prepared(scaling))),
      effectTestRows: () => assignedTestRows(plan, table, sets),
    },
    memory: createSiteMemory(),
    report: {
      rowCount: table.rowCount,
      columns: raw.columns,
      checks: table.checks,
      rejected: table.rejected,
      dropped,
      split: { train: count(SETS.train), validation: count(SETS.validation), test: count(SETS.test) },
      preview: raw.rows.slice(0, PREVIEW_ROWS),
      fingerprint,
      notes: raw.notes,
    },
    counts: { rows: used, events },
  };
}

/** Keeps the last result: the scaling is the same object for the whole study. */
function remember<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | null = null;
  return (key) => {
    if (last === null || last.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}

function countClasses(outcome: Float64Array, sets: Uint8Array): { readonly events: number; readonly nonEvents: number } {
  const test = outcome.filter((_, row) => sets[row] === SETS.test);
  const events = test.reduce((total, value) => total + (value > 0 ? 1 : 0), 0);
  return { events, nonEvents: test.length - events };
}
