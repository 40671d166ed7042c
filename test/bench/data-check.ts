/** A large table read, matched and checked as a hospital's tab does it: seconds and memory, against decoding the same bytes alone. */
import { checkRows } from '@consilium/shared/federation';
import { readTable } from '@consilium/shared/reading';
import { parsePlan } from '@consilium/shared/study';
import { seededUniform } from '../reference/made-rows.ts';
import type { Measurement } from './measurement.ts';

const ROWS = 100_000;
const FEATURES = 47;

export const dataCheck: Measurement = {
  name: 'data',
  title: `A table of ${ROWS.toLocaleString('en')} rows and ${FEATURES + 3} columns: read, matched to the plan, checked, divided`,
  run: async () => {
    const names = Array.from({ length: FEATURES }, (_, at) => `f${at}`);
    const bytes = madeTable(names);
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = {
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss);
      },
    };
    const start = performance.now();
    await readTable(bytes, 'made.csv');
    const read = performance.now();
    const { table } = await checkRows(madePlan(names), 'made', { files: [{ name: 'made.csv', bytes }], splitCsv: null }, watch);
    const seconds = (performance.now() - read) / 1000;
    const megabytes = Math.round((most - before) / 1e6);
    if (table.rowCount !== ROWS) throw new RangeError('dataCheck: expected every row');
    return [
      {
        what: 'seconds',
        product: `${seconds.toFixed(1)} s`,
        against: { kind: 'limit', name: 'reading the file alone' },
        yardstick: `${((read - start) / 1000).toFixed(1)} s`,
        ratio: `${(seconds / ((read - start) / 1000)).toFixed(1)} × its time`,
        aim: { text: 'at most 15 s', isMet: seconds <= 15 },
      },
      {
        what: 'memory above the file',
        product: `${megabytes} MB`,
        against: { kind: 'none' },
        yardstick: '',
        ratio: '',
        aim: { text: 'at most 600 MB', isMet: megabytes <= 600 },
      },
    ];
  },
};

function madeTable(names: readonly string[]): Uint8Array {
  const uniform = seededUniform(1);
  const lines = [['patient_id', ...names, 'died', 'surname'].join(',')];
  for (let row = 0; row < ROWS; row++) {
    const cells = names.map((_, at) =>
      uniform() < 0.05 ? '' : at % 8 === 7 ? 'abc'[Math.floor(uniform() * 3)] : (100 + uniform() * 200).toFixed(2),
    );
    lines.push([`P${row}`, ...cells, uniform() < 0.3 ? 1 : 0, 'Smith'].join(','));
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function madePlan(names: readonly string[]) {
  const features = names.map((name, at) =>
    at % 8 === 7
      ? `  - { name: ${name}, type: category, codes: { a: A, b: B, c: C } }`
      : `  - { name: ${name}, type: number, range: [0, 1000] }`,
  );
  const parsed = parsePlan(
    `study: large
title: A large table
purpose: To be measured.
population: Nobody.
outcomes: [{ name: died, task: binary, column: died, positive: "died == 1" }]
features:
${features.join('\n')}
split: { by: patient-id, patientId: patient_id, test: 0.2, validation: 0.1 }
model: { kind: linear }
algorithm: { kind: newton }
`,
    'large.yaml',
  );
  if (!parsed.ok) throw new RangeError('madePlan: expected a plan that can be read');
  return parsed.plan;
}
