/** What an event that is about to be sent looks like in the list: its purpose, round, size, hash and shape. */
import { sentBytes } from '@consilium/shared/protocol';
import { sha256Hex } from './digest.ts';
import type { LedgerEntry } from './ledger.ts';

/** The shape of each vector that is being uploaded, by hash. */
export type VectorShapes = ReadonlyMap<string, string>;

/** @param event - Name of the event; a `say` goes by the kind of its message. */
export async function describeSending(event: string, body: unknown, shapes: VectorShapes): Promise<LedgerEntry> {
  const bytes = sentBytes(body);
  const members = (typeof body === 'object' && body !== null ? body : {}) as { readonly [name: string]: unknown };
  const kind = event === 'say' ? String(members.kind) : event === 'blob-chunk' ? 'blob' : event;
  const round = typeof members.round === 'number' ? members.round : null;
  const vector = kind === 'blob' ? shapes.get(String(members.hash)) : undefined;
  const shape = vector === undefined ? shapeOf(members) : `${vector}, ${Number(members.index) + 1}`;
  return { at: Date.now(), kind, round, sizeBytes: bytes.length, hash: await sha256Hex(bytes), shape };
}

/** Names of the members, lists with how many they hold. */
function shapeOf(members: { readonly [name: string]: unknown }): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (Array.isArray(value) ? `${name}[${value.length}]` : name))
    .join(', ');
}

/** A vector's shape in a line. */
export function vectorShape({ header, body, bits }: { readonly header: number; readonly body: number; readonly bits: number }): string {
  return [...(header > 0 ? [`${header} × 64 bit`] : []), ...(body > 0 ? [`${body} × ${bits} bit`] : [])].join(' + ');
}
