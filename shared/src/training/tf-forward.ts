/**
 * The networks written a second time in TensorFlow.js operations, for automatic differentiation: the oracle of the written-out backward
 * passes, and the way to train what has no fused path on a TensorFlow.js backend.
 */
import type * as Tf from '@tensorflow/tfjs';
import {
  type AdditiveShape,
  type CnnShape,
  cnnBlocks,
  enteredBy,
  type LossSpec,
  type MlpShape,
  type NetworkShape,
  type Rows,
} from '../models/index.ts';

const NORM_EPSILON = 1e-5;

/**
 * Outputs of a batch while training.
 *
 * @param parts - The network's tensors, in the order of its flat vector.
 * @param x - Shape (batch, inputs).
 * @param chance - The stream of dropout, drawn in the order of the plain pass.
 */
export function tensorForward(tf: typeof Tf, shape: NetworkShape, parts: readonly Tf.Tensor[], x: Tf.Tensor2D, chance: () => number) {
  switch (shape.kind) {
    case 'additive':
      return additive(tf, shape, parts, x);
    case 'cnn':
      return cnn(tf, shape, parts, x);
    default:
      return mlp(tf, shape, parts, x, chance);
  }
}

function mlp(tf: typeof Tf, shape: MlpShape, parts: readonly Tf.Tensor[], x: Tf.Tensor2D, chance: () => number): Tf.Tensor2D {
  const { norm = 'none', dropout = 0, hidden } = shape;
  let at = 0;
  let value = x;
  for (let l = 0; l <= hidden.length; l++) {
    value = tf.add<Tf.Tensor2D>(tf.matMul(value, parts[at]! as Tf.Tensor2D), parts[at + 1]!);
    at += 2;
    if (l === hidden.length) break;
    if (norm !== 'none') {
      const { mean, variance } = tf.moments(value, norm === 'layer' ? 1 : 0, true);
      const z = tf.div(tf.sub(value, mean), tf.sqrt(tf.add(variance, NORM_EPSILON)));
      value = tf.add<Tf.Tensor2D>(tf.mul(z, parts[at]!), parts[at + 1]!);
      at += norm === 'layer' ? 2 : 4;
    }
    value = tf.relu(value);
    if (dropout > 0) {
      const kept = Float32Array.from({ length: value.size }, () => (chance() < dropout ? 0 : 1 / (1 - dropout)));
      value = tf.mul(value, tf.tensor2d(kept, value.shape));
    }
  }
  return value;
}

function additive(tf: typeof Tf, { groups }: AdditiveShape, parts: readonly Tf.Tensor[], x: Tf.Tensor2D): Tf.Tensor2D {
  let column = 0;
  const sums = groups.map((columns, g) => {
    const own = tf.slice2d(x, [0, column], [-1, columns]);
    column += columns;
    const units = tf.relu(tf.add<Tf.Tensor2D>(tf.matMul(own, parts[3 * g]! as Tf.Tensor2D), parts[3 * g + 1]!));
    return tf.matMul(units, parts[3 * g + 2]! as Tf.Tensor2D);
  });
  return tf.add<Tf.Tensor2D>(tf.addN(sums), parts[3 * groups.length]!);
}

function cnn(tf: typeof Tf, shape: CnnShape, parts: readonly Tf.Tensor[], x: Tf.Tensor2D): Tf.Tensor2D {
  const { width, height, pixels, groups } = shape;
  // A 0/1 matrix puts every column at its pixel.
  const places = new Float32Array(pixels.length * width * height);
  for (const [column, pixel] of pixels.entries()) places[column * width * height + pixel] = 1;
  const images = tf.matMul(x, tf.tensor2d(places, [pixels.length, width * height]));
  let value = tf.reshape(images, [-1, height, width, 1]) as Tf.Tensor4D;
  for (const [at, block] of cnnBlocks(shape).blocks.entries()) {
    const [kernel, bias, scale, shift] = parts.slice(4 * at, 4 * at + 4) as [Tf.Tensor4D, Tf.Tensor, Tf.Tensor, Tf.Tensor];
    const sums = tf.add(tf.conv2d(value, kernel, 1, 'same'), bias);
    const grouped = tf.reshape(sums, [-1, block.height, block.width, groups, block.outputs / groups]);
    const { mean, variance } = tf.moments(grouped, [1, 2, 4], true);
    const z = tf.reshape(tf.div(tf.sub(grouped, mean), tf.sqrt(tf.add(variance, NORM_EPSILON))), sums.shape);
    value = tf.relu(tf.add(tf.mul(z, scale), shift)) as Tf.Tensor4D;
    if (block.isPooled) value = tf.avgPool(value, 2, 2, 'valid');
  }
  return tf.add<Tf.Tensor2D>(tf.matMul(tf.mean(value, [1, 2]) as Tf.Tensor2D, parts.at(-2)! as Tf.Tensor2D), parts.at(-1)!);
}

