/** A way to divide patients among sites, or to make sites differ, as data: one schema, written on the command line as `kind:key=value,…`. */
import { nearest } from '@consilium/shared/schema';
import { z } from 'zod';
import { SimulationError } from '../input/simulation-error.ts';

const sites = z.int().min(1).max(10_000).describe('how many sites');
const atLeast = z.int().min(1).max(100_000).default(10).describe('fewest patients a site may get; a draw with fewer is drawn again');
const feature = z.string().min(1).describe('name of a feature of the plan');

/** What assigns each patient to a site. */
const assignments = [
  z.strictObject({ kind: z.literal('natural').describe('the sites of the files, as they are') }),
  z.strictObject({ kind: z.literal('iid').describe('every site a random part of all, of equal size'), sites, atLeast }),
  z.strictObject({
    kind: z
      .literal('dirichlet')
      .describe('label skew: each class is divided in shares drawn from a Dirichlet distribution (Hsu et al. 2019)'),
    sites,
    alpha: z.number().gt(0).max(1e6).default(0.5).describe('small: each site has mostly one class; large: all alike'),
    sigma: z.number().min(0).max(3).default(0).describe('spread of the log of the sites’ sizes beside it; 0: none'),
    atLeast,
  }),
  z.strictObject({
    kind: z.literal('quantity').describe('size skew: sizes are log-normal, classes as in all'),
    sites,
    sigma: z.number().min(0).max(3).default(1).describe('standard deviation of the log of the sizes'),
    atLeast,
  }),
  z.strictObject({
    kind: z.literal('shards').describe('sorted by class and cut into shards; every site gets a few (McMahan et al. 2017)'),
    sites,
    perSite: z.int().min(1).max(100).default(2).describe('shards a site'),
    atLeast,
  }),
] as const;

/** What changes the values at the sites after the patients have been assigned. */
const changes = [
  z.strictObject({
    kind: z.literal('shift').describe('feature shift: each site adds its own constant to a feature'),
    feature,
    sd: z.number().gt(0).max(10).default(0.5).describe('spread of the constants, in standard deviations of the feature'),
  }),
  z.strictObject({
    kind: z.literal('unit').describe('some sites write a feature in another unit'),
    feature,
    factor: z.number().gt(0).max(1e6).describe('what their numbers are multiplied by'),
    share: z.number().gt(0).max(1).default(0.5).describe('share of the sites that do; at least one'),
  }),
  z.strictObject({
    kind: z.literal('missing').describe('missingness skew: each site leaves its own share of every feature empty'),
    rate: z.number().gt(0).lt(1).default(0.2).describe('the share at a typical site'),
    sd: z.number().min(0).max(5).default(1).describe('spread of the log odds of the share, over sites and features'),
  }),
] as const;

export const partitionSchema = z.discriminatedUnion('kind', [...assignments, ...changes]);
export type Partition = z.output<typeof partitionSchema>;
export type Assignment = Extract<Partition, { kind: 'natural' | 'iid' | 'dirichlet' | 'quantity' | 'shards' }>;
export type Change = Exclude<Partition, Assignment>;

const KINDS = [...assignments, ...changes].map((schema) => String(schema.shape.kind.value));
const CHANGES: readonly string[] = changes.map((schema) => schema.shape.kind.value);

export const isChange = (partition: Partition): partition is Change => CHANGES.includes(partition.kind);

/**
 * Reads one `--partition`.
 *
 * @param text - `kind` or `kind:key=value,key=value`.
 * @throws SimulationError with the key at fault and the nearest valid one.
 * @example readPartition('dirichlet:sites=8,alpha=0.3') // { kind: 'dirichlet', sites: 8, alpha: 0.3, sigma: 0, atLeast: 10 }
 */
export function readPartition(text: string): Partition {
  const [kind = '', rest = ''] = text.split(/:(.*)/s);
  const schema = [...assignments, ...changes].find((item) => item.shape.kind.value === kind);
  if (schema === undefined) throw new SimulationError(`--partition: "${kind}" is not one of ${KINDS.join(', ')}${hint(kind, KINDS)}`);
  const pairs = rest === '' ? [] : rest.split(',').map((part) => part.split(/=(.*)/s).map((side) => side.trim()));
  const known = Object.keys(schema.shape);
  for (const [key = '', value] of pairs) {
    if (key === 'kind' || !known.includes(key)) {
      const keys = known.filter((name) => name !== 'kind');
      throw new SimulationError(
        `--partition ${kind}: "${key}" is not one of its keys ${keys.join(', ') || '(it has none)'}${hint(key, keys)}`,
      );
    }
    if (value === undefined || value === '') throw new SimulationError(`--partition ${kind}: "${key}" needs a value, as ${key}=1.`);
  }
  const values = pairs.map(([key = '', value = '']) => [key, Number.isNaN(Number(value)) ? value : Number(value)] as const);
  const parsed = partitionSchema.safeParse({ kind, ...Object.fromEntries(values) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path.at(-1) ?? '');
  throw new SimulationError(
    `--partition ${kind}: "${key}" ${issue?.code === 'invalid_type' && pairs.every(([name]) => name !== key) ? 'is missing' : (issue?.message ?? 'is wrong')}.`,
  );
}

function hint(word: string, choices: readonly string[]): string {
  const [near] = nearest(word, choices);
  return near === undefined ? '.' : `; did you mean "${near}"?`;
}
