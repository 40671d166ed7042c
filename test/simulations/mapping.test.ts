/** `--mapping` of a simulation: files in the hospitals' own words give the figures of the same rows in the plan's words. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const cli = resolve(import.meta.dirname, '../../simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-mapping-'));
const at = (...names: string[]) => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const simulate = (...words: string[]) => promisify(execFile)(process.execPath, [cli, ...words], { cwd: folder, maxBuffer: 2 ** 28 });

it('reads every hospital by its own mapping, and refuses one together with a partition', async () => {
  for (const name of ['plain', 'own', 'maps']) mkdirSync(at(name));
  ['a', 'b', 'c'].forEach((site, index) => {
    const rows = Array.from({ length: 60 }, (_, row) => {
      const age = 40 + ((row * 7 + index * 5) % 45);
      return { id: `${site}${row}`, age, sex: row % 2, died: Number((age + ((row * 13) % 31)) % 90 > 55) };
    });
    const text = (header: string, line: (row: (typeof rows)[number]) => string) => [header, ...rows.map(line)].join('\n');
    writeFileSync(
      at('plain', `${site}.csv`),
      text('id,age,sex,died', (row) => `${row.id},${row.age},${row.sex},${row.died}`),
    );
    const months = site === 'b';
    writeFileSync(
      at('own', `${site}.csv`),
      text('key;x1;x2;x3', (row) => `${row.id};${months ? row.age * 12 : row.age};${row.sex === 1 ? 'M' : 'V'};${row.died}`),
    );
    const mapping = {
      mapping: 1,
      study: 'mapped',
      features: {
        age: { column: 'x1', unit: months ? 'mo' : null },
        sex: {
          column: 'x2',
          codes: [
            { from: 'M', to: '1' },
            { from: 'V', to: '0' },
          ],
        },
      },
      outcome: { died: { column: 'x3' } },
      patientId: 'key',
    };
    writeFileSync(at('maps', `${site}.json`), JSON.stringify(mapping));
  });
  writeFileSync(
    at('plan.yaml'),
    `study: mapped
title: Mapped
purpose: To test.
population: Nobody.
synthetic: true
outcomes: [{ name: death, task: binary, column: died, positive: "died == 1" }]
features:
  - { name: age, type: number, unit: a, range: [0, 120] }
  - { name: sex, type: binary }
split: { by: patient-id, patientId: id, test: 0.2, validation: 0.1 }
model: { kind: linear }
algorithm: { kind: newton }
`,
  );
  await simulate('run', 'plan.yaml', '--data', 'plain', '--out', 'one', '--secure', 'off');
  await simulate('run', 'plan.yaml', '--data', 'own', '--mapping', 'maps', '--out', 'two', '--secure', 'off');
  const numbers = (name: string) =>
    readFileSync(at(name, 'predictions.csv'), 'utf8').replace(/-?\d+\.\d+(?:e-?\d+)?/g, (text) => Number(text).toFixed(9));
  expect(numbers('two')).toBe(numbers('one'));
  await expect(
    simulate('run', 'plan.yaml', '--data', 'own', '--mapping', 'maps', '--partition', 'iid:sites=3', '--out', 'three'),
  ).rejects.toThrow(/no saved --mapping fits/);
  await expect(simulate('run', 'plan.yaml', '--data', 'own', '--mapping', 'nowhere', '--out', 'four')).rejects.toThrow(
    /no mapping "nowhere"/,
  );
});
