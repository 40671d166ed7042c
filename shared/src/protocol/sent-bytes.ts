/**
 * What an event weighs, counted alike at both ends of a link: its content, without the transport's framing. So the list of what left a
 * browser and the coordinator's count can be equal to the byte.
 */
import { concatBytes, utf8Bytes } from '../crypto/index.ts';

/**
 * The content of one event as bytes: its JSON, then any raw bytes among its members in their order.
 *
 * @param payload - Plain JSON whose top-level members may be byte arrays.
 * @example sentBytes({ index: 0, bytes: Uint8Array.of(7) }) // {"index":0} and 07: 12 bytes
 */
export function sentBytes(payload: unknown): Uint8Array {
  const { text, raw } = partsOf(payload);
  return concatBytes(utf8Bytes(text), ...raw);
}

/** The length of `sentBytes`, without making them. */
export function sentLength(payload: unknown): number {
  const { text, raw } = partsOf(payload);
  return raw.reduce((sum, bytes) => sum + bytes.length, utf8Bytes(text).length);
}

function partsOf(payload: unknown): { readonly text: string; readonly raw: readonly Uint8Array[] } {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return { text: JSON.stringify(payload) ?? '', raw: [] };
  const members = Object.entries(payload);
  return {
    text: JSON.stringify(Object.fromEntries(members.filter(([, value]) => !(value instanceof Uint8Array)))),
    raw: members.flatMap(([, value]) => (value instanceof Uint8Array ? [value] : [])),
  };
}
