/** The FHIR and OMOP folders beside the repository, and the sources that must give their expected tables. Null where they are absent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DATA = new URL('../../../shared/data/', import.meta.url).pathname;

export const clinicalIsAbsent = !existsSync(join(DATA, 'fhir-synthea')) || !existsSync(join(DATA, 'omop-synthea27'));
if (clinicalIsAbsent) console.warn('FHIR and OMOP tests are skipped: ../shared/data/fhir-synthea and omop-synthea27 are not there');

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function folder(path: string): NamedFile[] {
  const names = readdirSync(join(DATA, path)).filter((name) => /\.(?:json|ndjson|csv)$/.test(name) && name !== 'expected-features.csv');
  return names.sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(DATA, path, name))) }));
}

/** A plain CSV without quotes, the obvious way. */
export function expectedTable(path: string): { readonly header: string[]; readonly rows: string[][] } {
  const [header = '', ...lines] = readFileSync(join(DATA, path, 'expected-features.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  return { header: header.split(','), rows: lines.map((line) => line.split(',')) };
}

const LOINC = 'http://loinc.org';
const lab = (code: string) => ({ name: `loinc_${code}`, from: 'observation', code, system: LOINC });
const has = (name: string, display: string) => ({ name: `has_${name}`, from: 'condition', display, take: 'any' });

/** As a plan writes it. */
export const FHIR_SOURCE = {
  kind: 'fhir',
  columns: [
    { name: 'patient', from: 'patient', field: 'id' },
    ...['gender', 'birthDate', 'deceased'].map((field) => ({ name: field, from: 'patient', field })),
    { name: 'bp_systolic', from: 'observation', code: '55284-4', component: '8480-6' },
    { name: 'bp_diastolic', from: 'observation', code: '8462-4' },
    ...'18262-6 2085-9 2093-3 2339-0 2571-8 29463-7 33914-3 38483-4 39156-5 4548-4 718-7 72166-2 8302-2'.split(' ').map(lab),
    has('hypertension', 'Hypertension'),
    has('diabetes', 'Diabetes'),
    has('prediabetes', 'Prediabetes'),
    has('coronary_heart_disease', 'Coronary Heart Disease'),
    { name: 'n_conditions', from: 'condition', take: 'count' },
  ],
} as const;

const measured = (name: string, code: string) => ({ name, from: 'measurement', code, field: 'value_as_number' });
const counted = (name: string, from: string) => ({ name, from, take: 'count' });

export const OMOP_SOURCE = {
  kind: 'omop',
  columns: [
    { name: 'person_id', from: 'patient', field: 'id' },
    { name: 'gender', from: 'patient', field: 'gender_source_value' },
    { name: 'year_of_birth', from: 'patient', field: 'year_of_birth' },
    { name: 'died', from: 'death' },
    measured('systolic', '8480-6'),
    measured('diastolic', '8462-4'),
    measured('bmi', '39156-5'),
    measured('weight_kg', '29463-7'),
    measured('height_cm', '8302-2'),
    measured('total_cholesterol', '2093-3'),
    measured('hba1c', '4548-4'),
    measured('creatinine', '38483-4'),
    counted('n_visits', 'visit'),
    { name: 'n_inpatient', from: 'visit', code: 9201, take: 'count' },
    counted('n_conditions', 'condition'),
    counted('n_drugs', 'drug'),
    counted('n_measurements', 'measurement'),
    { name: 'has_hypertension', from: 'condition', code: 320128, take: 'any' },
  ],
} as const;
