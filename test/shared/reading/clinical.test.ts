/** The rules by which records become one row: windows, takes, units, references. Each expected cell is counted by hand. */
import { type RowSource, readSource } from '@consilium/shared/reading';
import { rowSource, sourceSchema } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';

const utf8 = (text: string) => new TextEncoder().encode(text);
const parsed = (source: unknown): RowSource => rowSource(sourceSchema.parse(source));
const ndjson = (name: string, items: readonly object[]) => ({ name, bytes: utf8(items.map((item) => JSON.stringify(item)).join('\n')) });

const patient = (id: string, extra: object = {}) => ({ resourceType: 'Patient', id, birthDate: '1960-06-15', ...extra });
const hb = (owner: string, date: string, value: number, unit = 'g/dL', extra: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  subject: { reference: owner },
  effectiveDateTime: date,
  valueQuantity: { value, unit, code: unit },
  ...extra,
});
const admission = (owner: string, start: string) => ({
  resourceType: 'Encounter',
  class: { code: 'IMP' },
  subject: { reference: owner },
  period: { start },
});

const FILES = [
  ndjson('patients.ndjson', [patient('a'), patient('b', { deceasedDateTime: '2021-05-01' }), patient('c')]),
  ndjson('rest.ndjson', [
    admission('Patient/a', '2020-03-10T23:30:00+02:00'),
    admission('Patient/a', '2021-01-01'),
    admission('https://server.example/fhir/Patient/b', '2020-06-01'),
    hb('Patient/a', '2020-03-09', 10),
    hb('Patient/a', '2020-03-10T08:00:00Z', 11),
    hb('Patient/a', '2020-03-11', 12),
    hb('Patient/a', '2019-01-01', 9),
    hb('Patient/a', '2020-03-10T07:00:00Z', 130, 'g/L'),
    hb('Patient/a', '2020-03-10T09:00:00Z', 99, 'g/dL', { status: 'entered-in-error' }),
    hb('Patient/b', '2020-06-30', 8.5),
    hb('Patient/nobody', '2020-06-30', 1),
  ]),
];

const column = (name: string, extra: object) => ({ name, from: 'observation', code: '718-7', unit: 'g/dL', ...extra });
const SOURCE = {
  kind: 'fhir',
  timeZero: { by: 'record', from: 'encounter', code: 'IMP' },
  columns: [
    { name: 'id', from: 'patient', field: 'id' },
    { name: 'age', from: 'patient', field: 'age' },
    column('last_before', { window: { from: -365, to: 0 } }),
    column('first_ever', { take: 'first' }),
    column('mean_near', { take: 'mean', window: { from: -1, to: 1 } }),
    column('lowest', { take: 'min' }),
    column('highest', { take: 'max' }),
    column('how_many', { take: 'count', window: { from: 1, to: null } }),
    { name: 'back', from: 'encounter', code: 'IMP', take: 'any', window: { from: 1, to: 365 } },
    { name: 'back_days', from: 'encounter', code: 'IMP', take: 'days', window: { from: 1 } },
    { name: 'died', from: 'death', window: { from: 0, to: 365 } },
  ],
};

