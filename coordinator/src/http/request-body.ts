/** Reads a JSON body or a text out of the address with a strict schema. */
import type * as z from 'zod';
import { HttpError } from './http-error.ts';

/** @throws HttpError 400 `malformed`. */
export function readBody<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new HttpError(400, 'malformed', 'The request does not have the agreed form.');
  return parsed.data;
}
