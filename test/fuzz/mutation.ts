/**
 * One change at one point of a message: a field dropped, added, replaced, copied from elsewhere, bent by a little; a list cut, doubled,
 * turned round; the text of the JSON with one byte changed. Most of it still looks like a message, which is what noise never does.
 */
import fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Mutation {
  readonly how: (typeof WAYS)[number];
  /** Which of the message's places, and where in it; taken modulo what there is. */
  readonly place: number;
  readonly spot: number;
  readonly value: Json;
}

const WAYS = ['same', 'drop', 'add', 'replace', 'copy', 'bend', 'double', 'reverse', 'cut', 'empty', 'deepen', 'byte'] as const;

const nasty = fc.constantFrom<Json>(
  ...[
    null,
    true,
    -1,
    0,
    0.5,
    1e308,
    -0,
    2 ** 31,
    2 ** 53,
    2 ** 64,
    '',
    ' ',
    'NaN',
    'Infinity',
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    '../../x',
  ],
  ...[
    '0'.repeat(64),
    'f'.repeat(64),
    'F'.repeat(64),
    `${'A'.repeat(43)}=`,
    `${'A'.repeat(86)}==`,
    'x'.repeat(100_000),
    '<img src=x onerror=alert(1)>',
  ],
  ...[[], {}, [[]], [null], { length: 3 }, { __proto__: null } as unknown as Json, Array.from({ length: 201 }, (_, i) => i)],
);

/** Mostly small changes; `same` and values out of nowhere are few. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom(...WAYS),
  place: fc.nat(100_000),
  spot: fc.nat(100_000),
  value: fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> }),
});

type Path = readonly (string | number)[];

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((item, i) => [i, item] as const) : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item as Json, [...path, key]))];
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as Record<string | number, Json>)[key]!, value);
}

/** A copy with another value, or without one, at a path. */
function withAt(value: Json, path: Path, change: (old: Json) => Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.flatMap((item: Json, i) => (i === key ? [withAt(item, rest, change)].filter((one) => one !== undefined) : [item]));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, item]) => {
      const next = name === key ? withAt(item as Json, rest, change) : (item as Json);
      return next === undefined ? [] : [[name, next]];
    }),
  );
}

/**
 * @param message - As it would be sent.
 * @param other - Another message, from which `copy` takes a piece.
 * @returns What arrives: a value, or undefined where it is no JSON any more.
 */
export function mutate(message: unknown, other: unknown, { how, place, spot, value }: Mutation): unknown {
  const json = JSON.parse(JSON.stringify(message)) as Json;
  const paths = pathsOf(json).slice(1);
  const path = paths[place % paths.length] ?? [];
  const donor = JSON.parse(JSON.stringify(other)) as Json;
  const donors = pathsOf(donor);
  switch (how) {
    case 'same':
      return json;
    case 'drop':
      return withAt(json, path, () => undefined);
    case 'add':
      return withAt(json, path.slice(0, -1), (old) =>
        Array.isArray(old) ? [...old, value] : { ...(old as object), [String(spot)]: value },
      );
    case 'replace':
      return withAt(json, path, () => value);
    case 'copy': {
      // From the same place of the other message where it has one: another round's, another site's.
      const same = donors.find((candidate) => candidate.join('/') === path.join('/'));
      return withAt(json, path, () => at(donor, spot % 2 === 0 && same !== undefined ? same : donors[spot % donors.length]!));
    }
    case 'bend':
      return withAt(json, path, (old) => bend(old, spot));
    case 'double':
      return withAt(json, path, (old) => (Array.isArray(old) ? [...old, ...old] : old));
    case 'reverse':
      return withAt(json, path, (old) => (Array.isArray(old) ? [...old].reverse() : old));
    case 'cut':
      return withAt(json, path, (old) => (Array.isArray(old) || typeof old === 'string' ? old.slice(0, spot % (old.length + 1)) : old));
    case 'empty':
      return withAt(json, path, (old) => (Array.isArray(old) ? [] : typeof old === 'string' ? '' : 0));
    case 'deepen':
      return withAt(json, path, (old) => Array.from({ length: 1 + (spot % 2000) }).reduce<Json>((inner) => [inner], old));
    case 'byte':
      return parsed(changedAt(JSON.stringify(json), spot));
  }
}

/** A number by one, a text by one character; signatures, keys and hashes stay of their form. */
function bend(old: Json, spot: number): Json {
  if (typeof old === 'number') return spot % 2 === 0 ? old + 1 : old - 1;
  if (typeof old === 'boolean') return !old;
  if (typeof old !== 'string' || old.length === 0) return old;
  const where = spot % old.length;
  const swapped = /[0-9a-f]/.test(old[where]!) ? (old[where] === '1' ? '2' : '1') : old[where] === 'A' ? 'B' : 'A';
  return old.slice(0, where) + swapped + old.slice(where + 1);
}

function changedAt(text: string, spot: number): string {
  const where = spot % text.length;
  return text.slice(0, where) + String.fromCharCode(32 + (spot % 90)) + text.slice(where + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
