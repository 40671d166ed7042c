/**
 * Exported models give the page's probability: scored by the product's own reader, by ONNX Runtime and by TensorFlow.js, from rows in the
 * hospital's own units with missing values among them; safetensors read back bit for bit.
 */

import { headline, type Predictions } from '@consilium/shared/evaluation';
import {
  answerNames,
  answerRanges,
  answerValues,
  exportFiles,
  modelInputs,
  modelTensors,
  parseModel,
  type ReleasedModel,
  readSafetensors,
  releaseModel,
  type Score,
  safetensorsBytes,
  scoreRows,
  scoreTable,
} from '@consilium/shared/export';
import { predictionsOf } from '@consilium/shared/federation';
import { sigmoid } from '@consilium/shared/models';
import { readCsv } from '@consilium/shared/reading';
import { checkTable, parseMapping } from '@consilium/shared/schema';
import { tableSpec } from '@consilium/shared/study';
import { hazardRiskInterval, intervalOf } from '@consilium/shared/training';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import * as tf from '@tensorflow/tfjs';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { finishedStudy } from '../../reference/finished-study.ts';
import { taskHospitals } from '../../reference/task-hospitals.ts';

ort.env.wasm.numThreads = 1;

const sites = DEMO_PROFILES.slice(0, 3).map((profile) => ({ ...profile, patients: 220, missingShare: 0.08 }));
// Smoking is written in words, so that codes that are not numbers are tried too.
const inWords = (csv: string): string =>
  csv
    .split('\n')
    .map((line, at) => {
      const cells = line.split(',');
      const words: Record<string, string> = { 0: 'never', 1: 'former', 2: 'current' };
      return at === 0 || cells.length < 2 ? line : cells.map((cell, column) => (column === 7 ? (words[cell] ?? cell) : cell)).join(',');
    })
    .join('\n');
const files = makeCohort({ sites, seed: 5 }).sites.map(({ csv }) => inWords(csv));
const linear = demoPlan('linear').replace(
  'codes: { 0: never, 1: former, 2: current }',
  'codes: { never: no, former: before, current: now }',
);
const rounds = (model: string): string =>
  linear.replace('model: { kind: linear }', `model: ${model}`).replace(/algorithm: .*/, 'algorithm: { kind: fedavg }');

/** Hospitals with every task's outcome; some ages are missing. */
const others = taskHospitals(220).map(({ csv }) =>
  new TextDecoder()
    .decode(csv)
    .split('\n')
    .map((line, at) => (at > 0 && at % 9 === 0 ? line.replace(/^[^,]*/, '') : line))
    .join('\n'),
);
const ofTask = (outcome: string, fitting = 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 1 }'): string => `study: tasks
title: Every task
purpose: To write every task.
population: Made-up patients.
synthetic: true
outcomes: [${outcome}]
features:
  - { name: age, type: number, range: [0, 100] }
  - { name: smoker, type: binary }
