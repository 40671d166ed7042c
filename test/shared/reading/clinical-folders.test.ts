/** Real folders of FHIR and OMOP against tables that were made from them independently, in Python. */
import { type RowSource, readClinical, readSource } from '@consilium/shared/reading';
import { rowSource, sourceSchema } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { clinicalIsAbsent, expectedTable, FHIR_SOURCE, folder, OMOP_SOURCE } from '../../reference/clinical-folders.ts';

const parsed = (source: unknown): RowSource => rowSource(sourceSchema.parse(source));

describe.skipIf(clinicalIsAbsent)('a folder of bulk FHIR', () => {
  it('gives every expected cell', async () => {
    const expected = expectedTable('fhir-synthea');
    const read = await readSource(folder('fhir-synthea/ndjson'), parsed(FHIR_SOURCE));
    expect(read.columns).toEqual(expected.header);
    expect([...read.rows].sort((a, b) => (a[0]! < b[0]! ? -1 : 1))).toEqual(expected.rows);
    expect(expected.rows.length).toBe(50);
  });

  it('reads bundles with their own references and what an importer should skip', async () => {
    const read = await readSource(folder('fhir-synthea/bundles'), parsed(FHIR_SOURCE));
    expect(read.rowCount).toBe(4);
    expect(read.notes.join()).toMatch(/Not used: .*\d+ Claim/);
    const deceased = read.columns.indexOf('deceased');
    expect(read.rows.filter((row) => row[deceased] === '1').length).toBe(1);
    expect(read.dropped).toEqual([]);
  });

  it('reports broken lines with their file, and keeps the others', async () => {
    const files = folder('fhir-synthea/ndjson').map((file) => {
      if (file.name !== 'Observation.ndjson') return file;
      const lines = new TextDecoder().decode(file.bytes).split('\n');
      lines.splice(4, 0, '{"resourceType":"Observation","id":');
      lines.splice(9, 0, '[1, 2');
      return { name: file.name, bytes: new TextEncoder().encode(lines.join('\n')) };
    });
    const read = await readSource(files, parsed(FHIR_SOURCE));
    expect(read.dropped.map(({ reason }) => reason)).toEqual([
      'Line 5 of Observation.ndjson is not JSON.',
      'Line 10 of Observation.ndjson is not JSON.',
    ]);
    expect([...read.rows].sort((a, b) => (a[0]! < b[0]! ? -1 : 1))).toEqual(expectedTable('fhir-synthea').rows);
  });
});

describe.skipIf(clinicalIsAbsent)('a folder of OMOP tables', () => {
  it('gives every expected cell', async () => {
    const expected = expectedTable('omop-synthea27');
    const read = await readSource(folder('omop-synthea27'), parsed(OMOP_SOURCE));
    expect(read.columns).toEqual(expected.header);
    expect(read.rows).toEqual(expected.rows);
    expect(expected.rows.length).toBe(28);
    expect(read.dropped).toEqual([]);
  });

  it('gives the same with small names, tabs and capital columns', async () => {
    const files = folder('omop-synthea27').map(({ name, bytes }) => {
      const [header = '', ...lines] = new TextDecoder().decode(bytes).split('\n');
      return { name: `cdm/${name.toLowerCase()}`, bytes: new TextEncoder().encode([header.toUpperCase(), ...lines].join('\n')) };
    });
    expect((await readSource(files, parsed(OMOP_SOURCE))).rows).toEqual(expectedTable('omop-synthea27').rows);
  });

  it('shows concepts that CONCEPT does not list as their number', async () => {
    const source = parsed({ kind: 'omop', columns: [{ name: 'gender', from: 'patient', field: 'gender_concept_id.display' }] });
    const read = await readSource(folder('omop-synthea27'), source);
    expect(new Set(read.rows.flat())).toEqual(new Set(['8507', '8532']));
  });

  it('needs PERSON', async () => {
    const files = folder('omop-synthea27').filter(({ name }) => name !== 'PERSON.csv');
    const source = parsed(OMOP_SOURCE) as Parameters<typeof readClinical>[1];
    await expect(readClinical(files, source)).rejects.toMatchObject({ code: 'bad-source' });
  });
});
