/** REDCap exports, raw and with labels, longitudinal and repeating; the data dictionary as features of a plan. */
import { featuresFromRedcap, type RowSource, readSource } from '@consilium/shared/reading';
import { featureSchema } from '@consilium/shared/schema';
import { rowSource, sourceSchema } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';

const utf8 = (text: string) => new TextEncoder().encode(text);
const redcap = (extra: object = {}): RowSource => rowSource(sourceSchema.parse({ kind: 'redcap', ...extra }));
const read = (text: string, extra: object = {}) => readSource([{ name: 'export.csv', bytes: utf8(text) }], redcap(extra));

const LONG = [
  'record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,age,sbp,comorbid___1,comorbid___2,hb',
  '1,baseline_arm_1,,,61,140,1,0,',
  '1,month_6_arm_1,,,,131,,,',
  '1,baseline_arm_1,labs,1,,,,,13.1',
  '1,baseline_arm_1,labs,2,,,,,12.4',
  '2,baseline_arm_1,,,48,120,0,0,',
  '2,month_6_arm_1,,,,118,,,',
  '2,month_6_arm_1,labs,2,,,,,11',
  '2,month_6_arm_1,labs,1,,,,,10',
  '3,baseline_arm_1,,,70,,0,1,',
].join('\n');

describe('a REDCap export', () => {
  it('becomes one row per record: the first event that has a value, the last repeat', async () => {
    const table = await read(LONG);
    expect(table.columns).toEqual(['record_id', 'age', 'sbp', 'comorbid___1', 'comorbid___2', 'hb']);
    expect(table.rows).toEqual([
      ['1', '61', '140', '1', '0', '12.4'],
      ['2', '48', '120', '0', '0', '11'],
      ['3', '70', '', '0', '1', ''],
    ]);
    expect([...table.lineOfRow]).toEqual([2, 6, 10]);
    expect(table.notes.join()).toContain('9 rows of events and repeats were folded into 3 records');
  });

  it('takes the event and the repeat that the plan names, for all or for one column', async () => {
    const table = await read(LONG, {
      event: 'month_6_arm_1',
      columns: [
        { name: 'sbp_start', field: 'sbp', event: 'baseline_arm_1' },
        { name: 'hb_mean', field: 'hb', event: 'first', take: 'mean' },
        { name: 'labs', field: 'hb', event: 'last', take: 'count' },
      ],
    });
    const column = (name: string) => table.rows.map((row) => row[table.columns.indexOf(name)]);
    expect(column('age')).toEqual(['', '', '']);
    expect(column('sbp')).toEqual(['131', '118', '']);
    expect(column('sbp_start')).toEqual(['140', '120', '']);
    expect(column('hb_mean')).toEqual(['12.75', '10.5', '']);
    expect(column('labs')).toEqual(['2', '2', '0']);
  });

  it('reads an export with labels as the raw one', async () => {
    const labelled =
      'Record ID,Event Name,Repeat Instrument,Repeat Instance,Age,Diseases (choice=Diabetes)\n1,Baseline,,,61,Checked\n2,Baseline,,,48,Unchecked\n2,Month 6,,,49,\n';
    const table = await read(labelled, { event: 'Baseline' });
    expect(table.columns).toEqual(['Record ID', 'Age', 'Diseases (choice=Diabetes)']);
    expect(table.rows).toEqual([
      ['1', '61', '1'],
      ['2', '48', '0'],
    ]);
  });

  it('names an event or a variable that is not there', async () => {
    await expect(read(LONG, { event: 'year_1' })).rejects.toMatchObject({
      code: 'bad-source',
      message: expect.stringContaining('"month_6_arm_1"'),
    });
    await expect(read(LONG, { record: 'pid' })).rejects.toMatchObject({ code: 'bad-source' });
  });
});

const HEADER =
  'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, Calculations, OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...),Required Field?';

