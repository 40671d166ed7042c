/**
 * Golden bytes of the secure sum, so that a site and a coordinator of different releases agree.
 *
 * `REWRITE_VECTORS=1 npx vitest run --project node test/shared/secagg/golden-vectors.test.ts` writes them anew; a
 * difference is a new protocol version.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@consilium/shared/crypto';
import { encodeStatistics, encodeUpdate, type Layout, packVector, pairSeed, STATISTICS_STEP } from '@consilium/shared/secagg';
import { expect, it } from 'vitest';
import { asPeer, receive, type Story, send, story } from './stories.ts';

const PATH = join(import.meta.dirname, '../../vectors/secagg.json');
const seed = Uint8Array.from({ length: 32 }, (_, index) => index);

it('gives the bytes every earlier release gave', () => {
  const vectors = current();
  if (process.env.REWRITE_VECTORS === '1') writeFileSync(PATH, `${JSON.stringify(vectors, null, 2)}\n`);
  expect(vectors).toEqual(JSON.parse(readFileSync(PATH, 'utf8')));
});

function current() {
  const small: readonly Layout[] = [
    { header: 1, body: 3, bits: 16 },
    { header: 1, body: 3, bits: 20 },
    { header: 1, body: 3, bits: 24 },
    { header: 1, body: 3, bits: 32 },
  ];
  return {
    note: 'Stories of three sites (roster indices 1, 4, 9; 9 drops out) drawn from the seed 00 01 … 1f by test/shared/secagg/stories.ts.',
    pairSeed: pairSeedHex(story(seed, [1, 4, 9], { header: 0, body: 0, bits: 24 }, 1)),
    masked: small.map((layout) => maskedHex(story(seed, [1, 4, 9], layout, 1))),
    large: maskedHash(story(seed, [1, 4, 9], { header: 100, body: 5001, bits: 20 }, 1)),
    statistics: toHex(packVector({ header: statistics(), body: new Uint32Array(0) }, { header: 5, body: 0, bits: 24 })),
    update: ([16, 20, 24, 32] as const).map((bits) => ({ bits, body: [...update(bits)] })),
  };
}

function pairSeedHex({ sites, context }: Story): string {
  const [first, second] = sites;
  if (first === undefined || second === undefined) throw new Error('a story has at least two sites');
  return toHex(
    pairSeed({ secretKey: first.maskSecret, publicKey: asPeer(second).publicKey, context, first: first.index, second: second.index }),
  );
}

function maskedHex(told: Story) {
  return {
    layout: told.layout,
    context: toHex(told.context),
    sites: told.sites.map((site) => ({
      index: site.index,
      maskSecret: toHex(site.maskSecret),
      selfSeed: toHex(site.selfSeed),
      plain: toHex(packVector(site.vector, told.layout)),
      masked: toHex(send(site, told).bytes),
    })),
    sum: toHex(packVector(receive(told), told.layout)),
  };
}

function maskedHash(told: Story) {
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  return {
    layout: told.layout,
    sha256: told.sites.map((site) => hash(send(site, told).bytes)),
    sum: hash(packVector(receive(told), told.layout)),
  };
}

function statistics(): BigUint64Array {
  return encodeStatistics(Float64Array.of(0, 1, -1, Math.PI, -1e6), STATISTICS_STEP, 4);
}

function update(bits: Layout['bits']): Uint32Array {
  const delta = Float64Array.of(0, 1, -1, 0.1, -0.1, 1e-6, 5, -5);
  return encodeUpdate({
    delta,
    weight: Math.SQRT1_2,
    tensors: [
      { length: 5, clip: 1 },
      { length: 3, clip: 2 },
    ],
    bits,
    sites: 4,
    seed,
  }).body;
}