/** The mean loss of a batch, as a scalar. */
export function tensorLoss(tf: typeof Tf, loss: LossSpec, outputs: Tf.Tensor2D, rows: Rows, batch: Uint32Array): Tf.Scalar {
  const { mean = 0, sd = 1 } = loss.kind === 'gaussian' || loss.kind === 'squared' ? loss : {};
  const targets = Float32Array.from(batch, (row) => (rows.y[row]! - mean) / sd);
  switch (loss.kind) {
    case 'binary': {
      const y = tf.tensor2d(targets, [batch.length, 1]);
      const each = tf.sub(tf.softplus(outputs), tf.mul(y, outputs));
      const weights = Float32Array.from(targets, (value) => loss.classWeights?.[value === 1 ? 1 : 0] ?? 1);
      return tf.mean(tf.mul(each, tf.tensor2d(weights, [batch.length, 1]))).asScalar();
    }
    case 'softmax': {
      const chosen = tf.oneHot(tf.tensor1d(targets, 'int32'), loss.classes);
      const each = tf.sub(tf.logSumExp(outputs, 1), tf.sum(tf.mul(outputs, chosen), 1));
      return tf.mean(tf.mul(each, tf.tensor1d(Float32Array.from(targets, (k) => loss.classWeights?.[k] ?? 1)))).asScalar();
    }
    case 'gaussian': {
      const [middle, written] = tf.split(outputs, 2, 1) as [Tf.Tensor2D, Tf.Tensor2D];
      const logVariance = tf.clipByValue(written, -10, 10);
      const squares = tf.square(tf.sub(middle, tf.tensor2d(targets, [batch.length, 1])));
      const each = tf.mul(0.5, tf.add(tf.add(Math.log(2 * Math.PI), logVariance), tf.mul(squares, tf.exp(tf.neg(logVariance)))));
      return tf.mean(each).asScalar();
    }
    case 'squared':
      return tf.mul<Tf.Scalar>(0.5, tf.mean(tf.square(tf.sub(outputs, tf.tensor2d(targets, [batch.length, 1])))));
    case 'hazard': {
      // One column an interval: entered, and whether the event happened there.
      const entered = Array.from(batch, (row) => enteredBy(loss.cuts, rows, row));
      const mask = entered.map(({ count }) => loss.cuts.map((_, k) => (k < count ? 1 : 0)));
      const events = entered.map(({ count, event }) => loss.cuts.map((_, k) => (k === count - 1 ? event : 0)));
      const each = tf.sub(tf.softplus(outputs), tf.mul(tf.tensor2d(events), outputs));
      return tf.div<Tf.Scalar>(tf.sum(tf.mul(each, tf.tensor2d(mask))), batch.length);
    }
    case 'cox': {
      // atRisk[i][j]: row j is still at risk at the time of row i.
      const times = Array.from(batch, (row) => rows.time?.[row] ?? Number.NaN);
      const atRisk = tf.tensor2d(times.map((at) => times.map((time) => (time >= at ? 1 : 0))));
      const scores = tf.reshape(outputs, [-1]);
      const sums = tf.reshape(tf.matMul(atRisk, tf.exp(outputs) as Tf.Tensor2D), [-1]);
      return tf.div<Tf.Scalar>(tf.sum(tf.mul(tf.tensor1d(targets), tf.sub(tf.log(sums), scores))), batch.length);
    }
  }
}
