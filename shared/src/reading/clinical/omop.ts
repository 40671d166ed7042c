/**
 * Tables of the OMOP common data model to persons with their records. Names of files and columns may be in capitals or not; concepts that
 * CONCEPT does not list show as their number. Source: OHDSI, OMOP CDM 5.4, https://ohdsi.github.io/CommonDataModel/cdm54.html.
 */
import { readCsv } from '../csv.ts';
import { type RawTable, ReadingError } from '../raw-table.ts';
import { bareName, type ClinicalFile, unpacked } from './file-text.ts';
import type { ClinicalData, ClinicalRecord, Coding, PatientRecords } from './records-of-patients.ts';
import type { RecordKind } from './source.ts';

interface TableForm {
  readonly kind: RecordKind;
  readonly id: string;
  readonly concept: string;
  readonly sourceConcept: string;
  readonly source: string;
  readonly dates: readonly string[];
}

const form = (kind: RecordKind, name: string, idName: string, dates: readonly string[]): TableForm => ({
  kind,
  id: idName,
  concept: `${name}_concept_id`,
  sourceConcept: `${name}_source_concept_id`,
  source: `${name}_source_value`,
  dates,
});
const TABLES: Record<string, TableForm> = {
  measurement: form('measurement', 'measurement', 'measurement_id', ['measurement_datetime', 'measurement_date']),
  observation: form('observation', 'observation', 'observation_id', ['observation_datetime', 'observation_date']),
  condition_occurrence: form('condition', 'condition', 'condition_occurrence_id', ['condition_start_datetime', 'condition_start_date']),
  drug_exposure: form('drug', 'drug', 'drug_exposure_id', ['drug_exposure_start_datetime', 'drug_exposure_start_date']),
  procedure_occurrence: form('procedure', 'procedure', 'procedure_occurrence_id', ['procedure_datetime', 'procedure_date']),
  visit_occurrence: form('visit', 'visit', 'visit_occurrence_id', ['visit_start_datetime', 'visit_start_date']),
  death: form('death', 'cause', '', ['death_datetime', 'death_date']),
};

interface Table {
  readonly raw: RawTable;
  /** The text of a column by its name in small letters; '' if there is none. */
  readonly at: (row: number, column: string) => string;
}

/** @throws ReadingError without a PERSON table, or for a table that cannot be read. */
export function readOmop(files: readonly ClinicalFile[]): ClinicalData {
  const byName = new Map(files.map((file) => [bareName(file.name), file]));
  const person = byName.get('person');
  if (person === undefined) throw new ReadingError('bad-source', 'There is no PERSON table among these files.');
  const notes: string[] = [];
  const broken: { file: string; line: number; reason: string }[] = [];
  const open = (name: string) => openTable(byName.get(name), broken);
  const concepts = readConcepts(open('concept'));
  const persons = open('person');
  if (persons === null) throw new ReadingError('no-rows', 'The PERSON table holds no persons.');
  const records = new Map<string, ClinicalRecord[]>();
  for (let row = 0; row < persons.raw.rowCount; row++) records.set(persons.at(row, 'person_id'), []);
  for (const [name, shape] of Object.entries(TABLES)) {
    const table = open(name);
    if (table === null) continue;
    if (!table.raw.columns.some((column) => column.toLowerCase() === 'person_id')) {
      broken.push({ file: byName.get(name)?.name ?? name, line: 1, reason: 'has no column person_id' });
      continue;
    }
    let orphans = 0;
    for (let row = 0; row < table.raw.rowCount; row++) {
      const list = records.get(table.at(row, 'person_id'));
      if (list === undefined) orphans++;
      else list.push(recordOf(table, row, shape, concepts));
    }
    if (orphans > 0) notes.push(`${orphans} rows of ${name.toUpperCase()} name a person who is not in PERSON and were left out.`);
  }
  const others = [...byName.keys()].filter((name) => !(name in TABLES) && !['person', 'concept'].includes(name));
  if (others.length > 0) notes.push(`Not used: ${others.join(', ')}.`);
  const patients = Array.from({ length: persons.raw.rowCount }, (_, row) => personOf(persons, row, records, concepts));
  return { patients, broken, notes };
}

