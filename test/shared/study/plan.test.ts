/** Plans: defaults, hashes that ignore formatting, errors that help, and words for the person who reads them. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalJson,
  describePlan,
  formatPlanErrors,
  minimumContributors,
  type Plan,
  type PlanError,
  parsePlan,
  parsePlanValue,
  planHash,
  planJsonSchema,
  tableSpec,
} from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { HEART_MISSING_PLAN, HEART_PLAN, SMALL_PLAN } from './plan-fixture.ts';

function planOf(text: string): Plan {
  const result = parsePlan(text, 'plan.yaml');
  if (!result.ok) throw new Error(formatPlanErrors(result.errors));
  return result.plan;
}

function errorsOf(text: string): readonly PlanError[] {
  const result = parsePlan(text, 'plan.yaml');
  return result.ok ? [] : result.errors;
}

const small = planOf(SMALL_PLAN);

describe('a plan', () => {
  it('has every default filled in', () => {
    expect(small).toMatchObject({
      version: 1,
      synthetic: false,
      model: { kind: 'mlp', hidden: [32, 32] },
      algorithm: { kind: 'fedavg', localEpochs: 1, batchSize: 32, clip: 1, bits: 24, weightCap: 1000, server: { learningRate: 1 } },
      exact: { ridge: 1, tolerance: 1e-9, maxIterations: 25 },
      rounds: { count: 10, quorum: 3, colluders: 1, minContributors: 3 },
      evaluation: { bins: 100, thresholds: [0.1, 0.2, 0.3, 0.5], smallestCell: 10 },
      privacy: { kind: 'none' },
      split: { test: 0.2, validation: 0.1, seed: 1 },
    });
  });

  it.each([SMALL_PLAN, HEART_PLAN, HEART_MISSING_PLAN])('is unchanged by being sent and parsed again', (text) => {
    const plan = planOf(text);
    const again = parsePlanValue(JSON.parse(canonicalJson(plan)));
    expect(again).toMatchObject({ ok: true, plan });
  });

  it('keeps the codes in the order of the file, also where they are numbers', () => {
    const plan = planOf(SMALL_PLAN.replace('type: number, range: [0, 120]', 'type: category, codes: { 4: none, 1: some, x: other }'));
    expect(plan.features[0]).toMatchObject({ codes: [{ code: '4' }, { code: '1' }, { code: 'x' }] });
  });

  it('says which columns are read', () => {
    expect(tableSpec(small)).toMatchObject({ extraColumns: ['id'], patientColumn: 'id', outcome: { name: 'died' } });
    expect(tableSpec(planOf(HEART_PLAN))).toMatchObject({ extraColumns: [], patientColumn: null });
    const byColumn = planOf(SMALL_PLAN.replace('{ by: patient-id, patientId: id }', '{ by: column, column: part }'));
    expect(tableSpec(byColumn)).toMatchObject({ extraColumns: ['part'], patientColumn: null });
  });

  it('reveals no sum of fewer sites than the colluders and two more', () => {
    expect(minimumContributors(small)).toBe(3);
    expect(minimumContributors({ ...small, rounds: { ...small.rounds, colluders: 4 } })).toBe(6);
    expect(minimumContributors({ ...small, rounds: { ...small.rounds, minContributors: 5 } })).toBe(5);
  });
});

describe('a plan’s hash', () => {
  it('is the SHA-256 of the canonical JSON of the parsed plan', () => {
    expect(planHash(small)).toBe(createHash('sha256').update(canonicalJson(small)).digest('hex'));
  });

  it('is the same for JSON, other orders, comments and written-out defaults', () => {
    const hash = planHash(small);
    const json = JSON.stringify(small, null, 2);
    const reordered = `# a comment\n${SMALL_PLAN.trimEnd().split('\n').reverse().join('\n')}\n`;
    const written = SMALL_PLAN.replace('{ kind: mlp }', '{ hidden: [32, 32.0], kind: "mlp" }').replace(
      'range: [0, 120]',
      'range: [0.0, 1.2e2], label: age, column: age, missing: [], required: false',
    );
    for (const text of [json, reordered, written, `version: 1\n${SMALL_PLAN}`]) expect(planHash(planOf(text))).toBe(hash);
  });

  it('is another one for any other content', () => {
    const texts = [
      SMALL_PLAN,
      SMALL_PLAN.replace('Nobody', 'Somebody'),
      SMALL_PLAN.replace('120', '121'),
      `${SMALL_PLAN}seed: 2\n`,
      SMALL_PLAN.replace('type: number, range: [0, 120]', 'type: binary, codes: { 0: a, 1: b }'),
      SMALL_PLAN.replace('type: number, range: [0, 120]', 'type: binary, codes: { 1: b, 0: a }'),
      HEART_PLAN,
      HEART_MISSING_PLAN,
    ];
    expect(new Set(texts.map((text) => planHash(planOf(text)))).size).toBe(texts.length);
  });
});

/** What is wrong, by what it replaces in the small plan; the key and nearest word the error must name. */
const MISTAKES: readonly (readonly [string, string, { key: string; line: number; nearest: string | null; says?: string }])[] = [
  ['{ kind: fedavg }', '{ kind: fedavg, learningrate: 1 }', { key: 'algorithm.learningrate', line: 9, nearest: 'learningRate' }],
  ['{ kind: fedavg }', '{ kind: fedvag }', { key: 'algorithm.kind', line: 9, nearest: 'fedavg' }],
  ['{ kind: fedavg }', '{ kin: fedavg }', { key: 'algorithm.kind', line: 9, nearest: null, says: 'is "kin" meant for it?' }],
  ['{ kind: fedavg }', '{ kind: newton }', { key: 'algorithm.kind', line: 9, nearest: 'fedavg' }],
  ['{ kind: fedavg }', '{ kind: fedavg, bits: 23 }', { key: 'algorithm.bits', line: 9, nearest: '24', says: '16, 24, 32' }],
  ['{ kind: fedavg }', '{ kind: fedavg, batchSize: 1.5 }', { key: 'algorithm.batchSize', line: 9, nearest: null, says: 'whole number' }],
  ['{ kind: fedavg }', '{ kind: fedavg, clip: 0 }', { key: 'algorithm.clip', line: 9, nearest: null, says: 'more than 0' }],
  ['{ kind: mlp }', '{ kind: mlp, norm: batch }', { key: 'model.norm', line: 8, nearest: 'layer' }],
  ['{ kind: fedavg }', '{ kind: scaffold, optimizer: adam }', { key: 'algorithm.optimizer', line: 9, nearest: null }],
  ['{ kind: fedavg }', '{ kind: fedyogi, server: { beta2: 1 } }', { key: 'algorithm.server.beta2', line: 9, nearest: null }],
  ['title:', 'titel:', { key: 'titel', line: 2, nearest: 'title' }],
  ['title: Small\n', '', { key: 'title', line: 1, nearest: null, says: 'is missing' }],
  ['task: binary', 'task: survival', { key: 'outcomes[0].task', line: 5, nearest: null, says: 'must be one of binary' }],
  ['died == 1', 'died = 1', { key: 'outcomes[0].positive', line: 5, nearest: null, says: 'num > 0' }],
  ['died == 1', 'dead == 1', { key: 'outcomes[0].positive', line: 5, nearest: 'died' }],
  ['type: number, ', 'type: nmber, ', { key: 'features[0].type', line: 6, nearest: 'number' }],
  ['range: [0, 120]', 'rnge: [0, 120]', { key: 'features[0].rnge', line: 6, nearest: 'range' }],
  ['range: [0, 120]', 'range: [120, 0]', { key: 'features[0].range', line: 6, nearest: null, says: 'low below high' }],
  ['name: age', 'name: died, column: age', { key: 'features[0].name', line: 6, nearest: null, says: 'twice' }],
  ['name: age', 'name: age, column: died', { key: 'features[0].column', line: 6, nearest: null, says: 'cannot predict itself' }],
  ['name: age', 'name: age, column: id', { key: 'features[0].column', line: 6, nearest: null, says: 'identifies patients' }],
  [
    '}]\nsplit',
    '}, { name: b, column: age, type: binary }]\nsplit',
    { key: 'features[1].column', line: 6, nearest: null, says: 'already' },
  ],
  [
    'type: number, range: [0, 120]',
    'type: binary, missing: [1]',
    { key: 'features[0].missing', line: 6, nearest: null, says: 'also one of the codes' },
  ],
  ['by: patient-id', 'by: patientid', { key: 'split.by', line: 7, nearest: 'patient-id' }],
  ['patientId: id', 'patientId: id, test: .7, validation: .3', { key: 'split', line: 7, nearest: null, says: 'at most 0.9' }],
  [
    '{ by: patient-id, patientId: id }',
    '{ by: file, file: { file: s.csv, keys: { site: a, set: b } } }',
    { key: 'split.file.keys', line: 7, nearest: null, says: 'exactly one' },
  ],
  [
    '{ by: patient-id, patientId: id }',
    '{ by: file, file: { file: ../s.csv, keys: { site: a, set: b, row: c } } }',
    { key: 'split.file.file', line: 7, nearest: null, says: 'without folders' },
  ],
  ['{ kind: mlp }', '{ kind: mlp }\nrounds: { quorum: 3, colluders: 2 }', { key: 'rounds.quorum', line: 9, nearest: '4' }],
  [
    '{ kind: mlp }',
    '{ kind: mlp }\nrounds: { minContributors: 2 }',
    { key: 'rounds.minContributors', line: 9, nearest: null, says: 'at least 3' },
  ],
  ['{ kind: mlp }', '{ kind: mlp }\nrounds: { colluders: 0 }', { key: 'rounds.colluders', line: 9, nearest: null, says: 'at least 1' }],
  [
    '{ kind: mlp }',
    '{ kind: mlp }\nevaluation: { thresholds: [.3, .2] }',
    { key: 'evaluation.thresholds', line: 9, nearest: null, says: 'rise' },
  ],
  ['{ kind: mlp }', '{ kind: mlp }\nprivacy: { kind: patient }', { key: 'privacy.kind', line: 9, nearest: null, says: 'must be none' }],
  ['{ kind: mlp }', '{ kind: mlp }\n__proto__: { synthetic: true }', { key: '__proto__', line: 9, nearest: null }],
  ['study: small', 'study: Small Study', { key: 'study', line: 1, nearest: null, says: 'lower-case' }],
];

