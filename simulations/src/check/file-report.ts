/** What `simulate check` says of one file: how it was read, what each column is, every refused cell, every check. No identifier's content. */
import { type CheckedRows, checkRows, type NamedBytes, readSiteTable } from '@consilium/shared/federation';
import type { RawTable, TableChoices } from '@consilium/shared/reading';
import {
  type CalendarDate,
  isNotCollected,
  type Mapping,
  outcomeColumns,
  type Proposal,
  proposeMapping,
  type QualityCheck,
  SchemaError,
  sureMapping,
} from '@consilium/shared/schema';
import { type Plan, tableSpec } from '@consilium/shared/study';

export interface CheckInput {
  readonly file: string;
  readonly site: string;
  readonly files: readonly NamedBytes[];
  readonly splitCsv: Uint8Array | null;
  readonly mapping: Mapping | null;
  readonly exclusions: Uint8Array | null;
  readonly choices?: TableChoices;
  /** The day of the check: no date can be later. */
  readonly today?: CalendarDate;
}

export interface ColumnReport {
  /** Null for a feature that has no column in the file. */
  readonly header: string | null;
  /** Feature or outcome of the plan; null for every other column. */
  readonly feature: string | null;
  readonly unit: string | null;
  readonly convertedFrom: string | null;
  /** Null for a column that is not looked at. */
  readonly missing: number | null;
  readonly status: 'feature' | 'outcome' | 'patient-id' | 'split' | 'treatment' | 'identifier' | 'ignored' | 'not-collected' | 'not-found';
  readonly identifiers: readonly string[];
}

export interface FileReport {
  readonly file: string;
  readonly site: string;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly decimal: string | null;
  readonly headerRow: number | null;
  readonly rows: number;
  readonly used: number;
  readonly dropped: readonly { readonly row: number | null; readonly reason: string }[];
  readonly columns: readonly ColumnReport[];
  readonly cells: readonly { readonly row: number; readonly column: string; readonly text: string; readonly problem: string }[];
  readonly checks: readonly {
    readonly id: string;
    readonly level: 'pass' | 'warn' | 'fail';
    readonly message: string;
    readonly rows: readonly number[];
  }[];
  readonly ready: boolean;
}

export interface CheckedFile {
  readonly report: FileReport;
  /** Null where the file could not be checked. */
  readonly checked: CheckedRows | null;
}

/** Checks one file; a fault of the file becomes a failed check of its report, and never ends the command. */
export async function checkFile(plan: Plan, input: CheckInput): Promise<CheckedFile> {
  try {
    const raw = await readSiteTable(plan, input.files, input.choices ?? {});
    const spec = tableSpec(plan);
    const proposal = proposeMapping(raw, spec, plan.study);
    const mapping = input.mapping ?? sureMapping(proposal);
    const { absent, reduced } = withoutAbsent(plan, raw, mapping);
    const missing = absent.map((name) => missingColumn(plan, name, proposal));
    try {
      const checked = await checkRows(plan, input.site, { ...input, mapping: reduced, table: raw });
      return { report: reportOf(plan, input, checked, absent, missing), checked: missing.length === 0 ? checked : null };
    } catch (error) {
      return {
        report: { ...beginning(input, raw), columns: plainColumns(raw, proposal), checks: [...missing, faultOf(error)] },
        checked: null,
      };
    }
  } catch (error) {
    return { report: { ...beginning(input, null), checks: [faultOf(error)] }, checked: null };
  }
}

/** Features whose column is not in the file are checked as not collected, so that everything else is still reported. */
function withoutAbsent(plan: Plan, raw: RawTable, mapping: Mapping) {
  const has = new Set(raw.columns);
  const absent = plan.features
    .filter(({ name, column }) => {
      const entry = mapping.features[name];
      return !isNotCollected(entry) && !has.has(entry?.column ?? column);
    })
    .map(({ name }) => name);
  const gone = Object.fromEntries(absent.map((name) => [name, { notCollected: true as const }]));
  return { absent, reduced: { ...mapping, features: { ...mapping.features, ...gone } } };
}

function missingColumn(plan: Plan, name: string, { features }: Proposal): FileReport['checks'][number] {
  const feature = plan.features.find((entry) => entry.name === name);
  const best = features.find((entry) => entry.name === name);
  const likely = [...(best?.best ? [best.best] : []), ...(best?.others ?? [])].filter(({ confidence }) => confidence > 0.3).slice(0, 3);
  const hint =
    likely.length === 0 ? '' : ` Is it ${likely.map(({ column, reason }) => `"${column}" (${reason})`).join(' or ')}? Say so in a mapping.`;
  return {
    id: `column:${name}`,
    level: 'fail',
    message: `${feature?.label ?? name}: no column of this file is surely it.${hint}`,
    rows: [],
  };
}

