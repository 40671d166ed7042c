/**
 * Where messages enter: parsed once, strictly, and trusted afterwards. An unknown key, a missing field, a text too long or a
 * wrong protocol version is `malformed`; nothing is thrown.
 */
import { type CoordinatorMessage, coordinatorMessageSchema } from './coordinator-messages.ts';
import { type SiteMessage, siteMessageSchema } from './site-messages.ts';

export type Parsed<Message> = { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly code: 'malformed' };

/**
 * Reads what a site sent.
 *
 * @param value - Anything, as it came out of the transport.
 * @returns The message, or the code of its rejection.
 */
export function parseSiteMessage(value: unknown): Parsed<SiteMessage> {
  const result = siteMessageSchema.safeParse(value);
  return result.success ? { ok: true, message: result.data } : { ok: false, code: 'malformed' };
}

/**
 * Reads what the coordinator sent.
 *
 * @param value - Anything, as it came out of the transport.
 * @returns The message, or the code of its rejection.
 */
export function parseCoordinatorMessage(value: unknown): Parsed<CoordinatorMessage> {
  const result = coordinatorMessageSchema.safeParse(value);
  return result.success ? { ok: true, message: result.data } : { ok: false, code: 'malformed' };
}