describe('a plan with a mistake', () => {
  it.each(MISTAKES)('in which %j became %j is refused by key, line and nearest word', (from, to, { key, line, nearest, says }) => {
    expect(SMALL_PLAN).toContain(from);
    const errors = errorsOf(SMALL_PLAN.replace(from, to));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ key, line, nearest });
    expect(errors[0]!.message).toContain(`plan.yaml line ${line}: "${key}"`);
    if (nearest !== null && key !== 'rounds.quorum') expect(errors[0]!.message).toContain(nearest);
    if (says !== undefined) expect(errors[0]!.message).toContain(says);
  });

  it('lists all of its mistakes, one a line', () => {
    const text = SMALL_PLAN.replace('title:', 'titel:').replace('fedavg }', 'fedavg, clip: -1, bits: 7 }');
    expect(errorsOf(text).map(({ key }) => key)).toEqual(expect.arrayContaining(['titel', 'algorithm.clip', 'algorithm.bits']));
    expect(formatPlanErrors(errorsOf(text)).split('\n')).toHaveLength(3);
  });

  it('keeps the lines of a file that spreads over several', () => {
    const text = SMALL_PLAN.replace('{ kind: fedavg }', '\n  kind: fedavg\n\n  # how fast\n  learningRate: 0\n');
    expect(errorsOf(text)).toMatchObject([{ key: 'algorithm.learningRate', line: 13 }]);
  });

  it.each([
    ['title: Small', 'title: !!js/function "x"', 2],
    ['title: Small', 'title: [Small', 3],
    ['title: Small', 'title: Small\ntitle: Again', 3],
    ['title: Small', 'title: *nothing', 2],
  ])('that is not YAML, %j for %j, is refused with its line', (from, to, line) => {
    const errors = errorsOf(SMALL_PLAN.replace(from, to));
    expect(errors[0]).toMatchObject({ line });
  });

  it.each(['', '[]', 'word', '3', '{"study": 1}', `a: ${'x'.repeat(1_000_001)}`, bomb(), '['.repeat(100_000)])(
    'of no plan’s form (case %#) is refused',
    (text) => {
      const errors = errorsOf(text);
      expect(errors.length).toBeGreaterThan(0);
      for (const { message } of errors) expect(message).toMatch(/^plan\.yaml/);
    },
  );

  it('is refused as a value too', () => {
    expect(parsePlanValue(null)).toMatchObject({ ok: false });
    expect(parsePlanValue({ ...small, extra: 1 })).toMatchObject({ ok: false, errors: [{ key: 'extra', line: null }] });
  });
});

