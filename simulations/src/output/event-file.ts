/**
 * Scalars as a TensorBoard event file: records of length and checksum around three small protobuf messages.
 * Source: TensorFlow, tensorflow/core/lib/io/record_writer.h, core/util/event.proto, core/framework/summary.proto. The wall time is 0,
 * so that the same result is the same bytes.
 */

export interface Scalar {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

export function eventFile(scalars: readonly Scalar[]): Uint8Array {
  const version = field(3, 2, withLength(utf8('brain.Event:2')));
  return concat([record(version), ...scalars.map((scalar) => record(scalarEvent(scalar)))]);
}

function scalarEvent({ tag, step, value }: Scalar): Uint8Array {
  const float = new Uint8Array(4);
  new DataView(float.buffer).setFloat32(0, value, true);
  const one = concat([field(1, 2, withLength(utf8(tag))), field(2, 5, float)]);
  const summary = field(1, 2, withLength(one));
  return concat([field(1, 1, new Uint8Array(8)), field(2, 0, varint(step)), field(5, 2, withLength(summary))]);
}

function record(data: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true);
  return concat([length, masked(crc32c(length)), data, masked(crc32c(data))]);
}

/** As TensorFlow stores a checksum, so that one of data with checksums inside stays strong. */
function masked(crc: number): Uint8Array {
  const bytes = new Uint8Array(4);
  const rotated = ((crc >>> 15) | (crc << 17)) >>> 0;
  new DataView(bytes.buffer).setUint32(0, (rotated + 0xa282ead8) >>> 0, true);
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

/** CRC-32C (Castagnoli; RFC 3720, appendix B.4). */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const field = (number: number, type: number, content: Uint8Array): Uint8Array => concat([varint(number * 8 + type), content]);
const withLength = (content: Uint8Array): Uint8Array => concat([varint(content.length), content]);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
