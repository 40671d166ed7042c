/** A small declarative file (YAML) against its schema: every fault says the line, the key and the nearest key that exists. */
import { nearest } from '@consilium/shared/schema';
import { isMap, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { SimulationError } from './simulation-error.ts';

export interface DeclaredFile<Value> {
  readonly value: Value;
  /** An error at a key, with the line of that key where it stands in the file. */
  fault(path: readonly PropertyKey[], text: string): SimulationError;
}

/**
 * @param what - What the file describes, such as `world`; for sentences.
 * @throws SimulationError at the first fault.
 */
export function readDeclared<Schema extends z.ZodType>(
  text: string,
  name: string,
  what: string,
  schema: Schema,
): DeclaredFile<z.output<Schema>> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const placeOf = (path: readonly PropertyKey[]): string => {
    for (let length = path.length; length > 0; length--) {
      const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
      const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(path[length - 1])) : undefined;
      const at = (pair?.key as { readonly range?: readonly number[] } | undefined)?.range?.[0];
      if (at !== undefined) return `${name} line ${counter.linePos(at).line}`;
    }
    return name;
  };
  const fault = (path: readonly PropertyKey[], sentence: string) => new SimulationError(`${placeOf(path)}: ${sentence}`);
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new SimulationError(`${name} line ${counter.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`);
  const value: unknown = document.toJS() ?? {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, fault };
  const { issues } = parsed.error;
  // A misspelt key is told before the missing one it stands for.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const at = [...path, key];
    throw fault(at, `"${at.join('.')}" is not a key of a ${what}${nearHint(key, keysOf(z.toJSONSchema(schema, { io: 'input' })))}`);
  }
  const isMissing = issue?.code === 'invalid_type' && path.length > 0 && !(path.at(-1)! in Object(valueAt(value, path.slice(0, -1))));
  throw fault(
    path,
    path.length === 0 ? `the ${what} ${issue?.message}` : `"${path.join('.')}" ${isMissing ? 'is missing' : issue?.message}`,
  );
}

export function nearHint(word: string, choices: readonly string[]): string {
  const [near] = nearest(word, choices);
  return near === undefined ? '.' : `; did you mean "${near}"?`;
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((node, step) => (node as Record<PropertyKey, unknown> | undefined)?.[step], value);

/** Every key that a schema knows anywhere. */
function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return [...new Set(schema.flatMap(keysOf))];
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { readonly properties?: Record<string, unknown> };
  return [...new Set([...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)])];
}
