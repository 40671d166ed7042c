/** A column that gives the outcome away, for every kind of outcome; and none where a column only foretells it. */
import { readCsv } from '@consilium/shared/reading';
import { checkTable, featureSchema, outcomeSchema } from '@consilium/shared/schema';
import { describe, expect, it } from 'vitest';

const features = ['honest', 'leaky'].map((name) => featureSchema.parse({ name, type: 'number', range: [-1000, 1000] }));
const outcomes = {
  event: { name: 'event', task: 'binary', column: 'event', positive: 'event == 1' },
  kind: { name: 'kind', task: 'multiclass', column: 'kind', codes: { 0: 'none', 1: 'mild', 2: 'severe' } },
  visits: { name: 'visits', task: 'count', column: 'visits', range: [0, 100] },
  amount: { name: 'amount', task: 'regression', column: 'amount', range: [-100, 100] },
} as const;

/** 300 rows: `honest` foretells the outcome with much noise, `leaky` is the outcome turned round. */
function failed(name: keyof typeof outcomes): string[] {
  const lines = Array.from({ length: 300 }, (_, i) => {
    const noise = ((i * 7919) % 300) / 300 - 0.5;
    const base = (i % 60) / 30 - 1;
    const values = {
      event: Number(base + noise > 0),
      kind: i % 3,
      visits: Math.max(0, Math.round(4 * (base + 2 * noise) + 3)),
      amount: base + noise,
    };
    return [(base + ((i * 104729) % 300) / 150).toFixed(3), (5 - 3 * values[name]).toFixed(4), values[name]].join(',');
  });
  const raw = readCsv(new TextEncoder().encode(`honest,leaky,${name}\n${lines.join('\n')}\n`));
  const table = checkTable(raw, { features, outcome: outcomeSchema.parse(outcomes[name]), extraColumns: [] });
  return table.checks.filter(({ id, status }) => id.startsWith('leak:') && status === 'fail').map(({ id }) => id);
}

describe('a column', () => {
  it.each(Object.keys(outcomes) as (keyof typeof outcomes)[])('that is the outcome in other numbers is found, and no other: %s', (name) => {
    expect(failed(name)).toEqual(['leak:leaky']);
  });
});