/** Ten levels of ten references each: a thousand million entries, if someone counted them. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`);
  return ['l0: &l0 [x]', ...levels].join('\n');
}

describe('the published schema', () => {
  const path = join(import.meta.dirname, '../../../docs/plan.schema.json');

  it('is the one the program uses (UPDATE_SCHEMA=1 writes it anew)', () => {
    const text = `${JSON.stringify(planJsonSchema(), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(path, text);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('describes every key in words', () => {
    const mute: string[] = [];
    const walk = (node: unknown, name: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, { description?: string }> };
      for (const [key, part] of Object.entries(properties ?? {})) if (!part.description) mute.push(`${name}.${key}`);
      for (const [key, part] of Object.entries(node)) walk(part, `${name}.${key}`);
    };
    walk(planJsonSchema(), 'plan');
    expect(mute).toEqual([]);
  });
});

describe('a plan in words', () => {
  it('names its purpose, every field, and what leaves the hospital', () => {
    const text = describePlan(planOf(HEART_PLAN)).join('\n');
    expect(text).toContain('how many rows were read, left out for which reason and used');
    for (const word of ['Tell which patients', 'age (18 to 110 a)', 'asymptomatic', 'num > 0', 'flamby-split.csv', 'left out']) {
      expect(text).toContain(word);
    }
    expect(text).toContain('Patient rows stay in this browser.');
    expect(text).toContain('at least 3 hospitals');
    expect(describePlan(small).join('\n')).toContain('model updates');
  });

  it('uses none of the words that promise too much', () => {
    for (const plan of [small, planOf(HEART_PLAN)]) {
      expect(describePlan(plan).join('\n')).not.toMatch(/anonym|complian|cannot see|differentially private|recommend|no personal data/i);
    }
  });

  it('warns of what a careful reader would ask about', () => {
    const result = parsePlan(SMALL_PLAN.replace('{ by: patient-id, patientId: id }', '{ by: row, validation: 0 }'), 'plan.yaml');
    expect(result.ok && result.notes.join('\n')).toMatch(/two rows of one patient[\s\S]*No rows are kept/);
  });
});
