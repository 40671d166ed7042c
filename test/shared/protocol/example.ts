/** A small study for the tests of the protocol: keys, roster, query, terms and inputs, all from plain counters. */
import { randomStream, toBase64 } from '@consilium/shared/crypto';
import { NO_HASH, type Query, type Roster, type RoundTerms } from '@consilium/shared/protocol';
import type { EncodedVector, Layout } from '@consilium/shared/secagg';
import { type SigningKey, signingKey } from './signatures.ts';

export const LAYOUT: Layout = { header: 2, body: 3, bits: 24 };

/** The device key of a site, which signs rounds. */
export const siteKey = (site: number): SigningKey => signingKey(new Uint8Array(32).fill(site + 1));

/** Its root key. */
export const rootKeyOf = (site: number): SigningKey => signingKey(new Uint8Array(32).fill((site + 77) % 256));

/** Roster indices are neither dense nor zero-based, so that nothing can mistake them for positions. */
export const exampleSites = (count: number): number[] => Array.from({ length: count }, (_, i) => 2 * i + 3);

export function exampleRoster(sites: readonly number[]): Roster {
  return {
    version: 1,
    previous: NO_HASH,
    study: 'example',
    sites: sites.map((index) => ({ index, id: `site-${index}`, name: `Hospital ${index}`, rootKey: toBase64(rootKeyOf(index).publicKey) })),
    coordinatorKey: toBase64(signingKey(new Uint8Array(32).fill(200)).publicKey),
    policy: { minimum: 3 },
  };
}

export function exampleQuery(change: Partial<Query> = {}): Query {
  return { kind: 'update', label: 'round 1', options: { round: 1 }, layout: LAYOUT, step: 2 ** -40, clips: [1], cohort: null, ...change };
}

export function exampleTerms(sites: readonly number[], change: Partial<RoundTerms> = {}): RoundTerms {
  return {
    study: 'example',
    planHash: 'a1'.repeat(32),
    roster: exampleRoster(sites),
    keys: new Map(sites.map((site) => [site, toBase64(siteKey(site).publicKey)])),
    round: 7,
    query: exampleQuery(),
    modelHash: 'b2'.repeat(32),
    previousTranscript: 'c3'.repeat(32),
    colluders: 1,
    minimum: 3,
    ...change,
  };
}

/** A site's input, from its index and the round: uniform over both rings. */
export function exampleInput(site: number, round: number, layout: Layout): EncodedVector {
  const stream = randomStream(new Uint8Array(32).fill((site * 31 + round) % 251));
  const header = BigUint64Array.from({ length: layout.header }, () => (BigInt(stream.uint32()) << 32n) | BigInt(stream.uint32()));
  const body = Uint32Array.from({ length: layout.body }, () => stream.below(2 ** layout.bits));
  return { header, body };
}

/** The sum in BigInt, straight from the definition. */
export function plainSum(layout: Layout, inputs: readonly EncodedVector[]): EncodedVector {
  const header = new BigUint64Array(layout.header);
  const body = new Uint32Array(layout.body);
  for (let i = 0; i < layout.header; i++) header[i] = inputs.reduce((sum, input) => sum + input.header[i]!, 0n) % 2n ** 64n;
  for (let i = 0; i < layout.body; i++)
    body[i] = Number(inputs.reduce((sum, input) => sum + BigInt(input.body[i]!), 0n) % 2n ** BigInt(layout.bits));
  return { header, body };
}
