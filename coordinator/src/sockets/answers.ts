/**
 * The edge of every socket event: the payload is read with a strict schema, the work is done, exactly one answer goes back.
 * Whatever arrives, nothing is thrown: a wrong payload is answered `malformed`, a failure of the coordinator by its code.
 */
import type * as z from 'zod';
import { WorldError } from '../store/index.ts';
import type { Log } from '../studies/index.ts';

export type Answer =
  | { readonly ok: true; readonly [field: string]: unknown }
  | { readonly ok: false; readonly code: string; readonly text: string };

export const MALFORMED: Answer = { ok: false, code: 'malformed', text: 'The message does not have the agreed form.' };

/**
 * Makes a listener for one event.
 *
 * @param schema - What the payload must be.
 * @param work - Does it; may throw a `WorldError`, whose code and sentence become the answer.
 * @returns A listener that tolerates any arguments, also a missing acknowledgement.
 */
export function answering<Payload>(log: Log, schema: z.ZodType<Payload>, work: (payload: Payload) => Promise<Answer>) {
  return (...parts: unknown[]): void => {
    const last = parts.at(-1);
    const reply = typeof last === 'function' ? (answer: Answer): void => void last(answer) : (): void => undefined;
    const parsed = schema.safeParse(parts[0]);
    if (!parsed.success) {
      reply(MALFORMED);
      return;
    }
    work(parsed.data).then(reply, (error: unknown) => {
      if (error instanceof WorldError) return reply({ ok: false, code: error.code, text: error.message });
      log.error({ cause: error instanceof Error ? error.message : String(error) }, 'a socket event could not be handled');
      reply({ ok: false, code: 'unavailable', text: 'The coordinator could not do this. Try again later.' });
    });
  };
}
