import {
  columnOf,
  entryOf,
  type Field,
  isLeftOut,
  notCollected,
  withAccepted,
  withCode,
  withColumn,
  withMissing,
  withUnit,
  withUntil,
} from '@consilium/client/session';
import { emptyMapping, parseMapping } from '@consilium/shared/schema';
import { describe, expect, it } from 'vitest';

const start = emptyMapping('demo');
const creatinine: Field = { part: 'feature', name: 'creatinine' };
const smoker: Field = { part: 'feature', name: 'smoker' };
const outcome: Field = { part: 'outcome', name: 'readmitted' };
const patient: Field = { part: 'patient', name: 'patient' };

describe('a gesture on a mapping', () => {
  it('gives a field a column, and another one without the unit, codes and missing codes of the first', () => {
    const first = withMissing(withUnit(withColumn(start, creatinine, 'krea'), creatinine, 'umol/L'), creatinine, '-9', true);
    expect(first.features.creatinine).toEqual({ column: 'krea', unit: 'umol/L', codes: [], missing: ['-9'], until: null });
    const second = withColumn(first, creatinine, 'krea2');
    expect(second.features.creatinine).toEqual({ column: 'krea2', unit: null, codes: [], missing: [], until: null });
    expect(first.features.creatinine).toMatchObject({ column: 'krea' });
    expect(columnOf(withColumn(second, creatinine, null), creatinine)).toBeNull();
  });

  it('keeps the very same mapping where nothing changes, so that nothing is to be undone', () => {
    const mapped = withColumn(start, creatinine, 'krea');
    expect(withColumn(mapped, creatinine, 'krea')).toBe(mapped);
    expect(withMissing(mapped, creatinine, '-9', false)).toBe(mapped);
  });

  it('says that a feature is not collected, and takes that back with a column', () => {
    const without = notCollected(withColumn(start, creatinine, 'krea'), creatinine);
    expect(isLeftOut(without, creatinine)).toBe(true);
    expect(entryOf(without, creatinine)).toBeNull();
    expect(isLeftOut(withColumn(without, creatinine, 'krea'), creatinine)).toBe(false);
  });

  it('settles a doubt about the unit by choosing the study’s own, and opens it again with another', () => {
    const mapped = withColumn(start, creatinine, 'krea');
    const own = withUnit(mapped, creatinine, null);
    expect(own.accepted).toEqual(['unit:creatinine']);
    const other = withUnit(own, creatinine, 'umol/L');
    expect(other.accepted).toEqual([]);
    expect(other.features.creatinine).toMatchObject({ unit: 'umol/L' });
  });

  it('gives a text one meaning: a code, or missing, or none', () => {
    const mapped = withColumn(start, smoker, 'kouření');
    const coded = withCode(withCode(mapped, smoker, 'ano', '1'), smoker, 'ano', '2');
    expect(coded.features.smoker).toMatchObject({ codes: [{ from: 'ano', to: '2' }] });
    const missing = withMissing(coded, smoker, 'ano', true);
    expect(missing.features.smoker).toMatchObject({ codes: [], missing: ['ano'] });
    expect(withCode(missing, smoker, 'ano', '2').features.smoker).toMatchObject({ codes: [{ from: 'ano', to: '2' }], missing: [] });
    expect(withCode(coded, smoker, 'ano', null).features.smoker).toMatchObject({ codes: [] });
  });

  it('writes outcome, patient and time fields where the plan’s readers look for them', () => {
    const whole = withUntil(
      withColumn(withColumn(withColumn(start, outcome, 'znovu'), patient, 'pac'), creatinine, 'narozen'),
      creatinine,
      'příjem',
    );
    expect(whole.outcome.readmitted?.column).toBe('znovu');
    expect(whole.patientId).toBe('pac');
    expect(whole.features.creatinine).toMatchObject({ column: 'narozen', until: 'příjem' });
    expect(withAccepted(withAccepted(whole, 'leak:x', true), 'leak:x', false).accepted).toEqual([]);
  });

  it('gives a mapping that can be saved and read again unchanged', () => {
    const edited = withCode(notCollected(withColumn(start, outcome, 'znovu'), creatinine), outcome, 'ano', '1');
    expect(parseMapping(JSON.parse(JSON.stringify(edited)))).toEqual(edited);
  });
});