/** @throws everything that is no fault of the file: it is this program's. */
function faultOf(error: unknown): FileReport['checks'][number] {
  const name = error instanceof Error ? error.name : '';
  if (!(error instanceof Error) || !['ReadingError', 'SchemaError', 'PreparationError', 'MappingError'].includes(name)) throw error;
  const id =
    error instanceof SchemaError ? error.code : name === 'ReadingError' ? 'reading' : name === 'PreparationError' ? 'split' : 'mapping';
  return { id, level: 'fail', message: error.message, rows: [] };
}

function beginning(input: CheckInput, raw: RawTable | null): FileReport {
  return {
    file: input.file,
    site: input.site,
    encoding: raw === null || raw.encoding === '' ? null : raw.encoding,
    delimiter: raw === null || raw.delimiter === '' ? null : raw.delimiter,
    decimal: raw?.decimal ?? null,
    headerRow: raw?.headerRow || null,
    rows: raw?.rowCount ?? 0,
    used: 0,
    dropped: raw === null ? [] : raw.dropped.map(({ row, reason }) => ({ row, reason })),
    columns: [],
    cells: [],
    checks: [],
    ready: false,
  };
}

function reportOf(
  plan: Plan,
  input: CheckInput,
  checked: CheckedRows,
  absent: readonly string[],
  missing: FileReport['checks'],
): FileReport {
  const { raw, table, split } = checked;
  const left = [...split.reasons].map(([row, reason]) => ({ row: table.rowNumber[row] ?? row + 1, reason }));
  const start = beginning(input, raw);
  const checks = checked.checks.filter(({ id }) => !absent.some((name) => id === `not-collected:${name}`)).map(levelled);
  return {
    ...start,
    used: table.rowCount - split.reasons.size,
    dropped: [...start.dropped, ...left].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    columns: columnsOf(plan, checked, absent),
    cells: table.rejected.map(({ row, column, text, reason }) => ({ row, column, text, problem: reason })),
    checks: [...missing, ...checks],
    ready: checked.isReady && missing.length === 0,
  };
}

const levelled = ({ id, status, text, rows }: QualityCheck): FileReport['checks'][number] => ({ id, level: status, message: text, rows });

function plainColumns(raw: RawTable, proposal: Proposal): ColumnReport[] {
  const kinds = new Map(proposal.columns.map(({ column, identifier }) => [column, identifier]));
  return raw.columns.map((header) => {
    const kind = kinds.get(header) ?? null;
    return { ...ignored(header), status: kind === null ? 'ignored' : 'identifier', identifiers: kind === null ? [] : [kind] };
  });
}

const ignored = (header: string | null): ColumnReport => ({
  header,
  feature: null,
  unit: null,
  convertedFrom: null,
  missing: null,
  status: 'ignored',
  identifiers: [],
});

function columnsOf(plan: Plan, { raw, mapping, proposal, table }: CheckedRows, absent: readonly string[]): ColumnReport[] {
  const spec = tableSpec(plan);
  const byHeader = new Map(plainColumns(raw, proposal).map((entry) => [entry.header, entry]));
  const without: ColumnReport[] = [];
  const put = (header: string, change: Partial<ColumnReport>) =>
    byHeader.set(header, { ...(byHeader.get(header) ?? ignored(header)), ...change });
  const countMissing = (values: Float64Array) => values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  for (const { feature, column, unit, convertedFrom, missing } of table.uses) {
    const status = absent.includes(feature) ? 'not-found' : 'not-collected';
    if (column === null) without.push({ ...ignored(null), feature, unit, status });
    else put(column, { feature, unit, convertedFrom, missing, status: 'feature' });
  }
  for (const outcome of [spec.outcome, ...(spec.harms ?? [])]) {
    const values = outcome === spec.outcome ? table.outcome : table.harms.get(outcome.name)?.y;
    for (const name of outcomeColumns(outcome)) {
      const header = mapping.outcome[name]?.column ?? name;
      put(header, { feature: outcome.name, missing: values === undefined ? null : countMissing(values), status: 'outcome' });
    }
  }
  for (const name of spec.extraColumns) {
    if (name === spec.patientColumn)
      put(mapping.patientId ?? name, { status: 'patient-id', missing: table.patients?.filter((id) => id === '').length ?? null });
    else if (name === spec.splitColumn) put(mapping.split ?? name, { status: 'split' });
    else put(mapping.treatment?.column ?? name, { status: 'treatment' });
  }
  return [...byHeader.values(), ...without];
}