function openTable(file: ClinicalFile | undefined, broken: { file: string; line: number; reason: string }[]): Table | null {
  if (file === undefined) return null;
  try {
    const raw = readCsv(unpacked(file), { headerRow: 1 });
    const positions = new Map(raw.columns.map((name, column) => [name.toLowerCase(), column]));
    for (const { line, reason, kind } of raw.dropped)
      if (kind !== 'blank') broken.push({ file: file.name, line, reason: reason.replace(/^Line \d+ (.*)\.$/, '$1') });
    for (const { line } of raw.ragged) broken.push({ file: file.name, line, reason: 'has another number of cells than its header' });
    return {
      raw,
      at: (row, name) => {
        const column = positions.get(name);
        return column === undefined ? '' : raw.cell(row, column).trim();
      },
    };
  } catch (error) {
    // An export writes a header for a table without rows.
    if (error instanceof ReadingError && (error.code === 'no-rows' || error.code === 'empty-file')) return null;
    if (error instanceof ReadingError) throw new ReadingError(error.code, `${file.name}: ${error.message}`);
    throw error;
  }
}

type Concepts = ReadonlyMap<string, Coding>;

function readConcepts(table: Table | null): Concepts {
  const concepts = new Map<string, Coding>();
  if (table === null) return concepts;
  for (let row = 0; row < table.raw.rowCount; row++) {
    concepts.set(table.at(row, 'concept_id'), {
      system: table.at(row, 'vocabulary_id'),
      code: table.at(row, 'concept_code'),
      display: table.at(row, 'concept_name'),
    });
  }
  return concepts;
}

function recordOf(table: Table, row: number, shape: TableForm, concepts: Concepts): ClinicalRecord {
  const text = (column: string) => table.at(row, column);
  const id = Number(text(shape.id));
  return {
    kind: shape.kind,
    codings: codingsOf([text(shape.concept), text(shape.sourceConcept)], text(shape.source), concepts),
    date: shape.dates.map(text).find((date) => date !== '') ?? '',
    order: Number.isFinite(id) ? id : row,
    value: shape.kind === 'death' ? '1' : recordedValue(text, concepts),
    unit: text('unit_source_value') || (concepts.get(text('unit_concept_id'))?.code ?? text('unit_concept_id')),
    components: [],
    field: (path) => fieldOf(text, path.toLowerCase(), concepts),
  };
}

/** A record's concept, the concept of its source, and the source's own code; each concept by its number and by its code. */
function codingsOf(ids: readonly string[], source: string, concepts: Concepts): Coding[] {
  const codings: Coding[] = [];
  for (const id of ids) {
    if (id === '') continue;
    const concept = concepts.get(id);
    codings.push({ system: 'OMOP', code: id, display: concept?.display ?? id });
    if (concept !== undefined) codings.push(concept);
  }
  if (source !== '') codings.push({ system: 'source', code: source, display: '' });
  return codings;
}

function recordedValue(text: (column: string) => string, concepts: Concepts): string {
  const plain = text('value_as_number') || text('value_as_string');
  if (plain !== '') return plain;
  const concept = text('value_as_concept_id');
  return concept === '' || concept === '0' ? '' : (concepts.get(concept)?.display ?? concept);
}

/** A column, or with `.display` the name of the concept whose number it holds. */
function fieldOf(text: (column: string) => string, path: string, concepts: Concepts): string {
  if (!path.endsWith('.display')) return text(path);
  const id = text(path.slice(0, -8));
  return concepts.get(id)?.display ?? id;
}

function personOf(
  persons: Table,
  row: number,
  records: ReadonlyMap<string, readonly ClinicalRecord[]>,
  concepts: Concepts,
): PatientRecords {
  const text = (column: string) => persons.at(row, column);
  const id = text('person_id');
  const own = records.get(id) ?? [];
  const death = own.find(({ kind }) => kind === 'death');
  return {
    id,
    records: own,
    field: (path) => {
      if (path === 'id') return id;
      if (path === 'birthDate') return birthDate(text);
      if (path === 'deceased') return death === undefined ? '0' : '1';
      if (path === 'deceasedDate') return death?.date ?? '';
      return fieldOf(text, path.toLowerCase(), concepts);
    },
  };
}

function birthDate(text: (column: string) => string): string {
  const parts = [text('year_of_birth'), text('month_of_birth'), text('day_of_birth')];
  if (parts[0] === '') return text('birth_datetime').slice(0, 10);
  const known = parts.slice(0, parts.includes('') ? parts.indexOf('') : 3);
  return known.map((part, index) => part.padStart(index === 0 ? 4 : 2, '0')).join('-');
}
