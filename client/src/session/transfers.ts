/**
 * Bytes over the link, in chunks that are acknowledged one by one. An upload asks what the coordinator has kept and sends
 * the rest, so a lost connection costs at most the chunks under way. A download is checked against its hash.
 */
import { sha256Hex } from './digest.ts';
import { type Link, LinkError } from './link.ts';

const UNDER_WAY = 4;
const ATTEMPTS = 5;

/**
 * Uploads bytes under their SHA-256. Repeating it is harmless.
 *
 * @param hash - SHA-256 of the bytes, hex.
 * @throws LinkError when the coordinator refuses.
 */
export async function uploadBlob(link: Link, hash: string, bytes: Uint8Array): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await uploadOnce(link, hash, bytes);
    } catch (error) {
      // The coordinator may have restarted and forgotten that the upload was open: begin again, keeping what it has.
      if (!(error instanceof LinkError) || error.code === 'link-closed' || error.code === 'too-large' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function uploadOnce(link: Link, hash: string, bytes: Uint8Array): Promise<void> {
  const begun = await link.ask('blob-begin', { hash, sizeBytes: bytes.length });
  const chunkBytes = Number(begun.chunkBytes);
  const have = new Set(begun.have as readonly number[]);
  const count = Math.max(1, Math.ceil(bytes.length / chunkBytes));
  const missing = Array.from({ length: count }, (_, index) => index).filter((index) => !have.has(index));
  const sendNext = async (): Promise<void> => {
    for (let index = missing.shift(); index !== undefined; index = missing.shift()) {
      const chunk = bytes.slice(index * chunkBytes, (index + 1) * chunkBytes);
      await link.ask('blob-chunk', { hash, index, digest: await sha256Hex(chunk), bytes: chunk });
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, sendNext));
}

/**
 * Downloads the bytes of that hash.
 *
 * @throws LinkError when the coordinator has them not, or `wrong-hash` when they are other bytes.
 */
export async function downloadBlob(link: Link, hash: string): Promise<Uint8Array> {
  const first = await link.ask('blob-get', { hash, index: 0 });
  const bytes = new Uint8Array(Number(first.sizeBytes));
  let at = place(bytes, 0, first.bytes);
  for (let index = 1; at < bytes.length; index++) at = place(bytes, at, (await link.ask('blob-get', { hash, index })).bytes);
  if ((await sha256Hex(bytes)) !== hash) throw new LinkError('wrong-hash', 'The bytes received are not the ones asked for.');
  return bytes;
}

/** Copies a received chunk and returns the next position; a chunk without progress would never end. */
function place(target: Uint8Array, at: number, chunk: unknown): number {
  const bytes = chunk instanceof Uint8Array ? chunk : chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : new Uint8Array();
  if (target.length === 0 && bytes.length === 0) return at;
  if (bytes.length === 0 || at + bytes.length > target.length) throw new LinkError('wrong-size', 'A chunk does not fit.');
  target.set(bytes, at);
  return at + bytes.length;
}
