/**
 * A query: what one secure sum asks of the sites. Its hash names the question, not the cohort, so that asking the same
 * thing of other sites is seen to be the same query.
 *
 * Source: docs/protocol.md, "Queries".
 */
import * as z from 'zod';
import { lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import type { Layout } from '../secagg/index.ts';
import { canonicalJson } from '../study/index.ts';
import { MAX_SITES, siteIndex } from './fields.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const QUERY_KINDS = ['statistics', 'newton', 'update', 'evaluation', 'calibration', 'effect', 'closing'] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

export interface Query {
  readonly kind: QueryKind;
  /** A short text for pages and logs. */
  readonly label: string;
  readonly options: Json;
  readonly layout: Layout;
  /** Units per integer step of the header ring. */
  readonly step: number;
  /** Clip of each tensor of the body, in the update's units. */
  readonly clips: readonly number[];
  /** Frozen cohort as rising roster indices: the contributors must equal it. Null: whoever answers. */
  readonly cohort: readonly number[] | null;
}

/** Longest canonical JSON of a query's options, in characters. */
export const MAX_OPTIONS_CHARACTERS = 16_384;

const finite = z.number().positive();
const rising = (list: readonly number[]) => list.every((value, i) => i === 0 || value > list[i - 1]!);

/** Schema of a query as it travels. */
export const querySchema: z.ZodType<Query> = z.strictObject({
  kind: z.enum(QUERY_KINDS),
  label: z.string().max(120),
  options: (z.json() as z.ZodType<Json>).refine(
    (options) => JSON.stringify(options).length <= MAX_OPTIONS_CHARACTERS,
    'options are too long',
  ),
  layout: z.strictObject({
    header: z.int().min(0).max(1_000_000),
    body: z.int().min(0).max(100_000_000),
    bits: z.union([z.literal(16), z.literal(20), z.literal(24), z.literal(32)]),
  }),
  step: finite,
  clips: z.array(finite).max(10_000),
  cohort: z.array(siteIndex).min(1).max(MAX_SITES).refine(rising, 'indices must rise').nullable(),
});

/**
 * Names a question: kind, plan, model and options. Label, encoding and cohort are left out on purpose.
 *
 * @param planHash - SHA-256 of the plan, hex.
 * @param modelHash - SHA-256 of the model the question is about, hex.
 * @returns 64 hex digits.
 */
export function queryHash({ query, planHash, modelHash }: { query: Query; planHash: string; modelHash: string }): string {
  return toHex(sha256(lengthPrefixed(['consilium query 1', query.kind, planHash, modelHash, canonicalJson(query.options)])));
}

/**
 * Names a question asked of particular rows, for the list a site keeps of what it has answered.
 *
 * @param query - From `queryHash`.
 * @param rowsTag - The site's keyed tag of its rows; it never leaves the site.
 * @returns 64 hex digits.
 */
export function answeredQuery(query: string, rowsTag: string): string {
  return toHex(sha256(lengthPrefixed(['consilium answered query 1', query, rowsTag])));
}
