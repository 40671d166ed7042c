/** Reads a study's log from its first link on and finds the first one that does not fit. */
import { verifyEd25519 } from './ed25519.ts';
import { CHAIN_START, type Link, linkHash } from './event-chain.ts';

export type LogCheck =
  | { readonly ok: true; readonly events: number; readonly head: string }
  | { readonly ok: false; readonly sequence: number; readonly reason: 'missing' | 'altered' | 'unsigned' };

/**
 * @param links - All links of one study in the order of the log.
 * @param publicKey - The coordinator's Ed25519 key, 32 bytes.
 * @returns The number of events and the last hash, or the place and kind of the first fault.
 */
export async function verifyLog(links: AsyncIterable<Link> | Iterable<Link>, publicKey: Uint8Array): Promise<LogCheck> {
  let previous = CHAIN_START;
  let sequence = 0;
  for await (const link of links) {
    if (link.sequence !== sequence) return { ok: false, sequence, reason: 'missing' };
    if (link.previous !== previous || linkHash(link) !== link.hash) return { ok: false, sequence, reason: 'altered' };
    if (!verifyEd25519(publicKey, Buffer.from(link.hash, 'hex'), Buffer.from(link.signature, 'base64'))) {
      return { ok: false, sequence, reason: 'unsigned' };
    }
    previous = link.hash;
    sequence += 1;
  }
  return { ok: true, events: sequence, head: previous };
}