describe('a REDCap data dictionary', () => {
  const { features, notices } = featuresFromRedcap(
    utf8(
      [
        HEADER,
        'record_id,demo,,text,Record ID,,,,,,,,',
        'name,demo,,text,Name,,,,,,y,,',
        'age,demo,,text,<b>Age</b> at visit (years),,,integer,18,110,,,y',
        'sbp,demo,,text,Systolic pressure,,mmHg,number,,,,,',
        'sex,demo,,radio,Sex,"1, Male | 2, Female",,,,,,,',
        'smoker,demo,,dropdown,Smoker,"1, Yes | 0, No | 9, Unknown",,,,,,,',
        'nyha,demo,,radio,NYHA class,"1, I | 2, II | 3, III | 4, IV",,,,,,,',
        'diabetes,demo,,yesno,Diabetes,,,,,,,,',
        'comorbid,demo,,checkbox,Comorbidities,"1, COPD | -9, Other, severe",,,,,,,',
        'pain,demo,,slider,Pain,none | | worst,,number,,,,,',
        'seen,demo,,text,Date of visit,,,date_ymd,,,,,',
        'intro,demo,,descriptive,Hello,,,,,,,,',
      ].join('\n'),
    ),
  );

  it('gives features that a plan accepts', () => {
    for (const feature of features) expect(featureSchema.safeParse(feature).success, feature.name).toBe(true);
    expect(features.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'age number',
      'sbp number',
      'sex binary',
      'smoker binary',
      'nyha category',
      'diabetes binary',
      'comorbid___1 binary',
      'comorbid____9 binary',
      'pain number',
    ]);
    expect(features[0]).toEqual({
      name: 'age',
      label: 'Age at visit (years)',
      required: true,
      type: 'number',
      range: [18, 110],
      unit: 'years',
    });
    expect(features[1]).toMatchObject({ unit: 'mmHg' });
    expect(features[3]).toMatchObject({
      codes: [
        { code: '0', label: 'No' },
        { code: '1', label: 'Yes' },
      ],
      missing: ['9'],
    });
    expect(features[7]).toMatchObject({ label: 'Comorbidities: Other, severe' });
  });

  it('says what was left out, and what needs a look', () => {
    const text = notices.join('\n');
    expect(text).toContain('name is marked as an identifier');
    expect(text).toContain('sbp has no lowest and highest value');
    expect(text).toContain('smoker: 9 is taken as missing');
    expect(text).toContain('seen is a date or time');
    expect(text).toContain('intro is a description');
  });

  it('loses no field without a word: a broken line, a name twice, a name no feature can have', () => {
    const long = `a${'b'.repeat(79)}`;
    const { features, record, fields, notices } = featuresFromRedcap(
      utf8(
        [
          HEADER,
          'study_id,demo,,text,Study ID,,,integer,,,,,',
          'age,demo,,text,Age,,,integer,18,110,,,',
          'age,demo,,text,Age,,,integer,18,110,,,',
          'broken,demo,,text',
          `${long},demo,,yesno,Long,,,,,,,"[age] > 50",`,
          'last,demo,,yesno,Last,,,,,,,,',
        ].join('\n'),
      ),
    );
    expect([record, fields]).toEqual(['study_id', ['study_id', 'age', long, 'last']]);
    for (const feature of features) expect(featureSchema.safeParse(feature).success, feature.name).toBe(true);
    expect(features.map(({ name, column = name }) => column)).toEqual(['age', long, 'last']);
    expect(notices).toEqual([
      'Line 5 was left out: it has 4 cells, the first line 13.',
      'study_id is the record id and was left out.',
      'age stands twice in the dictionary; the second was left out.',
      `${long} is asked only where [age] > 50; elsewhere it is empty, which a plan takes as missing.`,
    ]);
  });

  it('is told from another CSV file', () => {
    expect(() => featuresFromRedcap(utf8('a,b\n1,2\n'))).toThrow(/not a REDCap data dictionary/);
  });
});
