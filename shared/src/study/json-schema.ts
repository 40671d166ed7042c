/** The plan's schema for editors and other programs. Source: JSON Schema draft 2020-12. */
import { z } from 'zod';
import { planSchema } from './plan.ts';

export interface JsonSchema {
  readonly [key: string]: unknown;
  readonly properties?: { readonly [key: string]: JsonSchema };
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly description?: string;
}

/** The JSON Schema of a plan file as a person writes it: keys with a default may be left out. */
export function planJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(planSchema, { io: 'input' });
  return { $schema, title: 'Consilium study plan', ...rest } as JsonSchema;
}

/**
 * The parts of the schema that can stand at a place of a plan.
 *
 * @param schema - The plan's JSON Schema.
 * @param path - Where, from the top.
 * @param value - The plan as written, to choose between alternatives by their `kind`, `by` or `type`.
 * @returns The alternatives that fit what is written, none where nothing is expected.
 */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[], value: unknown): JsonSchema[] {
  const [step, ...rest] = path;
  if (step === undefined) return [schema];
  const inner = members(value)[step];
  return alternatives(schema, value).flatMap((place) => {
    const next = typeof step === 'number' ? place.items : place.properties?.[String(step)];
    return next ? schemaAt(next, rest, inner) : [];
  });
}

/** The keys that can stand in a value at a place, as `schemaAt`. */
export function keysAt(schema: JsonSchema, path: readonly PropertyKey[], value: unknown): string[] {
  const written = path.reduce<unknown>((inner, step) => members(inner)[step], value);
  const places = schemaAt(schema, path, value).flatMap((place) => alternatives(place, written));
  return [...new Set(places.flatMap((place) => Object.keys(place.properties ?? {})))];
}

/** The members of an object or array; none of anything else. */
export function members(value: unknown): { readonly [key: PropertyKey]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: PropertyKey]: unknown }) : {};
}

/** The branches of a union that do not contradict the value's constant keys. */
function alternatives(schema: JsonSchema, value: unknown): readonly JsonSchema[] {
  const branches = schema.oneOf ?? schema.anyOf;
  if (!branches) return [schema];
  const written = members(value);
  const fits = (branch: JsonSchema) =>
    Object.entries(branch.properties ?? {}).every(
      ([key, part]) => part.const === undefined || written[key] === undefined || part.const === written[key],
    );
  return branches.filter(fits).flatMap((branch) => alternatives(branch, value));
}
