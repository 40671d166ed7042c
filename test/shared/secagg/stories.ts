/** Plausible stories of one secure sum: a roster, vectors, and who drops out after sharing keys. All from one seed. */
import { type RandomStream, randomStream, x25519KeyPair } from '@consilium/shared/crypto';
import {
  dropoutMasks,
  type EncodedVector,
  type Layout,
  type MaskedVector,
  maskVector,
  pairMasks,
  survivorMasks,
  unmaskSum,
} from '@consilium/shared/secagg';
import fc from 'fast-check';

export interface StorySite {
  readonly index: number;
  readonly maskSecret: Uint8Array;
  readonly selfSeed: Uint8Array;
  readonly vector: EncodedVector;
}

export interface Story {
  readonly layout: Layout;
  readonly context: Uint8Array;
  /** Everyone who shared keys. */
  readonly sites: readonly StorySite[];
  /** How many of them, from the end of a shuffled list, send no vector. */
  readonly dropped: ReadonlySet<number>;
}

/** 3 to 8 sites with gaps between their indices, any layout, none to all but two dropped. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    indices: fc.uniqueArray(fc.integer({ min: 0, max: 65535 }), { minLength: 3, maxLength: 8 }),
    header: fc.nat(6),
    body: fc.nat(40),
    bits: fc.constantFrom(16, 20, 24, 32),
    dropouts: fc.nat(6),
  })
  .map(({ seed, indices, header, body, bits, dropouts }) => story(seed, indices, { header, body, bits }, dropouts));

/** Builds the story; the last `dropouts` indices drop out, as long as two sites are left. */
export function story(seed: Uint8Array, indices: readonly number[], layout: Layout, dropouts: number): Story {
  const random = randomStream(seed);
  const context = random.bytes(32);
  const sites = indices.map((index) => ({
    index,
    maskSecret: random.bytes(32),
    selfSeed: random.bytes(32),
    vector: randomVector(random, layout),
  }));
  return { layout, context, sites, dropped: new Set(indices.slice(Math.max(2, indices.length - dropouts))) };
}

export const survivors = ({ sites, dropped }: Story): StorySite[] => sites.filter(({ index }) => !dropped.has(index));

/** What one site sends. */
export function send(site: StorySite, { sites, context, layout }: Story): MaskedVector {
  const peers = sites.filter(({ index }) => index !== site.index).map(asPeer);
  return maskVector(site.vector, layout, site.selfSeed, pairMasks({ index: site.index, secretKey: site.maskSecret, context, peers }));
}

/** What the coordinator makes of what the survivors sent, with everything reconstructed. */
export function receive(told: Story): EncodedVector {
  const present = survivors(told);
  const masks = [
    ...survivorMasks(present.map(({ selfSeed }) => selfSeed)),
    ...told.sites
      .filter(({ index }) => told.dropped.has(index))
      .flatMap(({ index, maskSecret }) => dropoutMasks({ index, maskSecret, context: told.context, survivors: present.map(asPeer) })),
  ];
  return unmaskSum(
    told.layout,
    present.map((site) => send(site, told).bytes),
    masks,
  );
}

export function asPeer({ index, maskSecret }: StorySite) {
  return { index, publicKey: x25519KeyPair(maskSecret).publicKey };
}

export function randomVector(random: RandomStream, { header, body, bits }: Layout): EncodedVector {
  return {
    header: BigUint64Array.from({ length: header }, () => (BigInt(random.uint32()) << 32n) | BigInt(random.uint32())),
    body: Uint32Array.from({ length: body }, () => random.below(2 ** bits)),
  };
}
