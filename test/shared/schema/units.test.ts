/** Conversions against published factors, their inverses, and mappings as files. */
import {
  type Conversion,
  conversionBetween,
  convert,
  emptyMapping,
  MappingError,
  mappingSchema,
  normalizeUnit,
  parseMapping,
  quantityNamed,
} from '@consilium/shared/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/**
 * Factors from conventional to SI units as the AMA Manual of Style (11th edition, table 17.5-1) and the SI tables of clinical chemistry
 * print them, to their printed digits; HbA1c pairs from the NGSP's table; lengths, masses and temperatures from their definitions.
 */
const PUBLISHED: [string, string, number, string, number, number][] = [
  ['glucose', 'mg/dL', 100, 'mmol/L', 5.55, 0.01],
  ['cholesterol', 'mg/dL', 200, 'mmol/L', 5.18, 0.01],
  ['ldl', 'mg/dL', 100, 'mmol/L', 2.59, 0.01],
  ['hdl', 'mg/dL', 40, 'mmol/L', 1.036, 0.01],
  ['triglycerides', 'mg/dL', 150, 'mmol/L', 1.695, 0.01],
  ['creatinine', 'mg/dL', 1, 'umol/L', 88.4, 0.01],
  ['bun', 'mg/dL', 20, 'mmol/L', 7.14, 0.01],
  ['bilirubin', 'mg/dL', 1, 'umol/L', 17.104, 0.01],
  ['calcium', 'mg/dL', 10, 'mmol/L', 2.5, 0.01],
  ['uric acid', 'mg/dL', 7, 'umol/L', 416.36, 0.01],
  ['phosphate', 'mg/dL', 3, 'mmol/L', 0.969, 0.01],
  ['magnesium', 'mg/dL', 2, 'mmol/L', 0.823, 0.01],
  ['lactate', 'mg/dL', 9, 'mmol/L', 0.999, 0.01],
  ['iron', 'ug/dL', 100, 'umol/L', 17.9, 0.01],
  ['vitamin d', 'ng/mL', 20, 'nmol/L', 49.92, 0.01],
  ['haemoglobin', 'g/dL', 13.5, 'g/L', 135, 1e-9],
  ['haemoglobin', 'g/dL', 16, 'mmol/L', 9.93, 0.01],
  ['albumin', 'g/dL', 4.2, 'g/L', 42, 1e-9],
  ['hba1c', '%', 6, 'mmol/mol', 42, 0.02],
  ['hba1c', '%', 7, 'mmol/mol', 53, 0.01],
  ['hba1c', '%', 8, 'mmol/mol', 64, 0.01],
  ['hba1c', '%', 10, 'mmol/mol', 86, 0.01],
  ['weight', '[lb_av]', 150, 'kg', 68.0388555, 1e-9],
  ['height', '[in_i]', 70, 'cm', 177.8, 1e-9],
  ['height', 'm', 1.8, 'cm', 180, 1e-9],
  ['temperature', '[degF]', 98.6, 'Cel', 37, 1e-9],
  ['temperature', 'K', 310.15, 'Cel', 37, 1e-9],
  ['systolic', 'kPa', 16, 'mm[Hg]', 120.01, 0.001],
  ['age', 'mo', 24, 'a', 2, 1e-9],
  ['age', 'd', 731, 'a', 2.0014, 0.001],
  ['potassium', 'meq/L', 4.1, 'mmol/L', 4.1, 1e-9],
];

describe('a conversion', () => {
  it.each(PUBLISHED)('of %s from %s gives the published value', (name, from, value, to, expected, tolerance) => {
    const conversion = conversionBetween(from, to, quantityNamed(name));
    expect(conversion).not.toBeNull();
    expect(Math.abs(convert(conversion as Conversion, value) - expected) / Math.abs(expected)).toBeLessThan(tolerance);
  });

  it('undoes what its opposite does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PUBLISHED), fc.double({ min: 0.01, max: 1e4, noNaN: true }), ([name, from, , to], value) => {
        const quantity = quantityNamed(name);
        const [there, back] = [conversionBetween(from, to, quantity), conversionBetween(to, from, quantity)];
        if (there === null || back === null) throw new TypeError('expected both ways');
        expect(Math.abs(convert(back, convert(there, value)) / value - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is never made between amounts and masses of what has no molar mass', () => {
    expect(conversionBetween('mmol/L', 'mg/dL', null)).toBeNull();
    expect(conversionBetween('mmol/L', 'mg/dL', quantityNamed('albumin'))).toBeNull();
    expect(conversionBetween('kg', 'cm', quantityNamed('weight'))).toBeNull();
  });

  it.each([
    ['mg/dl', 'mg/dL'],
    ['µmol/l', 'umol/L'],
    ['μmol/L', 'umol/L'],
    ['MMOL/L', 'mmol/L'],
    ['mmHg', 'mm[Hg]'],
    ['lbs', '[lb_av]'],
    ['°F', '[degF]'],
    ['Jahre', 'a'],
    ['furlong', null],
  ])('knows the unit %s', (written, ucum) => {
    expect(normalizeUnit(written)).toBe(ucum);
  });
});

describe('a mapping', () => {
  const column = fc.record({
    column: fc.constantFrom('a', 'Größe [cm]', 'x_1'),
    unit: fc.constantFrom(null, 'mmol/L'),
    codes: fc.array(fc.record({ from: fc.constantFrom('ja', 'M', '2'), to: fc.constantFrom('1', '0') }), { maxLength: 3 }),
    missing: fc.array(fc.constantFrom('-9', '999'), { maxLength: 2 }),
  });
  it('comes back from a file as it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('age', 'chol', 'sex'), fc.oneof(column, fc.constant({ notCollected: true as const }))),
        fc.constantFrom('.', ',', null),
        (features, decimal) => {
          const mapping = mappingSchema.parse({ mapping: 1, study: 's', features, decimal });
          expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
        },
      ),
    );
  });

  it('of another form is refused by the key that is wrong', () => {
    expect(() => parseMapping({ ...emptyMapping('s'), mapping: 2 })).toThrow(MappingError);
    expect(() => parseMapping({ ...emptyMapping('s'), rows: [1] })).toThrow(/whole file|rows/);
    expect(() => parseMapping({ ...emptyMapping('s'), features: { age: { column: '' } } })).toThrow(/"features\.age/);
  });
});
