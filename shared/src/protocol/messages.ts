/**
 * Where messages enter: parsed once, strictly, and trusted afterwards. An unknown key, a missing field, a text too long or a
 * wrong protocol version is `malformed`; nothing is thrown.
 */
import type * as z from 'zod';
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
  return parse(siteMessageSchema, value);
}

/**
 * Reads what the coordinator sent.
 *
 * @param value - Anything, as it came out of the transport.
 * @returns The message, or the code of its rejection.
 */
export function parseCoordinatorMessage(value: unknown): Parsed<CoordinatorMessage> {
  return parse(coordinatorMessageSchema, value);
}

function parse<Message>(schema: z.ZodType<Message>, value: unknown): Parsed<Message> {
  try {
    const result = schema.safeParse(value);
    if (result.success) return { ok: true, message: result.data };
  } catch {
    // Nested deeper than the stack.
  }
  return { ok: false, code: 'malformed' };
}
