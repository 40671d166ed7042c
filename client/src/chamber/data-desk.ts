/**
 * The chamber's part of the data page: holds the chosen files, reads them, and answers with display values. Rows never cross to
 * the page but for the first few, and those without the columns that identify patients.
 */
import { type NamedBytes, readSiteTable, type SiteDataReport, type SiteFile } from '@consilium/shared/federation';
import { type RawTable, ReadingError, type Watch } from '@consilium/shared/reading';
import { type ColumnMapping, type Mapping, type Proposal, plainColumn, proposeMapping } from '@consilium/shared/schema';
import { type Plan, tableSpec } from '@consilium/shared/study';
import type {
  CheckInput,
  FieldView,
  FileInput,
  OpenedTable,
  ReadChoices,
  ReadInput,
  ReadProgress,
  SuggestInput,
  TableView,
} from './data-calls.ts';
import { lookAtFields } from './look-at-fields.ts';
import { planFields } from './plan-fields.ts';
import { type ShownReport, shownReport } from './shown-report.ts';
import { suggestColumn } from './suggest-column.ts';
import { tableView } from './table-view.ts';

export interface DataDesk {
  read(input: ReadInput): Promise<OpenedTable>;
  /** Ends the reading or check that is under way, with ReadingError `cancelled`. */
  cancel(): void;
  look(mapping: Mapping): readonly FieldView[];
  suggest(input: SuggestInput): ColumnMapping;
  check(input: CheckInput): Promise<ShownReport>;
}

/** What the desk needs of the chamber around it. */
export interface DeskWorld {
  readonly plan: Plan;
  progress(progress: ReadProgress): void;
  /** The beginning of the table, while the rest is read. */
  beginning(table: TableView): void;
  now(): number;
  /** Lets the worker look at its messages. */
  pause(): Promise<void>;
  load(file: SiteFile, watch: Watch): Promise<SiteDataReport>;
}

interface Opened {
  readonly files: readonly NamedBytes[];
  readonly choices: ReadChoices;
  readonly raw: RawTable;
  readonly proposal: Proposal;
}

export function createDataDesk(world: DeskWorld): DataDesk {
  let opened: Opened | null = null;
  let turn = 0;

  /** Counts turns, so that a cancelled one finds out at its next pause. */
  const begin = () => {
    const mine = ++turn;
    const isCancelled = () => mine !== turn;
    const leaveIfCancelled = () => {
      if (isCancelled()) throw new ReadingError('cancelled', 'The reading was stopped. Nothing was sent.');
    };
    return { isCancelled, leaveIfCancelled };
  };

  return {
    async read({ files, choices, kept }) {
      const { isCancelled, leaveIfCancelled } = begin();
      opened = null;
      const startedAt = world.now();
      const tell = (stage: ReadProgress['stage'], done: number, rows: number | null) => {
        const seconds = Math.max(1e-3, (world.now() - startedAt) / 1000);
        world.progress({ stage, done, rows, rowsPerSecond: rows === null ? null : rows / seconds });
      };
      const bytes = await readAll(files, (done) => tell('loading', done, null));
      leaveIfCancelled();
      const [first] = bytes;
      const start = first === undefined || bytes.length > 1 ? null : await beginningOf(first, world.plan, choices);
      if (start !== null) world.beginning(start.view);
      const about = start === null || first === undefined ? null : start.rowsPerByte * first.bytes.length;
      const raw = await readSiteTable(world.plan, bytes, choices, {
        isCancelled,
        onProgress: async (done) => {
          tell('parsing', done, about === null ? null : Math.round(about * done));
          await world.pause();
        },
      });
      tell('looking', 1, raw.rowCount);
      await world.pause();
      leaveIfCancelled();
      const proposal = proposeMapping(raw, tableSpec(world.plan), world.plan.study);
      opened = { files: bytes, choices, raw, proposal };
      const usedKept = kept !== null && fits(kept, raw);
      const mapping = usedKept ? kept : proposal.mapping;
      return { table: tableView(raw, proposal), mapping, fields: lookAtFields(world.plan, raw, mapping, proposal), usedKept };
    },
    cancel() {
      turn += 1;
    },
    look(mapping) {
      const { raw, proposal } = required(opened);
      return lookAtFields(world.plan, raw, mapping, proposal);
    },
    suggest({ part, name, column }) {
      const field = planFields(world.plan).find((asked) => asked.part === part && asked.name === name);
      return field === undefined ? plainColumn(column) : suggestColumn(world.plan, required(opened).raw, field, column);
    },
    async check({ mapping, split, exclusions }) {
      const { files, choices, raw } = required(opened);
      const { isCancelled } = begin();
      const [splitCsv, listed] = await Promise.all(
        [split, exclusions].map((file) => (file === null ? null : readBlob(file, () => undefined))),
      );
      const file = {
        files,
        choices,
        table: raw,
        mapping,
        splitCsv: splitCsv ?? null,
        exclusions: listed ?? null,
        today: calendarDate(new Date()),
      };
      return shownReport(await world.load(file, { isCancelled, onProgress: () => world.pause() }));
    },
  };
}

