/**
 * A study's state as bytes, and back. Every site derives the same bytes, so their hash is the "model hash" of the protocol.
 *
 * Form: length-prefixed [canonical JSON, array 0, array 1, …]; a Float64Array stands in the JSON as `{"float64": index}` and its
 * entries follow as little-endian doubles.
 */
import { concatBytes, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import { canonicalJson } from '../study/index.ts';

const decoder = new (globalThis as unknown as { TextDecoder: new () => { decode(bytes: Uint8Array): string } }).TextDecoder();

/**
 * @param state - Plain data: numbers, texts, booleans, null, arrays, objects and Float64Arrays.
 * @returns The same bytes for equal states, on every machine.
 */
export function stateBytes(state: unknown): Uint8Array {
  const arrays: Uint8Array[] = [];
  const plain = flatten(state, arrays);
  return lengthPrefixed([canonicalJson(plain), ...arrays]);
}

/** SHA-256 of the state's bytes, in hex: the model hash. */
export const stateHash = (state: unknown): string => toHex(sha256(stateBytes(state)));

/**
 * The inverse of `stateBytes`.
 * @throws RangeError when the bytes are not a state.
 */
export function stateFromBytes(bytes: Uint8Array): unknown {
  const parts = readParts(bytes);
  const head = parts[0];
  if (head === undefined) throw new RangeError('stateFromBytes: empty');
  return unflatten(JSON.parse(decoder.decode(head)), parts.slice(1));
}

function flatten(value: unknown, arrays: Uint8Array[]): unknown {
  if (value instanceof Float64Array) {
    arrays.push(new Uint8Array(value.slice().buffer));
    return { float64: arrays.length - 1 };
  }
  if (Array.isArray(value)) return value.map((item) => flatten(item, arrays));
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, flatten((value as Record<string, unknown>)[key], arrays)]));
}

function unflatten(value: unknown, arrays: readonly Uint8Array[]): unknown {
  if (Array.isArray(value)) return value.map((item) => unflatten(item, arrays));
  if (typeof value !== 'object' || value === null) return value;
  const index = (value as { float64?: unknown }).float64;
  if (typeof index === 'number' && Object.keys(value).length === 1) {
    const bytes = arrays[index];
    if (bytes === undefined || bytes.length % 8 !== 0) throw new RangeError('stateFromBytes: an array is missing');
    return new Float64Array(concatBytes(bytes).buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unflatten(item, arrays)]));
}

function readParts(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw new RangeError('stateFromBytes: cut short');
    const length = view.getUint32(at);
    if (at + 4 + length > bytes.length) throw new RangeError('stateFromBytes: cut short');
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}
