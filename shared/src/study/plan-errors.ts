/** Errors of a plan in words: the key, the line, and what was probably meant. */
import type { z } from 'zod';
import { nearest } from '../schema/index.ts';
import { type JsonSchema, keysAt, planJsonSchema } from './json-schema.ts';

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
  if (value === undefined) return [planError(context, path, 'is missing')];
  if (issue.code === 'invalid_value') return [choiceError(context, path, value, issue.values.map(String))];
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const choices = kindsAt(schema, path, issue.discriminator);
    if (valueAt(value, [issue.discriminator]) === undefined) return [planError(context, [...path, issue.discriminator], 'is missing')];
    return [
      choiceError(
        context,
        [...path.filter((step, at) => !(at === path.length - 1 && step === issue.discriminator)), issue.discriminator],
        valueOf(value, issue.discriminator),
        choices,
      ),
    ];
  }
  return [planError(context, path, wording(issue))];
}

/** zod puts the discriminator's own name last in the path of a union that no branch fits. */
const valueOf = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? valueAt(value, [key]) : value);

function choiceError(context: ErrorContext, path: Path, value: unknown, choices: readonly string[]): PlanError {
  const written = typeof value === 'object' ? 'a structure' : `"${String(value)}"`;
  const [near] = nearest(String(value), choices);
  const expected = choices.length === 1 ? `must be ${choices[0]}` : `must be one of ${choices.join(', ')}`;
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return planError(context, path, `${expected}, not ${written}${hint}`, near ?? null);
}

function wording(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    case 'too_small':
      return `must be ${bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`;
    case 'too_big':
      return `must be ${bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`;
    case 'invalid_union':
      return issue.errors.length > 0 ? `has no form this key can take` : issue.message;
    default:
      return issue.message;
  }
}

function bound(origin: string, relation: string, limit: number | bigint): string {
  if (origin === 'string') return `${relation} ${limit} characters long`;
  return origin === 'array' ? `a list of ${relation} ${limit} entries` : `${relation} ${limit}`;
}

/** The values a union's discriminator can take at a place. */
function kindsAt(schema: JsonSchema, path: Path, discriminator: string): string[] {
  const last = path.at(-1) === discriminator ? path.slice(0, -1) : path;
  let place: JsonSchema | undefined = schema;
  for (const step of last) place = typeof step === 'number' ? place?.items : place?.properties?.[String(step)];
  return (place?.oneOf ?? place?.anyOf ?? []).map((branch) => String(branch.properties?.[discriminator]?.const));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? (inner as { readonly [key: PropertyKey]: unknown })[step] : undefined),
    value,
  );
}

function dotted(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`),
    '',
  );
}

const parent = (key: string): string => key.slice(0, key.lastIndexOf('.') + 1);