describe('one row per patient', () => {
  it('counts days from each patient’s time zero, and leaves out patients without one', async () => {
    const read = await readSource(FILES, parsed(SOURCE));
    expect(read.rows).toEqual([
      ['a', '59', '11', '9', '11', '9', '12', '1', '1', '297', '0'],
      ['b', '59', '', '8.5', '', '8.5', '8.5', '1', '0', '', '1'],
    ]);
    expect(read.dropped).toEqual([{ row: 3, line: 3, kind: 'no-time-zero', reason: 'Patient 3 has no time zero.' }]);
    expect([...read.rowNumber]).toEqual([1, 2]);
    const notes = read.notes.join('\n');
    expect(notes).toContain('1 resources are marked as cancelled');
    expect(notes).toContain('1 resources refer to a patient who is not in these files');
    expect(notes).toContain('last_before: 1 values are not in g/dL');
  });

  it('follows references of every kind: urn:uuid, address, history, identifier', async () => {
    const bundle = {
      resourceType: 'Bundle',
      entry: [
        { fullUrl: 'urn:uuid:11', resource: patient('x', { identifier: [{ system: 'urn:mrn', value: '77' }] }) },
        { resource: hb('urn:uuid:11', '2020-01-01', 1) },
        { resource: hb('Patient/x', '2020-01-02', 2) },
        { resource: hb('http://h/fhir/Patient/x/_history/3', '2020-01-03', 3) },
        { resource: { ...hb('', '2020-01-04', 4), subject: { identifier: { system: 'urn:mrn', value: '77' } } } },
        { resource: { resourceType: 'Claim', id: 'c' } },
        null,
      ],
    };
    const source = parsed({ kind: 'fhir', columns: [column('n', { take: 'count' }), column('last', {})] });
    expect((await readSource([ndjson('bundle.json', [bundle])], source)).rows).toEqual([['4', '4']]);
  });

  it('takes coded, textual and compared values, and medications by reference', async () => {
    const files = [
      ndjson('all.ndjson', [
        patient('x'),
        { ...hb('Patient/x', '2020-01-01', 0), valueQuantity: { value: 0.5, comparator: '<', unit: 'mg' } },
        {
          resourceType: 'Observation',
          code: { text: 'Smoking' },
          subject: { reference: 'Patient/x' },
          valueCodeableConcept: { text: 'Never' },
        },
        { resourceType: 'Observation', code: { coding: [{ code: 'n' }] }, subject: { reference: 'Patient/x' }, valueString: 'free' },
        { resourceType: 'Medication', id: 'm', code: { coding: [{ code: '860975', display: 'Metformin' }] } },
        {
          resourceType: 'MedicationRequest',
          status: 'active',
          subject: { reference: 'Patient/x' },
          medicationReference: { reference: 'Medication/m' },
        },
        {
          resourceType: 'MedicationRequest',
          status: 'cancelled',
          subject: { reference: 'Patient/x' },
          medicationReference: { reference: 'Medication/m' },
        },
      ]),
    ];
    const source = parsed({
      kind: 'fhir',
      columns: [
        { name: 'hb', from: 'observation', code: '718-7' },
        { name: 'smoking', from: 'observation', display: 'Smoking' },
        { name: 'note', from: 'observation', code: 'n' },
        { name: 'metformin', from: 'medication', code: '860975', take: 'count' },
      ],
    });
    expect((await readSource(files, source)).rows).toEqual([['<0.5', 'Never', 'free', '1']]);
  });

  it('takes the value of an OMOP concept where there is no number, by any of a record’s codes', async () => {
    const files = [
      { name: 'person.csv', bytes: utf8('PERSON_ID,YEAR_OF_BIRTH\n1,1950\n2,1960\n') },
      {
        name: 'MEASUREMENT.csv',
        bytes: utf8(
          'measurement_id,person_id,measurement_concept_id,measurement_date,value_as_number,value_as_concept_id,measurement_source_value\n10,1,300,2020-01-01,6,0,L1\n9,1,300,2020-01-01,5,0,L1\n3,1,300,2020-01-02,,45,L1\n4,3,300,2020-01-02,7,0,L1\n',
        ),
      },
      {
        name: 'CONCEPT.csv',
        bytes: utf8('concept_id,concept_name,vocabulary_id,concept_code\n300,Thing,LOINC,1-1\n45,Positive,SNOMED,9\n'),
      },
      { name: 'DEATH.csv', bytes: utf8('person_id,death_date\n') },
    ];
    const source = parsed({
      kind: 'omop',
      columns: [
        { name: 'last', from: 'measurement', code: '1-1', system: 'LOINC' },
        { name: 'number', from: 'measurement', code: 300, field: 'value_as_number' },
        { name: 'named', from: 'measurement', display: 'Thing', take: 'count' },
        { name: 'died', from: 'death' },
      ],
    });
    const read = await readSource(files, source);
    expect(read.rows).toEqual([
      ['Positive', '6', '3', '0'],
      ['', '', '0', '0'],
    ]);
    expect(read.notes.join()).toContain('1 rows of MEASUREMENT name a person who is not in PERSON');
  });
});
