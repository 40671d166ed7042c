/** The world of one site inside the chamber: its own randomness and clock; everything else is asked of the page. */
import { ed25519Verify } from '@consilium/shared/crypto';
import type { SiteWorld } from '@consilium/shared/federation';
import type { PageOffers } from './calls.ts';
import type { Remote } from './port-calls.ts';

const LARGEST_REQUEST = 65_536; // of getRandomValues

/** @param page - The page's functions over the port. */
export function siteWorld(page: Remote<PageOffers>): SiteWorld {
  return {
    random: randomBytes,
    verify: (publicKey, bytes, signature) => ed25519Verify(signature, bytes, publicKey),
    now: () => performance.now(),
    clock: () => Math.floor(Date.now() / 1000),
    stretch: (input) => page.stretch(input),
    sign: (messages) => page.sign(messages),
    save: (record) => page.save(record),
    send: (message) => page.send(message),
    upload: (hash, bytes, layout) => page.upload({ hash, bytes, layout }),
    download: (hash) => page.download(hash),
    report(progress) {
      void page.report(progress).catch(() => undefined);
    },
  };
}

/** `length` bytes from the browser's generator. */
function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += LARGEST_REQUEST) crypto.getRandomValues(bytes.subarray(at, at + LARGEST_REQUEST));
  return bytes;
}
