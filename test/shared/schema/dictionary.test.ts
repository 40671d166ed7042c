/** The dictionary: defaults, the order of codes, outcome rules; and the word a person probably meant. */
import { codeKey, featureSchema, isEvent, nearest, outcomeSchema, parseEventRule, parseNumber } from '@consilium/shared/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a feature', () => {
  it('takes its name for label and column, and 0 and 1 for the codes of yes and no', () => {
    expect(featureSchema.parse({ name: 'sex', type: 'binary' })).toMatchObject({
      label: 'sex',
      column: 'sex',
      required: false,
      codes: [
        { code: '0', label: 'no' },
        { code: '1', label: 'yes' },
      ],
    });
  });

  it('keeps the order of a list of codes', () => {
    const codes = [
      { code: 4, label: 'a' },
      { code: '1.0', label: 'b' },
    ];
    const feature = featureSchema.parse({ name: 'cp', type: 'category', codes });
    expect(feature).toMatchObject({ codes: [{ code: '4' }, { code: '1' }] });
    expect(featureSchema.parse(feature)).toEqual(feature);
  });

  it.each([
    { name: 'age', type: 'number' },
    { name: 'age', type: 'number', range: [5, 5] },
    { name: '1age', type: 'number', range: [0, 5] },
    { name: 'cp=1', type: 'number', range: [0, 5] },
    { name: 'sex', type: 'binary', codes: { 0: 'a', 1: 'b', 2: 'c' } },
    { name: 'cp', type: 'category', codes: { 0: 'a' } },
    { name: 'cp', type: 'category', codes: { 0: 'a', '0.0': 'b' } },
    { name: 'age', type: 'number', range: [0, 5], colour: 'red' },
  ])('is refused as %j', (value) => {
    expect(featureSchema.safeParse(value).success).toBe(false);
  });
});

describe('an outcome', () => {
  it.each([
    ['num > 0', [0, 1, 2], [false, true, true]],
    ['num>=1', [0, 1, 2], [false, true, true]],
    ['num < 1.5', [0, 1, 2], [true, true, false]],
    ['num <= -1e0', [-2, -1, 0], [true, true, false]],
    ['num == 2', [0, 1, 2], [false, false, true]],
    ['num != 2', [0, 1, 2], [true, true, false]],
  ] as const)('happens by %s', (positive, values, expected) => {
    const outcome = outcomeSchema.parse({ name: 'd', task: 'binary', column: 'num', positive });
    if (outcome.task !== 'binary') throw new TypeError('expected a binary outcome');
    const rule = parseEventRule(outcome.positive);
    expect(rule.column).toBe('num');
    expect(values.map((value) => isEvent(rule, value))).toEqual(expected);
  });

  it('may name a column with spaces', () => {
    expect(parseEventRule('days to death > 30')).toEqual({ column: 'days to death', comparison: '>', value: 30 });
  });
});

describe('a cell', () => {
  it('is a number only in plain decimal form', () => {
    for (const text of ['1', '-1.5', '+.5', '5.', '1e-3']) expect(parseNumber(text, '.')).toBe(Number(text));
    for (const text of ['', 'Infinity', '0x10', '1,5', '1 000', '1e999', '--1', '1_0']) expect(parseNumber(text, '.')).toBe(null);
  });

  it('has the same code however the number is written', () => {
    expect(new Set(['1', '1.0', '01', ' 1 ', '1e0', '+1'].map((text) => codeKey(text))).size).toBe(1);
    expect(codeKey('1,0', ',')).toBe('1');
    expect(codeKey('-0')).toBe('0');
    expect(codeKey('1a')).toBe('1a');
  });
});

describe('the nearest word', () => {
  it.each([
    ['learningrate', 'learningRate'],
    ['fedvag', 'fedavg'],
    ['quorom', 'quorum'],
    ['local_epochs', 'localEpochs'],
  ])('to %s is %s', (word, expected) => {
    expect(nearest(word, ['localEpochs', 'learningRate', 'fedadam', 'fedavg', 'quorum'])).toEqual([expected]);
  });

  it('is none where nothing is near', () => {
    expect(nearest('xyzzy', ['quorum', 'study'])).toEqual([]);
  });

  it('to any word after one typing slip is that word, if the words differ in their letters', () => {
    const words = ['population', 'evaluation', 'preprocess', 'algorithm', 'outcomes'];
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), fc.constantFrom('drop', 'double', 'swap'), (word, at, slip) => {
        const i = at % (word.length - 1);
        const [a, b] = [word[i]!, word[i + 1]!];
        const middle = { drop: b, double: a + a + b, swap: b + a }[slip]!;
        expect(nearest(word.slice(0, i) + middle + word.slice(i + 2), words)).toEqual([word]);
      }),
    );
  });
});
