/**
 * A suspension: a site takes a device key out of use, at once and for ever. Signed by the root key, from any device with the
 * recovery file, or by the device key itself.
 *
 * Rule: it names a key, not a time, so it holds whatever clocks say; a key that was suspended never speaks again.
 * Source: docs/protocol.md, "Identities".
 */
import * as z from 'zod';
import { fromBase64, lengthPrefixed } from '../crypto/index.ts';
import { bytes32, bytes64, identifier } from './fields.ts';
import type { Verify } from './verify.ts';

/** Schema of a suspension as it travels. */
export const suspensionSchema = z.strictObject({
  study: identifier,
  rootKey: bytes32,
  /** The device key that no longer speaks for the site. */
  key: bytes32,
  by: z.enum(['root', 'device']),
  signature: bytes64,
});
export type Suspension = Readonly<z.infer<typeof suspensionSchema>>;

/** What is signed to suspend a key. */
export function suspensionBytes({ study, rootKey, key, by }: Omit<Suspension, 'signature'>): Uint8Array<ArrayBuffer> {
  return lengthPrefixed(['consilium suspension 1', study, fromBase64(rootKey), fromBase64(key), by]);
}

/** Whether a suspension is signed by the key that it says. */
export function isSuspensionSigned(suspension: Suspension, verify: Verify): boolean {
  const signer = suspension.by === 'root' ? suspension.rootKey : suspension.key;
  return verify(fromBase64(signer), suspensionBytes(suspension), fromBase64(suspension.signature));
}
