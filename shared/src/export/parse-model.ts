/** A released model read back from its file, every part checked: a damaged or foreign file is refused by name, never guessed at. */
import { z } from 'zod';
import { type Feature, featureSchema } from '../schema/index.ts';
import { MODEL_FORMAT, type ReleasedModel } from './released-model.ts';

const finite = z.number();
const count = z.int().min(1).max(1_000_000);
const layer = z.strictObject({
  inputs: count,
  outputs: count,
  kernel: z.array(finite),
  bias: z.array(finite),
  norm: z.strictObject({ scale: z.array(finite), shift: z.array(finite), epsilon: z.number().positive() }).nullable(),
  activation: z.enum(['relu', 'none']),
});

const schema = z.strictObject({
  format: z.literal(MODEL_FORMAT),
  id: z.string().regex(/^[0-9a-f]{64}$/),
  adaptedTo: z.string().nullable(),
  study: z.string(),
  title: z.string(),
  purpose: z.string(),
  population: z.string(),
  version: z.int(),
  synthetic: z.boolean(),
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  outcome: z.string(),
  features: z.array(featureSchema).min(1),
  needsEveryValue: z.boolean(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      feature: z.string(),
      level: z.int().min(0).nullable(),
      mean: finite,
      sd: z.number().positive(),
      fill: finite,
    }),
  ),
  layers: z.array(layer).min(1),
  answer: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('probability') }),
    z.strictObject({
      kind: z.literal('classes'),
      classes: z
        .array(z.strictObject({ code: z.string(), label: z.string() }))
        .min(2)
        .max(100),
    }),
    z.strictObject({ kind: z.literal('quantity'), unit: z.string().nullable() }),
    z.strictObject({ kind: z.literal('count'), most: z.number().positive() }),
    z.strictObject({ kind: z.literal('survival'), cuts: z.array(z.number().positive()).min(1).max(1000), unit: z.string() }),
  ]),
  spread: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('covariance'), isPenalised: z.boolean(), matrix: z.array(finite) }),
      z.strictObject({ kind: z.literal('fits'), fits: z.array(z.array(layer).min(1)).min(1).max(100) }),
    ])
    .nullable(),
});

export type ModelResult = { readonly ok: true; readonly model: ReleasedModel } | { readonly ok: false; readonly problem: string };

/** @param text - The content of a `model.json`. @returns The model, or a sentence on what is wrong. */
export function parseModel(text: string): ModelResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'It is not JSON; the file may be cut short.' };
  }
  const format = typeof value === 'object' && value !== null ? (value as { format?: unknown }).format : undefined;
  if (format === 'consilium-model-1')
    return { ok: false, problem: 'It was written by an earlier release. Export the model again from the study’s result.' };
  if (format !== MODEL_FORMAT) return { ok: false, problem: `It is not a model of this program: "format" must be "${MODEL_FORMAT}".` };
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, problem: `Its "${issue?.path.join('.') ?? ''}" is not as a model's must be.` };
  }
  const problem = inconsistency(parsed.data);
  return problem === null ? { ok: true, model: parsed.data } : { ok: false, problem };
}

function inconsistency(model: ReleasedModel): string | null {
  const features = new Map<string, Feature>(model.features.map((feature) => [feature.name, feature]));
  for (const { name, feature, level } of model.columns) {
    const known = features.get(feature);
    if (known === undefined) return `Its column "${name}" belongs to "${feature}", which is not a feature.`;
    const isFit = known.type === 'number' ? level === null : level !== null && level < known.codes.length;
    if (!isFit) return `Its column "${name}" does not fit the feature "${feature}".`;
  }
  return layersProblem(model, model.layers) ?? spreadProblem(model);
}

function layersProblem({ columns, answer }: ReleasedModel, layers: ReleasedModel['layers']): string | null {
  let inputs = columns.length;
  for (const [index, { inputs: own, outputs, kernel, bias, norm }] of layers.entries()) {
    const isWhole = own === inputs && kernel.length === own * outputs && bias.length === outputs;
    const isNormed = norm === null || (norm.scale.length === outputs && norm.shift.length === outputs);
    if (!(isWhole && isNormed)) return `Its layer ${index + 1} has another number of weights than its shape says.`;
    inputs = outputs;
  }
  if (answer.kind === 'survival' && answer.cuts.some((cut, at) => cut <= (answer.cuts[at - 1] ?? 0))) return 'Its times do not rise.';
  const needed = answer.kind === 'survival' ? answer.cuts.length : answer.kind === 'classes' ? answer.classes.length : 1;
  return inputs === needed ? null : `Its last layer has ${inputs} outputs, not ${needed}.`;
}

/** What it says of its own uncertainty must fit it, or an interval would be read from something else. */
function spreadProblem(model: ReleasedModel): string | null {
  const { spread, layers, answer } = model;
  if (spread === null) return null;
  if (spread.kind === 'fits') return spread.fits.map((fit) => layersProblem(model, fit)).find((problem) => problem !== null) ?? null;
  const [first] = layers;
  const outputs = first?.outputs ?? 0;
  const size = answer.kind === 'classes' ? (outputs - 1) * (model.columns.length + 1) : outputs + model.columns.length;
  return layers.length === 1 && spread.matrix.length === size * size ? null : 'Its covariance does not fit its coefficients.';
}
