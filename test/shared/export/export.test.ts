/**
 * Exported models give the page's probability: scored by the product's own reader, by ONNX Runtime and by TensorFlow.js, from rows in the
 * hospital's own units with missing values among them; safetensors read back bit for bit.
 */
import {
  answerNames,
  exportFiles,
  modelInputs,
  modelTensors,
  parseModel,
  type ReleasedModel,
  readSafetensors,
  releaseModel,
  type Score,
  scoreRows,
} from '@consilium/shared/export';
import { predictionsOf } from '@consilium/shared/federation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { tableSpec } from '@consilium/shared/study';
import * as tf from '@tensorflow/tfjs';
import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { finishedStudy } from '../../reference/finished-study.ts';
import { files, others, pageValues, studies } from './exported-studies.ts';

ort.env.wasm.numThreads = 1;

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