/** The person's own calendar: a visit of this morning is not in the future. */
const calendarDate = (now: Date) => ({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() });

function required(opened: Opened | null): Opened {
  if (opened === null) throw new RangeError('data desk: expected a table that was read');
  return opened;
}

const BEGINNING_BYTES = 131_072;

interface Beginning {
  readonly view: TableView;
  readonly rowsPerByte: number;
}

/**
 * The beginning of a text file, read alone and at once. Its columns are judged too, so that no name of a patient is shown meanwhile.
 *
 * @returns Null for a file that only the whole reading can explain.
 */
async function beginningOf({ name, bytes }: NamedBytes, plan: Plan, choices: ReadChoices): Promise<Beginning | null> {
  const end = bytes.length <= BEGINNING_BYTES ? bytes.length : bytes.lastIndexOf(LINE_FEED, BEGINNING_BYTES) + 1;
  if (end === 0 || BINARY.some((start) => start.every((byte, at) => bytes[at] === byte))) return null;
  try {
    const raw = await readSiteTable(plan, [{ name, bytes: bytes.subarray(0, end) }], choices);
    const view = tableView(raw, proposeMapping(raw, tableSpec(plan), plan.study));
    return { view: { ...view, rowCount: null }, rowsPerByte: raw.rowCount / end };
  } catch {
    return null;
  }
}

const LINE_FEED = 0x0a;
/** A zip (Excel), Parquet, and text of two bytes a character, which cannot be cut at a line feed. */
const BINARY: readonly (readonly number[])[] = [
  [0x50, 0x4b],
  [0x50, 0x41, 0x52, 0x31],
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** A mapping of an earlier visit fits where the file has every column that it names. */
function fits(kept: Mapping, { columns }: RawTable): boolean {
  const named = [...Object.values(kept.features), ...Object.values(kept.outcome)].flatMap((entry) =>
    'column' in entry ? [entry.column, entry.until] : [],
  );
  return [...named, kept.patientId, kept.split].every((column) => column === null || columns.includes(column));
}

async function readAll(files: readonly FileInput[], onPart: (done: number) => void): Promise<readonly NamedBytes[]> {
  const total = Math.max(
    1,
    files.reduce((sum, { blob }) => sum + blob.size, 0),
  );
  let before = 0;
  const read: NamedBytes[] = [];
  for (const file of files) {
    read.push({ name: file.path, bytes: await readBlob(file, (done) => onPart((before + done) / total)) });
    before += file.blob.size;
  }
  return read;
}

/** All bytes of a file, told in parts. */
async function readBlob({ blob }: FileInput, onPart: (done: number) => void): Promise<Uint8Array> {
  const bytes = new Uint8Array(blob.size);
  const reader = blob.stream().getReader();
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, at);
    at += part.value.length;
    onPart(at);
  }
  return at === bytes.length ? bytes : bytes.subarray(0, at);
}