split: { by: row, test: 0.3, validation: 0 }
${fitting}
`;
const DIED = '{ name: death, task: time-to-event, time: days, event: died == 1, unit: d, horizon: 300 }';
const KIND = '{ name: kind, task: multiclass, column: kind, codes: { none: none, mild: mild, severe: severe } }';
const PRESSURE = '{ name: pressure, task: regression, column: pressure, unit: "mm[Hg]", range: [40, 260] }';
const VISITS = '{ name: visits, task: count, column: visits, range: [0, 100] }';
const mlp = 'model: { kind: mlp, hidden: [7], norm: layer }\nalgorithm: { kind: fedavg, fits: 5 }';

const studies = {
  'logistic regression': linear,
  'logistic regression on values as they are': linear.replace('scale: federated', 'scale: none'),
  network: rounds('{ kind: mlp, hidden: [16, 8] }'),
  'network with layer normalisation': rounds('{ kind: mlp, hidden: [9, 5], norm: layer, dropout: 0.2 }'),
  'additive network': rounds('{ kind: additive, units: 4 }'),
  'hazard in intervals': ofTask(DIED),
  'hazard network': ofTask(DIED, mlp),
  'additive hazard network': ofTask(DIED, mlp.replace('mlp, hidden: [7], norm: layer', 'additive, units: 3')),
  'softmax regression': ofTask(KIND),
  'network for classes': ofTask(KIND, mlp),
  'linear regression': ofTask(PRESSURE),
  'Poisson regression': ofTask(VISITS),
  'network for a mean and its spread': ofTask(PRESSURE, mlp),
} as const;

/** What the page's own predictions say, row by row, in the order of `answerNames`. */
function pageValues(predictions: Predictions): Float64Array {
  if (predictions.task === 'time-to-event') return predictions.survival.map((alive) => 1 - alive);
  if (predictions.task === 'regression' || predictions.task === 'count') return predictions.mean;
  if (predictions.task === 'multiclass' || predictions.task === 'binary') return predictions.probability;
  throw new TypeError(predictions.task);
}

/** Rows as another program would give them: each input a number, by what the file's metadata says. */
function ownUnits(model: ReleasedModel, table: ReturnType<typeof checkTable>, missing: (stands: number) => number): Float32Array {
  const inputs = modelInputs(model);
  return Float32Array.from({ length: table.rowCount * inputs.length }, (_, at) => {
    const { feature, codes, missing: stands } = inputs[at % inputs.length]!;
    const value = table.values.get(feature.name)![Math.floor(at / inputs.length)]!;
    if (Number.isNaN(value)) return missing(stands);
    return codes === null ? value : codes[value]!;
  });
}

const valuesOf = (score: Score): readonly number[] => (score.kind === 'scored' ? score.values : []);

describe.each(Object.entries(studies))('a %s', (_name, text) => {
  const own = text.startsWith('study: tasks') ? others : files;
  const { plan, hash, state, prepared } = finishedStudy(text, own);
  const model = releaseModel(plan, hash, state);
  const written = exportFiles(plan, hash, state);
  const page = pageValues(predictionsOf(plan, state, 'federated', prepared.test, null));
  const table = checkTable(readCsv(new TextEncoder().encode(own[0]!)), tableSpec(plan));
  const rows = prepared.test.rows;
  const width = model.features.length;
  const answers = answerNames(model).length;
  /** Of the page's values; a measured quantity in its spread. */
  const unit = model.answer.kind === 'quantity' ? 10 : 1;
  const largest = (values: ArrayLike<number>) => {
    expect(values.length).toBe(page.length);
    return page.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i]!) / unit), 0);
  };
  /** The rows of the table that the page scored: those whose outcome is known. */
  const shown = [...prepared.test.row].map((row) => table.rowNumber.indexOf(row));
  const inUnits = (missing: (stands: number) => number): Float32Array => {
    const all = ownUnits(model, table, missing);
    return Float32Array.from({ length: rows * width }, (_, at) => all[shown[Math.floor(at / width)]! * width + (at % width)]!);
  };

  it('is tried on at least 200 patients of many answers, some with missing values', () => {
    expect(rows).toBeGreaterThanOrEqual(200);
    expect([...table.missing.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
    const widest = Array.from({ length: answers }, (_, answer) => {
      const told = Array.from({ length: rows }, (__, row) => page[row * answers + answer]!);
      return (Math.max(...told) - Math.min(...told)) / unit;
    });
    expect(Math.max(...widest)).toBeGreaterThan(0.15);
  });

  it('gives the page’s answer when read back from model.json', () => {
    const parsed = parseModel(written.get('model.json') as string);
    if (!parsed.ok) throw new Error(parsed.problem);
    expect(parsed.model).toEqual(JSON.parse(JSON.stringify(model)));
    const scores = scoreRows(parsed.model, table);
    expect(scores.every(({ kind }) => kind === 'scored')).toBe(true);
    expect(largest(shown.flatMap((row) => valuesOf(scores[row]!)))).toBeLessThan(1e-12);
  });

  it('gives it in ONNX Runtime, NaN for missing', async () => {
    const session = await ort.InferenceSession.create(written.get('model.onnx') as Uint8Array);
    const row = new ort.Tensor(
      'float32',
      inUnits(() => Number.NaN),
      [rows, width],
    );
    const [output] = Object.values(await session.run({ row }));
    expect(output!.dims).toEqual([rows, answers]);
    expect(largest(output!.data as Float32Array)).toBeLessThan(1e-5);
  });

  it('gives it in TensorFlow.js', async () => {
    const json = JSON.parse(written.get('tfjs/model.json') as string);
    const bytes = written.get('tfjs/weights.bin') as Uint8Array;
    const loaded = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0].weights,
        weightData: Uint8Array.from(bytes).buffer,
      }),
    );
    const input = tf.tensor2d(
      inUnits((stands) => stands),
      [rows, width],
    );
    const output = loaded.predict(input) as tf.Tensor;
    expect(output.shape).toEqual([rows, answers]);
    expect(largest(await output.data())).toBeLessThan(1e-5);
    tf.dispose([input, output]);
    loaded.dispose();
  });

  it('comes back bit for bit from safetensors', () => {
    const tensors = modelTensors(model);
    const back = readSafetensors(written.get('model.safetensors') as Uint8Array);
    expect([...back.tensors.keys()]).toEqual([...tensors.tensors.keys()]);
    for (const [name, { shape, values }] of tensors.tensors) {
      expect(back.tensors.get(name)!.shape).toEqual(shape);
      expect(new BigUint64Array(back.tensors.get(name)!.values.buffer)).toEqual(new BigUint64Array(values.buffer));
    }
    expect(back.metadata.plan_sha256).toBe(hash);
  });

  it('comes with a card and a reporting draft that name what it is', () => {
    for (const name of ['MODEL-CARD.md', 'TRIPOD-AI.md']) {
      const words = written.get(name) as string;
      expect(words).toContain(plan.title);
      expect(words).toContain(hash);
      expect(words).toContain('to be filled in');
      expect(words).toContain('Looks at the test part for this plan version: 1.');
      expect(words).toContain(plan.outcomes[0]!.name);
      expect(words).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('the number of looks at the test part', () => {
  it('stands in card and draft, and more than one is called what it is', () => {
    const { plan, hash, state } = finishedStudy(linear, files);
    const again = exportFiles(plan, hash, state, { looks: 3 });
    for (const name of ['MODEL-CARD.md', 'TRIPOD-AI.md']) {
      expect(again.get(name)).toContain('Looks at the test part for this plan version: 3.');
      expect(again.get(name)).toContain('flatter the model');
      expect(exportFiles(plan, hash, state).get(name)).not.toContain('flatter the model');
    }
  });
});

describe('how sure a model is of one patient', () => {
  const rangesOf = (text: string, own: readonly string[]) => {
    const study = finishedStudy(text, own);
    const read = parseModel(exportFiles(study.plan, study.hash, study.state).get('model.json') as string);
    if (!read.ok) throw new Error(read.problem);
    const { x, width } = study.prepared.test;
    const design = (row: number): number[] => [...x.subarray(row * width, (row + 1) * width)];
    return { ...study, model: read.model, design, x, width };
  };

  it('is the delta method of the fit for a logistic regression', () => {
    const { model, state, design } = rangesOf(linear, files);
    const told = intervalOf(state.newton!, sigmoid)!;
    for (const row of [0, 7, 50]) {
      const { low, high } = told([1, ...design(row)]);
      expect(answerRanges(model, design(row))?.at(-1)).toEqual({
        kind: 'spread',
        low: expect.closeTo(low, 12),
        high: expect.closeTo(high, 12),
        fits: 1,
      });
      expect(high - low).toBeGreaterThan(0.01);
    }
    const unpenalised = rangesOf(linear.replace(/ridge: [\d.]+/, 'ridge: 0'), files);
    expect(unpenalised.model.spread).toMatchObject({ kind: 'covariance' });
  });

  it('is that of the risk by the horizon for a hazard', () => {
    const { model, state, design } = rangesOf(ofTask(DIED), others);
    if (model.answer.kind !== 'survival') throw new Error(model.answer.kind);
    const intervals = model.answer.cuts.length;
    const { low, high } = hazardRiskInterval(state.newton!, intervals, design(3), intervals)!;
    expect(answerRanges(model, design(3))?.at(-1)).toEqual({
      kind: 'spread',
      low: expect.closeTo(low, 12),
      high: expect.closeTo(high, 12),
      fits: 1,
    });
  });

  it('is the range over all fits for a network, and nothing where there is one fit', () => {
    const { model, state, plan, prepared, design } = rangesOf(ofTask(DIED, mlp), others);
    const all = [state.network!, ...state.network!.others].map(({ weights }) => {
      const network = { ...state.network!, weights };
      return headline(predictionsOf(plan, { ...state, network }, 'federated', prepared.test, null))[11]!;
    });
    expect(answerRanges(model, design(11))?.at(-1)).toEqual({
      kind: 'instability',
      low: expect.closeTo(Math.min(...all), 12),
      high: expect.closeTo(Math.max(...all), 12),
      fits: all.length,
    });
    expect(answerRanges({ ...model, spread: null }, design(11))).toBeNull();
  });
});

describe('the exact fit beside a network', () => {
  it('is a model of its own, with its own name', () => {
    const { plan, hash, state, prepared } = finishedStudy(ofTask(DIED, mlp), others);
    const network = releaseModel(plan, hash, state);
    const exact = releaseModel(plan, hash, state, 'exact');
    expect(exact.id).not.toBe(network.id);
    const page = pageValues(predictionsOf(plan, state, 'exact', prepared.test, null));
    const { width } = prepared.test;
    expect(answerValues(exact, [...prepared.test.x.subarray(0, width)]).map((value, at) => value - page[at]!)).toEqual(
      exact.answer.kind === 'survival' ? exact.answer.cuts.map(() => expect.closeTo(0, 12)) : [],
    );
  });
});

describe('a model that cannot be one file', () => {
  const { plan, hash, state } = finishedStudy(linear, files);
  const network = finishedStudy(rounds('{ kind: mlp, hidden: [4] }'), files);

  it('is one whose values each hospital scales by itself', () => {
    const bySite = { ...plan, preprocess: { ...plan.preprocess, scale: 'site' as const } };
    expect(() => releaseModel(bySite, hash, state)).toThrow(expect.objectContaining({ code: 'scale-site' }));
  });

  it('is one with batch statistics of each hospital', () => {
    const batch = { ...network.plan, model: { kind: 'mlp' as const, hidden: [4], norm: 'batch' as const, dropout: 0 } };
    expect(() => releaseModel(batch, hash, network.state)).toThrow(expect.objectContaining({ code: 'batch-norm' }));
  });

  it('is one of which each hospital keeps a part', () => {
    const own = { ...network.plan, personal: 'fedper' as const };
    expect(() => releaseModel(own, hash, network.state)).toThrow(expect.objectContaining({ code: 'own-part' }));
    expect(releaseModel(own, hash, network.state, 'exact').answer.kind).toBe('probability');
  });

  it.each([['an order of risks', DIED, 'model: { kind: linear }\nalgorithm: { kind: fedavg }', 'ranking']])(
    'is one of %s',
    (_what, outcome, fitting, code) => {
      const study = finishedStudy(ofTask(outcome, fitting), others);
      expect(() => exportFiles(study.plan, study.hash, study.state)).toThrow(expect.objectContaining({ code }));
    },
  );

  it('is one that did not converge', () => {
    const failed = { ...state, newton: { ...state.newton!, converged: false, failure: 'separated' as const } };
    expect(() => releaseModel(plan, hash, failed)).toThrow(expect.objectContaining({ code: 'not-fitted' }));
  });
});

describe('a model file', () => {
  const { plan, hash, state } = finishedStudy(linear, files);
  const model = releaseModel(plan, hash, state);
  const text = JSON.stringify(model);

  it.each([
    ['cut short', text.slice(0, -5), 'cut short'],
    ['of another program', '{"format":"pickle"}', '"format" must be'],
    [
      'with a weight too few',
      JSON.stringify({ ...model, layers: [{ ...model.layers[0]!, kernel: model.layers[0]!.kernel.slice(1) }] }),
      'another number of weights',
    ],
    ['with a weight that is no number', text.replace(/"bias":\[[^\]]*\]/, '"bias":[null]'), '"layers.0.bias.0"'],
    ['with a column of no feature', text.replace('"feature":"age"', '"feature":"height"'), 'not a feature'],
  ])('that is damaged is refused by name: %s', (_what, damaged, problem) => {
    const parsed = parseModel(damaged);
    expect(parsed.ok ? '' : parsed.problem).toContain(problem);
  });

  it('refuses safetensors that are cut short', () => {
    const bytes = safetensorsBytes(modelTensors(model));
    expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
    expect(() => readSafetensors(bytes.subarray(0, 20))).toThrow(RangeError);
  });
});

describe('a row that the model must not score', () => {
  const required = linear.replace('type: number, unit: a, range: [18, 110]', 'type: number, unit: a, range: [18, 110], required: true');
  const { plan, hash, state } = finishedStudy(required, files);
  const model = releaseModel(plan, hash, state);
  const header = 'patient_id,age,sex,systolic_bp,creatinine,hba1c,prior_admissions,smoker,length_of_stay,readmitted';
  const score = (line: string) => {
    const [first] = scoreRows(model, checkTable(readCsv(new TextEncoder().encode(`${header}\n${line}\n`)), tableSpec(plan)));
    return first!;
  };

  it.each([
    ['a-1,150,1,120,1,6,0,never,3,0', 'age: "150" is outside the range 18 to 110'],
    ['a-1,,1,120,1,6,0,never,3,0', 'age: is missing, and the model needs it'],
    ['a-1,50,1,120,1,6,0,often,3,0', 'smoker: "often" is not one of the codes never, former, current'],
    ['a-1,50,1,high,1,6,0,never,3,0', 'systolic_bp: "high" is not a number'],
  ])('is refused with the reason: %s', (line, reason) => {
    expect(score(line)).toEqual({ row: 1, kind: 'refused', reasons: [reason] });
  });

  it('is scored where only a value that may be missing is missing, and says which', () => {
    expect(score('a-1,50,1,,1,6,0,never,3,0')).toMatchObject({ kind: 'scored', imputed: ['systolic_bp'] });
  });

  it('is scored from a file with columns, units and codes of its own, and refused in that file’s words', () => {
    const mapping = parseMapping({
      mapping: 1,
      study: plan.study,
      features: { age: { column: 'Alter' }, smoker: { column: 'Raucher', codes: [{ from: 'nie', to: 'never' }] } },
    });
    const own = (line: string) => {
      const file = `Alter,sex,systolic_bp,creatinine,hba1c,prior_admissions,Raucher,length_of_stay\n${line}\n`;
      return scoreRows(model, scoreTable(readCsv(new TextEncoder().encode(file)), model, mapping))[0]!;
    };
    const same = score('a-1,50,1,120,1,6,0,never,3,0');
    expect(own('50,1,120,1,6,0,nie,3')).toEqual(same);
    expect(own('150,1,120,1,6,0,nie,3')).toEqual({ row: 1, kind: 'refused', reasons: ['Alter: "150" is outside the range 18 to 110'] });
    expect(own(',1,120,1,6,0,nie,3')).toEqual({ row: 1, kind: 'refused', reasons: ['Alter: is missing, and the model needs it'] });
  });

  it('is refused for any missing value where the study dropped such rows', () => {
    const dropped = { ...model, needsEveryValue: true };
    const table = checkTable(readCsv(new TextEncoder().encode(`${header}\na-1,50,1,,1,6,0,never,3,0\n`)), tableSpec(plan));
    expect(scoreRows(dropped, table)[0]).toMatchObject({ kind: 'refused' });
  });
});
