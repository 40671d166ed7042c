/** Public names of `secagg`: encode, mask, sum, unmask, decode. */

export { type EncodedVector, zeroVector } from './encoded-vector.ts';
export type { SignedSeed } from './keystream.ts';
export { type Layout, packedLength } from './layout.ts';
export { type MaskedVector, maskVector } from './mask.ts';
export { isPacked, packVector, unpackVector } from './pack-vector.ts';
export { type MaskPeer, pairMasks, pairSeed } from './pair-seed.ts';
export { decodeStatistics, encodeStatistics, STATISTICS_STEP, statisticsStep } from './statistics-encoding.ts';
export { thresholds } from './thresholds.ts';
export { dropoutMasks, survivorMasks, unmaskSum } from './unmask.ts';
export { decodeUpdate, encodeUpdate, type TensorClip } from './update-encoding.ts';
export { gridWeight } from './weight-grid.ts';
