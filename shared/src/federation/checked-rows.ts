/**
 * A site's files to a checked table with its split: read, mapped, checked, divided. The hospital's tab, the simulator and its `check`
 * command go this one way.
 */
import { type Split, splitChecks, splitRows } from '../preparation/index.ts';
import { decodeText, type RawTable, ReadingError, readSource, readTable, type TableChoices, type Watch } from '../reading/index.ts';
import {
  acceptedCheck,
  type CalendarDate,
  type CheckedTable,
  checkTableInSteps,
  fileChecks,
  type Mapping,
  outcomeColumns,
  type Proposal,
  type PublishedSpread,
  parseExclusions,
  proposeMapping,
  type QualityCheck,
  sureMapping,
} from '../schema/index.ts';
import { type Plan, rowSource, tableSpec } from '../study/index.ts';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SiteFile {
  /** One table, or the files of a FHIR or OMOP export. */
  readonly files: readonly NamedBytes[];
  /** The split file that the plan names, if it names one. */
  readonly splitCsv: Uint8Array | null;
  /** How the file answers the plan; null or left out: what can be matched without a question. */
  readonly mapping?: Mapping | null;
  /** Patients who take no part: ids, or their SHA-256 in hex, one a line. */
  readonly exclusions?: Uint8Array | null;
  /** What a person chose about the reading of the file. */
  readonly choices?: TableChoices;
  /** The table, where these files were read already with these choices. */
  readonly table?: RawTable | null;
  /** The day of the check, by the caller's calendar: no date of the file can be later. Null or left out: not looked at. */
  readonly today?: CalendarDate | null;
  /** The consortium's means by feature name. */
  readonly published?: Readonly<Record<string, PublishedSpread>>;
}

export interface CheckedRows {
  readonly raw: RawTable;
  /** The mapping in force. */
  readonly mapping: Mapping;
  readonly proposal: Proposal;
  readonly table: CheckedTable;
  readonly split: Split;
  /** Of the file, the table and the split. */
  readonly checks: readonly QualityCheck[];
  /** Whether no check failed. */
  readonly isReady: boolean;
}

/** Share of the work that reading is. */
const READING = 0.5;

/**
 * Reads the files of a site as one table.
 *
 * @throws ReadingError with a plain sentence.
 */
export async function readSiteTable(
  plan: Plan,
  files: readonly NamedBytes[],
  choices: TableChoices = {},
  watch: Watch = {},
): Promise<RawTable> {
  const { features, extraColumns } = tableSpec(plan);
  const expected = [...features.map(({ column }) => column), ...plan.outcomes.flatMap(outcomeColumns), ...extraColumns];
  return readSource(files, rowSource(plan.source), choices, { ...watch, expected });
}

/**
 * Goes the whole way.
 *
 * @param site - Looked up in a split file.
 * @param watch - Told how far it is, and asked whether to leave.
 * @throws ReadingError, SchemaError, PreparationError or MappingError with a plain sentence; ReadingError `cancelled` when told to leave.
 */
export async function checkRows(plan: Plan, site: string, file: SiteFile, watch: Watch = {}): Promise<CheckedRows> {
  const { onProgress } = watch;
  const raw =
    file.table ??
    (await readSiteTable(plan, file.files, file.choices ?? {}, {
      ...watch,
      ...(onProgress && { onProgress: (done: number) => onProgress(done * READING) }),
    }));
  const spec = tableSpec(plan);
  const proposal = proposeMapping(raw, spec, plan.study);
  const mapping = file.mapping ?? sureMapping(proposal);
  const exclusions = file.exclusions
    ? parseExclusions(decodeText(file.exclusions).text, mapping.patientId ?? spec.patientColumn ?? null)
    : null;
  const steps = checkTableInSteps(raw, spec, { mapping, exclusions, today: file.today ?? null, published: file.published ?? {} });
  let step = steps.next();
  while (step.done !== true) {
    await onProgress?.(READING + (step.value.done / step.value.total) * (1 - READING));
    if (watch.isCancelled?.() === true) throw new ReadingError('cancelled', 'The check was stopped. Nothing was sent.');
    step = steps.next();
  }
  const table = step.value;
  const splitFile = file.splitCsv === null ? null : await readTable(file.splitCsv, 'split.csv');
  const split = splitRows(plan, table, site, splitFile);
  const own = [...fileChecks(raw, spec, mapping, proposal), ...splitChecks(plan, table, split.sets)].map((check) =>
    acceptedCheck(check, mapping.accepted),
  );
  const checks = [...table.checks, ...own];
  return { raw, mapping, proposal, table, split, checks, isReady: checks.every(({ status }) => status !== 'fail') };
}
