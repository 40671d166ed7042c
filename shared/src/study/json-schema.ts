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
}

/** The JSON Schema of a plan file as a person writes it: keys with a default may be left out. */
export function planJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(planSchema, { io: 'input' });
  return { $schema, title: 'Consilium study plan', ...rest } as JsonSchema;
}

/**
 * The keys a plan may have at a place.
 *
 * @param schema - The plan's JSON Schema.
 * @param path - Where, from the top.
 * @param value - The plan as written, to choose between alternatives by their `kind`, `by` or `type`.
 * @returns Key names, empty where no keys are expected.
 */
export function keysAt(schema: JsonSchema, path: readonly PropertyKey[], value: unknown): string[] {
  const places = alternatives(schema, value);
  const [step, ...rest] = path;
  if (step === undefined) return [...new Set(places.flatMap((place) => Object.keys(place.properties ?? {})))];
  const inner = typeof value === 'object' && value !== null ? (value as { readonly [key: PropertyKey]: unknown })[step] : undefined;
  const next = places.map((place) => (typeof step === 'number' ? place.items : place.properties?.[String(step)]));
  return [...new Set(next.flatMap((place) => (place ? keysAt(place, rest, inner) : [])))];
}

/** The branches of a union that fit the value's constant keys. */
function alternatives(schema: JsonSchema, value: unknown): readonly JsonSchema[] {
  const branches = schema.oneOf ?? schema.anyOf;
  if (!branches) return [schema];
  const written = typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {};
  const fitting = branches.filter((branch) =>
    Object.entries(branch.properties ?? {}).every(
      ([key, part]) => part.const === undefined || written[key] === undefined || part.const === written[key],
    ),
  );
  return fitting.flatMap((branch) => alternatives(branch, value));
}
