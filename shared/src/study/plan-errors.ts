/** Errors of a plan in words: the key, the line, and what was probably meant. */
import type { z } from 'zod';
import { nearest } from '../schema/index.ts';
import { type JsonSchema, keysAt, members, planJsonSchema, schemaAt } from './json-schema.ts';

export interface PlanError {
  /** A whole sentence, beginning with the file and line. */
  readonly message: string;
  /** Dotted, such as `algorithm.learningRate` or `features[2].range`; empty for the file as a whole. */
  readonly key: string;
  /** 1-based line of the file; null if there is none to point at. */
  readonly line: number | null;
  /** The valid key or value nearest to what was written, if one is near. */
  readonly nearest: string | null;
}

/** Everything known when an error is written. */
export interface ErrorContext {
  readonly fileName: string;
  readonly value: unknown;
  readonly lineOf: (path: readonly PropertyKey[], key?: string) => number | null;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** One error; `text` continues the quoted key. */
export function planError(context: ErrorContext, path: Path, text: string, near: string | null = null, lastKey?: string): PlanError {
  const key = dotted(lastKey === undefined ? path : [...path, lastKey]);
  const line = context.lineOf(path, lastKey);
  const place = line === null ? context.fileName : `${context.fileName} line ${line}`;
  return { message: `${place}: ${key === '' ? 'the plan' : `"${key}"`} ${text}`, key, line, nearest: near };
}

/**
 * The schema's issues as errors.
 *
 * @param issues - From zod.
 * @param context - The file's name, what it holds, and where.
 * @returns One error a fault. A missing key is not reported where a misspelt one stands for it.
 */
export function schemaErrors(issues: readonly Issue[], context: ErrorContext): PlanError[] {
  const schema = planJsonSchema();
  const errors = issues.flatMap((issue) => describe(issue, context, schema));
  const meant = new Set(
    errors.filter((error) => error.message.includes('is not a key')).map(({ key, nearest: near }) => `${parent(key)}${near}`),
  );
  return errors.filter(({ key, message }) => !(message.endsWith('is missing') && meant.has(key)));
}

function describe(issue: Issue, context: ErrorContext, schema: JsonSchema): PlanError[] {
  const { path } = issue;
  const value = valueAt(context.value, path);
  if (issue.code === 'unrecognized_keys') {
    const valid = keysAt(schema, path, context.value);
    return issue.keys.map((key) => {
      const [near] = nearest(key, valid);
      const hint = near === undefined ? `; the keys here are ${valid.join(', ')}` : `; did you mean "${near}"?`;
      return planError(context, path, `is not a key${hint}`, near ?? null, key);
    });
  }
  if (value === undefined) {
    // Where the key that chooses between alternatives is misspelt, no alternative can say which keys are wrong.
    const around = path.slice(0, -1);
    const valid = keysAt(schema, around, context.value);
    const [written] = nearest(
      String(path.at(-1)),
      Object.keys(members(valueAt(context.value, around))).filter((key) => !valid.includes(key)),
    );
    const hint = issue.code === 'invalid_union' && written !== undefined ? `; is "${written}" meant for it?` : '';
    return [planError(context, path, `is missing${hint}`)];
  }
  if (issue.code === 'invalid_value') return [choiceError(context, path, value, issue.values.map(String))];
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const [union] = schemaAt(schema, path.slice(0, -1), context.value);
    const choices = branchesOf(union).map((branch) => String(branch.properties?.[issue.discriminator ?? '']?.const));
    return [choiceError(context, path, value, choices)];
  }
  const description = schemaAt(schema, path, context.value)[0]?.description;
  return [planError(context, path, wording(issue, description ?? 'of another form'))];
}

/** The alternatives of a union that have keys, also where the union itself may be left empty. */
function branchesOf(schema: JsonSchema | undefined): readonly JsonSchema[] {
  const branches = schema?.oneOf ?? schema?.anyOf;
  if (branches === undefined) return schema?.properties === undefined ? [] : [schema];
  return branches.flatMap(branchesOf);
}

function choiceError(context: ErrorContext, path: Path, value: unknown, choices: readonly string[]): PlanError {
  const written = typeof value === 'object' ? 'a structure' : `"${String(value)}"`;
  const [near] = nearest(String(value), choices);
  const expected = choices.length === 1 ? `must be ${choices[0]}` : `must be one of ${choices.join(', ')}`;
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return planError(context, path, `${expected}, not ${written}${hint}`, near ?? null);
}

function wording(issue: Issue, description: string): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    case 'too_small':
      return `must be ${bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`;
    case 'too_big':
      return `must be ${bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`;
    case 'invalid_union':
      return `must be ${description}`;
    default:
      return issue.message;
  }
}

function bound(origin: string, relation: string, limit: number | bigint): string {
  if (origin === 'string') return `${relation} ${limit} characters long`;
  return origin === 'array' ? `a list of ${relation} ${limit} entries` : `${relation} ${limit}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => members(inner)[step], value);
}

function dotted(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`),
    '',
  );
}

const parent = (key: string): string => key.slice(0, key.lastIndexOf('.') + 1);
