/**
 * Encoded vectors as bytes, and back.
 *
 * Rules: header entries are 8 bytes, then body entries of bits / 8 bytes, all little-endian; at 20 bits two entries
 * share 5 bytes, the first in the low bits. One vector has exactly one byte string.
 * Source: docs/protocol.md §4.
 */
import { type EncodedVector, zeroVector } from './encoded-vector.ts';
import { type Layout, packedLength } from './layout.ts';
import { addFours, packFours } from './pack-fours.ts';

/**
 * Packs a vector; body entries are taken mod 2^bits.
 *
 * @returns `packedLength(layout)` bytes.
 * @throws RangeError if the vector does not have the layout's lengths.
 */
export function packVector(encoded: EncodedVector, layout: Layout): Uint8Array<ArrayBuffer> {
  const { header, body } = encoded;
  const bytes = new Uint8Array(packedLength(layout));
  if (header.length !== layout.header || body.length !== layout.body)
    throw new RangeError('packVector: expected a vector of the given layout');
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < header.length; index++) view.setBigUint64(8 * index, header[index]!, true);
  packBody(bytes.subarray(8 * header.length), body, layout.bits);
  return bytes;
}

/** Whether bytes are a packed vector of a layout: its length, and unused bits that are zero. */
export function isPacked(bytes: Uint8Array, layout: Layout): boolean {
  if (bytes.length !== packedLength(layout)) return false;
  return layout.bits !== 20 || layout.body % 2 === 0 || bytes[bytes.length - 1]! <= 15;
}

/**
 * Reads a packed vector.
 *
 * @throws RangeError on another length, or unused bits that are not zero.
 */
export function unpackVector(bytes: Uint8Array, layout: Layout): EncodedVector {
  const encoded = zeroVector(layout);
  addPacked(encoded, bytes, layout);
  return encoded;
}

/**
 * Adds a packed vector to a sum in place, without a copy: header mod 2^64, body mod 2^32 (and so mod 2^bits, once reduced).
 *
 * @throws RangeError as `unpackVector`; the sum is then unchanged.
 */
export function addPacked(sum: EncodedVector, bytes: Uint8Array, layout: Layout): void {
  const { header, body } = sum;
  const expected = packedLength(layout);
  if (bytes.length !== expected) throw new RangeError(`packed vector: expected ${expected} bytes, got ${bytes.length}`);
  if (!isPacked(bytes, layout)) throw new RangeError('packed vector: expected unused bits to be zero');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < header.length; index++) header[index]! += view.getBigUint64(8 * index, true);
  addPackedBody(body, bytes.subarray(8 * header.length), layout.bits);
}

function packBody(bytes: Uint8Array, body: Uint32Array, bits: Layout['bits']): void {
  if (bits === 20) {
    packPairs(bytes, body);
    return;
  }
  const size = bits / 8;
  const start = bits === 24 ? packFours(bytes, body) : 0;
  for (let index = start, at = size * start; index < body.length; index++, at += size) {
    const entry = body[index]!;
    bytes[at] = entry;
    bytes[at + 1] = entry >>> 8;
    if (size > 2) bytes[at + 2] = entry >>> 16;
    if (size > 3) bytes[at + 3] = entry >>> 24;
  }
}

function packPairs(bytes: Uint8Array, body: Uint32Array): void {
  for (let index = 0, at = 0; index < body.length; index += 2, at += 5) {
    const first = body[index]! & 0xfffff;
    const second = (body[index + 1] ?? 0) & 0xfffff;
    bytes[at] = first;
    bytes[at + 1] = first >>> 8;
    bytes[at + 2] = (first >>> 16) | (second << 4);
    bytes[at + 3] = second >>> 4; // past the end of an odd body these two writes are dropped
    bytes[at + 4] = second >>> 12;
  }
}

function addPackedBody(body: Uint32Array, bytes: Uint8Array, bits: Layout['bits']): void {
  if (bits === 20) {
    addPackedPairs(body, bytes);
    return;
  }
  const size = bits / 8;
  const start = bits === 24 ? addFours(body, bytes) : 0;
  for (let index = start, at = size * start; index < body.length; index++, at += size) {
    let entry = bytes[at]! | (bytes[at + 1]! << 8);
    if (size > 2) entry |= bytes[at + 2]! << 16;
    if (size > 3) entry |= bytes[at + 3]! << 24;
    body[index]! += entry;
  }
}

function addPackedPairs(body: Uint32Array, bytes: Uint8Array): void {
  for (let index = 0, at = 0; index < body.length; index += 2, at += 5) {
    const shared = bytes[at + 2]!;
    body[index]! += bytes[at]! | (bytes[at + 1]! << 8) | ((shared & 15) << 16);
    if (index + 1 < body.length) body[index + 1]! += (shared >>> 4) | (bytes[at + 3]! << 4) | (bytes[at + 4]! << 12);
  }
}
