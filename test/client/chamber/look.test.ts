/** What the chamber shows of a column: compared with counts made by hand and with the rule an outcome is told by. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { binValues, eventCodes, type PlanField, planFields, suggestColumn } from '@consilium/client/chamber';
import { readCsv } from '@consilium/shared/reading';
import { isEvent, parseEventRule } from '@consilium/shared/schema';
import { parsePlan } from '@consilium/shared/study';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

describe('a histogram of a column', () => {
  it('counts every value once, before and after, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 200 }),
        fc.double({ noNaN: true, min: 1e-3, max: 1e3 }),
        (values, factor) => {
          const before = Float64Array.from(values);
          const view = binValues(
            before,
            before.map((value) => value * factor),
            [0, 100],
          );
          expect(sum(view?.before ?? [])).toBe(values.length);
          expect(sum(view?.after ?? [])).toBe(values.length);
          expect(view?.outsideBefore).toBe(values.filter((value) => value < 0 || value > 100).length);
        },
      ),
    );
  });

  it('puts values where they are: creatinine in µmol/L far right of the range, converted within it', () => {
    const micromoles = Float64Array.from({ length: 100 }, (_, index) => 60 + index);
    const view = binValues(
      micromoles,
      micromoles.map((value) => value / 88.4),
      [0.2, 15],
    );
    expect(view?.outsideBefore).toBe(100);
    expect(view?.outsideAfter).toBe(0);
    const middle = (counts: readonly number[]) => counts.reduce((total, count, at) => total + count * at, 0) / sum(counts);
    expect(middle(view?.after ?? [])).toBeLessThan(5);
    expect(middle(view?.before ?? [])).toBeGreaterThan(20);
  });

  it('is none where there is no number', () => {
    expect(binValues(new Float64Array(), null, [0, 1])).toBeNull();
  });
});

describe('the two codes of an outcome', () => {
  it('are one number that is the event by the rule, and one that is not', () => {
    const comparison = fc.constantFrom('>', '>=', '<', '<=', '==', '!=');
    fc.assert(
      fc.property(comparison, fc.integer({ min: -5, max: 50 }), (sign, value) => {
        const positive = `num ${sign} ${value}`;
        const [yes, no] = eventCodes(positive);
        const rule = parseEventRule(positive);
        expect(isEvent(rule, Number(yes?.code))).toBe(true);
        expect(isEvent(rule, Number(no?.code))).toBe(false);
      }),
    );
    expect(eventCodes('readmitted == 1').map(({ code }) => code)).toEqual(['1', '0']);
  });
});

describe('a column that a person chose', () => {
  const plan = (() => {
    const parsed = parsePlan(
      readFileSync(resolve(import.meta.dirname, '../../../simulations/studies/heart-disease.yaml'), 'utf8'),
      'plan.yaml',
    );
    if (!parsed.ok) throw new Error('the plan of the heart study does not parse');
    return parsed.plan;
  })();
  const field = (name: string) => planFields(plan).find((asked) => asked.name === name) as PlanField;
  const raw = (text: string) => readCsv(new TextEncoder().encode(text));

  it('begins with the codes its texts seem to mean, and with the unit its name gives', () => {
    const table = raw('pohlavi;krevni tuk (mmol/L)\nmuž;5,2\nžena;6,1\nmuž;4,8\nžena;5,5\n');
    expect(suggestColumn(plan, table, field('chol'), 'krevni tuk (mmol/L)')).toMatchObject({
      column: 'krevni tuk (mmol/L)',
      unit: 'mmol/L',
    });
    const english = raw('who;x\nmale;1\nfemale;2\nmale;3\nfemale;4\n');
    const { codes } = suggestColumn(plan, english, field('sex'), 'who');
    expect([...codes].sort((a, b) => a.from.localeCompare(b.from))).toEqual([
      { from: 'female', to: '0' },
      { from: 'male', to: '1' },
    ]);
  });

  it('takes no value that is plausible in the file’s own unit for a code of missing', () => {
    const micromoles = Array.from({ length: 60 }, (_, row) => (row % 10 === 0 ? '99' : String(60 + row)));
    const table = raw(`kreatinin\n${micromoles.join('\n')}\n`);
    const creatinine = {
      name: 'creatinine',
      label: 'Creatinine',
      column: 'creatinine',
      type: 'number',
      unit: 'mg/dL',
      range: [0.2, 15],
    } as const;
    const feature = { ...creatinine, range: [0.2, 15] as [number, number], missing: [], required: false, modifiable: false };
    const other = { ...plan, features: [feature] };
    const entry = suggestColumn(other, table, planFields(other).find(({ name }) => name === 'creatinine') as PlanField, 'kreatinin');
    expect(entry).toEqual({ column: 'kreatinin', unit: null, codes: [], missing: [], until: null });
  });
});
