/**
 * Protocol Buffers on the wire, as far as the ONNX file needs: varints, length-delimited fields, packed numbers.
 * Source: protobuf.dev, "Encoding". Field numbers are in onnx.ts.
 */
import { concatBytes, utf8Bytes } from '../crypto/index.ts';

const VARINT = 0;
const BYTES = 2;

/** An unsigned varint. @param value - A whole number in [0, 2^53). */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

/** @param field - Field number. */
export const numberField = (field: number, value: number): Uint8Array => concatBytes(varint(field * 8 + VARINT), varint(value));

export const bytesField = (field: number, value: Uint8Array): Uint8Array =>
  concatBytes(varint(field * 8 + BYTES), varint(value.length), value);

export const textField = (field: number, value: string): Uint8Array => bytesField(field, utf8Bytes(value));

/** A message inside a message. */
export const messageField = (field: number, ...parts: readonly Uint8Array[]): Uint8Array => bytesField(field, concatBytes(...parts));

/** Repeated whole numbers, packed. */
export const packedField = (field: number, values: readonly number[]): Uint8Array => bytesField(field, concatBytes(...values.map(varint)));
