/**
 * The chamber's part of using a model's file: it reads patients, scores them, and tells of one. Rows stay here; scores and reasons are for the
 * page. No study is needed, and nothing is ever sent.
 */
import { parseModel, type ReleasedModel, type Score, scoreRows, scoreTable } from '@consilium/shared/export';
import { modelForecast, type PatientValues, type SiteForecast } from '@consilium/shared/prediction';
import { readTable } from '@consilium/shared/reading';
import { type CheckedTable, type Mapping, parseMapping } from '@consilium/shared/schema';
import { ChamberError } from './chamber-error.ts';

export interface ScoreInput {
  readonly file: File;
  /** A saved mapping as JSON; null where the file's columns have the study's names, units and codes. */
  readonly mapping: string | null;
}

export interface ScoringDesk {
  use(text: string): void;
  /** Rows in the file's order. Throws ReadingError or SchemaError with a plain sentence. */
  score(input: ScoreInput): Promise<readonly Score[]>;
  /** The values of a row that was scored; null for any other, so that a refused cell never counts as one that is not known. */
  values(row: number): PatientValues | null;
  forecast(values: PatientValues): SiteForecast;
}

export function createScoringDesk(): ScoringDesk {
  let model: ReleasedModel | null = null;
  let table: CheckedTable | null = null;
  let scored: ReadonlySet<number> = new Set();

  const used = (): ReleasedModel => {
    if (model === null) throw new ChamberError('chamber-closed', 'No model has been chosen.');
    return model;
  };

  return {
    use(text) {
      const parsed = parseModel(text);
      if (!parsed.ok) throw new ChamberError('not-a-model', parsed.problem);
      model = parsed.model;
      table = null;
    },
    async score({ file, mapping }) {
      const own = used();
      table = null;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const raw = await readTable(bytes, file.name, {}, { expected: own.features.map(({ column }) => column) });
      table = scoreTable(raw, own, mapping === null ? null : readMapping(mapping));
      const scores = scoreRows(own, table);
      scored = new Set(scores.flatMap(({ row, kind }) => (kind === 'scored' ? [row] : [])));
      return scores;
    },
    values(row) {
      const at = table === null || !scored.has(row) ? -1 : table.rowNumber.indexOf(row);
      if (table === null || at < 0) return null;
      return Object.fromEntries(used().features.map(({ name }) => [name, table?.values.get(name)?.[at] ?? Number.NaN]));
    },
    forecast: (values) => modelForecast(used(), values),
  };
}

/** @throws ChamberError `not-a-mapping`. */
function readMapping(text: string): Mapping {
  try {
    return parseMapping(JSON.parse(text));
  } catch (error) {
    throw new ChamberError('not-a-mapping', error instanceof Error ? error.message : '');
  }
}
