/**
 * The shape of a convolutional network for small grey images, and where its tensors lie: blocks of a 3 × 3 convolution, group normalisation, ReLU and
 * the mean over 2 × 2 pixels; then the mean over what is left of the image, and a linear layer.
 *
 * Rules: group normalisation, because statistics of a batch would be a site's own; per block kernel [3, 3, in, out], bias, scale, shift.
 * Source: Wu and He 2018, "Group Normalization".
 */
import type { NetworkTensor } from './network.ts';

export interface CnnShape {
  readonly kind: 'cnn';
  /** Of the image, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixel, row by row, of every column of the matrix; pixels without a column (the same in every image) are 0. */
  readonly pixels: readonly number[];
  /** Channels of each block, each a multiple of `groups`. */
  readonly channels: readonly number[];
  /** Groups of channels that are normalised together. */
  readonly groups: number;
  readonly outputs: number;
}

/** One block. */
export interface CnnBlock {
  readonly inputs: number;
  readonly outputs: number;
  readonly width: number;
  readonly height: number;
  readonly kernelStart: number;
  readonly biasStart: number;
  /** Start of the scale; the shift follows. */
  readonly normStart: number;
  /** Whether 2 × 2 pixels become one after it. */
  readonly isPooled: boolean;
}

/** @throws RangeError on an image or a block without a pixel, a channel or whole groups. */
export function cnnBlocks(shape: CnnShape): { readonly blocks: readonly CnnBlock[]; readonly headStart: number; readonly last: CnnBlock } {
  const { channels, groups, pixels } = shape;
  const isWhole = channels.length > 0 && channels.every((count) => count > 0 && count % groups === 0);
  if (!isWhole || pixels.length === 0 || pixels.some((pixel) => !(pixel >= 0 && pixel < shape.width * shape.height))) {
    throw new RangeError('cnnBlocks: expected pixels of the image, and channels in whole groups');
  }
  const blocks: CnnBlock[] = [];
  let [inputs, width, height, start] = [1, shape.width, shape.height, 0];
  for (const outputs of channels) {
    const biasStart = start + 9 * inputs * outputs;
    const isPooled = width >= 2 && height >= 2;
    blocks.push({ inputs, outputs, width, height, kernelStart: start, biasStart, normStart: biasStart + outputs, isPooled });
    start = biasStart + 3 * outputs;
    inputs = outputs;
    if (isPooled) [width, height] = [Math.floor(width / 2), Math.floor(height / 2)];
  }
  return { blocks, headStart: start, last: blocks[blocks.length - 1]! };
}

/** Name, length and shape of every tensor, in the order of the flat vector. */
export function cnnTensors(shape: CnnShape): readonly NetworkTensor[] {
  const { blocks, last } = cnnBlocks(shape);
  return [
    ...blocks.flatMap(({ inputs, outputs }, at): NetworkTensor[] => [
      { name: `conv${at + 1}/kernel`, length: 9 * inputs * outputs, shape: [3, 3, inputs, outputs], part: 'body' },
      { name: `conv${at + 1}/bias`, length: outputs, shape: [outputs], part: 'body' },
      { name: `norm${at + 1}/scale`, length: outputs, shape: [outputs], part: 'norm' },
      { name: `norm${at + 1}/shift`, length: outputs, shape: [outputs], part: 'norm' },
    ]),
    { name: 'dense/kernel', length: last.outputs * shape.outputs, shape: [last.outputs, shape.outputs], part: 'head' },
    { name: 'dense/bias', length: shape.outputs, shape: [shape.outputs], part: 'head' },
  ];
}
