/** The fully connected network over one batch, forward and back: dense, normalisation, ReLU, dropout; dense at the end. */
import { denseBackward, denseForward } from './dense.ts';
import { type MlpLayer, type MlpShape, mlpLayers } from './mlp-shape.ts';
import type { NetworkPass } from './network.ts';
import { NORM_EPSILON, standardiseGroup, standardiseGroupBack } from './normalise.ts';

/**
 * @param capacity - Most rows in a batch.
 * @returns Work space and functions for batches of at most so many rows.
 */
export function mlpPass(shape: MlpShape, capacity: number): NetworkPass {
  const layers = mlpLayers(shape);
  const norm = shape.norm ?? 'none';
  const dropout = shape.dropout ?? 0;
  const widths = [shape.inputs, ...layers.map(({ outputs }) => outputs)];
  const values = widths.map((width) => new Float64Array(width * capacity));
  const errors = widths.map((width) => new Float64Array(width * capacity));
  // z of each normalised layer, and 1 / spread of each group (rows of a layer norm, units of a batch norm).
  const standard = layers.map(({ outputs, normStart }) => new Float64Array(normStart === null ? 0 : outputs * capacity));
  const inverse = layers.map(({ outputs, normStart }) => new Float64Array(normStart === null ? 0 : Math.max(outputs, capacity)));
  const kept = layers.map(({ outputs }, l) => new Float64Array(dropout > 0 && l < layers.length - 1 ? outputs * capacity : 0));
  const last = layers.length - 1;
  let rows = 0;
  let isTraining = false;

  function normForward(layer: MlpLayer, l: number, weights: Float64Array): void {
    const { outputs } = layer;
    const start = layer.normStart!;
    const out = values[l + 1]!;
    const z = standard[l]!;
    z.set(out.subarray(0, rows * outputs));
    if (norm === 'layer') {
      for (let row = 0; row < rows; row++) inverse[l]![row] = standardiseGroup(z, row * outputs, outputs, 1);
    } else if (isTraining && rows > 1) {
      for (let k = 0; k < outputs; k++) inverse[l]![k] = standardiseGroup(z, k, rows, outputs);
    } else {
      // Statistics of the site's own training rows; a batch of one row has none of its own.
      for (let k = 0; k < outputs; k++) {
        const factor = 1 / Math.sqrt(weights[start + 3 * outputs + k]! + NORM_EPSILON);
        inverse[l]![k] = factor;
        for (let row = 0; row < rows; row++) {
          const at = row * outputs + k;
          z[at] = (z[at]! - weights[start + 2 * outputs + k]!) * factor;
        }
      }
    }
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < outputs; k++)
        out[row * outputs + k] = weights[start + k]! * z[row * outputs + k]! + weights[start + outputs + k]!;
    }
  }

  function normBackward(layer: MlpLayer, l: number, weights: Float64Array, gradient: Float64Array): void {
    const { outputs } = layer;
    const start = layer.normStart!;
    const error = errors[l + 1]!;
    const z = standard[l]!;
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < outputs; k++) {
        const at = row * outputs + k;
        gradient[start + k]! += error[at]! * z[at]!;
        gradient[start + outputs + k]! += error[at]!;
        error[at] = error[at]! * weights[start + k]!;
      }
    }
    if (norm === 'layer') {
      for (let row = 0; row < rows; row++) standardiseGroupBack(z, error, row * outputs, outputs, 1, inverse[l]![row]!);
    } else if (isTraining && rows > 1) {
      for (let k = 0; k < outputs; k++) standardiseGroupBack(z, error, k, rows, outputs, inverse[l]![k]!);
    } else {
      for (let row = 0; row < rows; row++) for (let k = 0; k < outputs; k++) error[row * outputs + k]! *= inverse[l]![k]!;
    }
  }

  return {
    forward: (weights, x, batch, chance) => {
      rows = batch.length;
      isTraining = chance !== null;
      const { inputs } = shape;
      for (let row = 0; row < rows; row++) {
        const from = batch[row]! * inputs;
        for (let j = 0; j < inputs; j++) values[0]![row * inputs + j] = x[from + j]!;
      }
      for (let l = 0; l <= last; l++) {
        const layer = layers[l]!;
        const out = values[l + 1]!;
        denseForward(layer, weights, values[l]!, out, rows);
        if (l === last) break;
        if (layer.normStart !== null) normForward(layer, l, weights);
        const count = rows * layer.outputs;
        for (let i = 0; i < count; i++) if (out[i]! < 0) out[i] = 0;
        if (dropout === 0 || chance === null) continue;
        const scale = 1 / (1 - dropout);
        for (let i = 0; i < count; i++) {
          const factor = chance() < dropout ? 0 : scale;
          kept[l]![i] = factor;
          out[i]! *= factor;
        }
      }
      return values[last + 1]!;
    },
    backward: (weights, error, gradient) => {
      errors[last + 1]!.set(error.subarray(0, rows * widths[last + 1]!));
      for (let l = last; l >= 0; l--) {
        const layer = layers[l]!;
        if (l < last) {
          // Where a unit is off the error is 0 already: the layer above wrote it so.
          const scaled = isTraining && dropout > 0;
          if (scaled) for (let i = 0; i < rows * layer.outputs; i++) errors[l + 1]![i]! *= kept[l]![i]!;
          if (layer.normStart !== null) normBackward(layer, l, weights, gradient);
        }
        denseBackward(layer, weights, values[l]!, errors[l + 1]!, gradient, rows, l > 0 ? errors[l]! : null, l > 0);
      }
    },
  };
}
