/**
 * Safetensors: eight bytes of header length, a JSON header, raw little-endian tensors. Float64, so that nothing is rounded.
 * Source: github.com/huggingface/safetensors, "Format".
 */
import { concatBytes, utf8Bytes } from '../crypto/index.ts';
import { modelMetadata } from './model-metadata.ts';
import type { ReleasedModel } from './released-model.ts';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

export interface SafeTensors {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: { readonly [key: string]: string };
}

const HEADER_LENGTH = 8;
const decoder = new (globalThis as unknown as { TextDecoder: new () => { decode(bytes: Uint8Array): string } }).TextDecoder();

/** The tensors of a model: its layers, and its columns' mean, sd and fill. */
export function modelTensors(model: ReleasedModel): SafeTensors {
  const tensors = new Map<string, NamedTensor>();
  const put = (name: string, shape: readonly number[], values: readonly number[]): void => {
    tensors.set(name, { shape, values: Float64Array.from(values) });
  };
  for (const key of ['mean', 'sd', 'fill'] as const)
    put(
      `columns/${key}`,
      [model.columns.length],
      model.columns.map((column) => column[key]),
    );
  model.layers.forEach(({ inputs, outputs, kernel, bias, norm }, index) => {
    const layer = `layer${index + 1}`;
    put(`${layer}/kernel`, [inputs, outputs], kernel);
    put(`${layer}/bias`, [outputs], bias);
    if (norm === null) return;
    put(`${layer}/scale`, [outputs], norm.scale);
    put(`${layer}/shift`, [outputs], norm.shift);
  });
  const names = model.columns.map(({ name }) => name).join('\n');
  return { tensors, metadata: { ...modelMetadata(model), columns: names } };
}

/** @throws RangeError when a tensor's shape does not fit its values. */
export function safetensorsBytes({ tensors, metadata }: SafeTensors): Uint8Array {
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  for (const [name, { shape, values }] of tensors) {
    if (shape.reduce((product, size) => product * size, 1) !== values.length)
      throw new RangeError(`safetensorsBytes: the shape of ${name} does not fit`);
    const bytes = new Uint8Array(values.length * 8);
    const view = new DataView(bytes.buffer);
    values.forEach((value, index) => {
      view.setFloat64(index * 8, value, true);
    });
    header[name] = { dtype: 'F64', shape: [...shape], data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    parts.push(bytes);
  }
  const text = utf8Bytes(JSON.stringify(header));
  // Readers like the data to begin at a multiple of eight; blanks at the end of the header are allowed for it.
  const padded = concatBytes(text, new Uint8Array((8 - (text.length % 8)) % 8).fill(0x20));
  const length = new Uint8Array(HEADER_LENGTH);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return concatBytes(length, padded, ...parts);
}

/** The inverse of `safetensorsBytes`. @throws RangeError when the bytes are not such a file. */
export function readSafetensors(bytes: Uint8Array): SafeTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < HEADER_LENGTH ? Number.POSITIVE_INFINITY : Number(view.getBigUint64(0, true));
  const start = HEADER_LENGTH + length;
  if (!(start <= bytes.length)) throw new RangeError('readSafetensors: cut short');
  const header = JSON.parse(decoder.decode(bytes.subarray(HEADER_LENGTH, start))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const { __metadata__: metadata = {}, ...rest } = header;
  const tensors = new Map<string, NamedTensor>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of Object.entries(rest)) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (dtype !== 'F64' || to - from !== count * 8 || start + to > bytes.length)
      throw new RangeError(`readSafetensors: ${name} is not whole`);
    tensors.set(name, {
      shape,
      values: Float64Array.from({ length: count }, (_, index) => view.getFloat64(start + from + index * 8, true)),
    });
  }
  return { tensors, metadata: metadata as unknown as Record<string, string> };
}
