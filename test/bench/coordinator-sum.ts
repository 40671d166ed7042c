/** The coordinator's sum of ten masked vectors of a million parameters, and opening it with nobody and with one site dropped. */
import { type Layout, maskVector, type SignedSeed, survivorMasks, unmaskSum, zeroVector } from '@consilium/shared/secagg';
import { opensslStream } from './mask-expansion.ts';
import { type Measurement, timeFigure } from './measurement.ts';
import { seedsFrom } from './seeds.ts';
import { sideBySide } from './side-by-side.ts';

const LAYOUT: Layout = { header: 4, body: 1_000_000, bits: 24 };
const SITES = 10;
const REPETITIONS = 7;
const WARMUPS = 2;
const MOST = 3;

export const coordinatorSum: Measurement = {
  name: 'coordinator-sum',
  title: `The coordinator's sum of 1M parameters from ${SITES} sites, 24 bits`,
  run: async () => {
    const selfSeeds = seedsFrom(2, SITES);
    const pairs: SignedSeed[] = seedsFrom(3, 1).map((seed) => ({ seed, sign: 1 }));
    const masked = selfSeeds.map((seed) => maskVector(zeroVector(LAYOUT), LAYOUT, seed, pairs).bytes);
    const plain = selfSeeds.map((_, site) => new Uint32Array(LAYOUT.body).fill(site));
    const sum = new Uint32Array(LAYOUT.body);
    const add = (sites: number): void => {
      sum.fill(0);
      for (const vector of plain.slice(0, sites)) addInto(sum, vector);
    };
    const streams = (count: number): void => {
      for (let stream = 0; stream < count; stream++) opensslStream(LAYOUT.body);
    };
    // One site dropped: the others' self masks come off, and what it shared with each of them is added.
    const dropped = seedsFrom(4, SITES - 1).map((seed): SignedSeed => ({ seed, sign: 1 }));
    const times = await sideBySide(
      {
        summing: () => unmaskSum(LAYOUT, masked, []),
        addition: () => add(SITES),
        noDrop: () => unmaskSum(LAYOUT, masked, survivorMasks(selfSeeds)),
        noDropLimit: () => {
          add(SITES);
          streams(SITES);
        },
        oneDrop: () => unmaskSum(LAYOUT, masked.slice(1), [...survivorMasks(selfSeeds.slice(1)), ...dropped]),
        oneDropLimit: () => {
          add(SITES - 1);
          streams(2 * (SITES - 1));
        },
      },
      REPETITIONS,
      WARMUPS,
    );
    const addition = 'adding Uint32Arrays';
    return [
      timeFigure({
        what: 'sum only',
        productMs: times.summing,
        against: { kind: 'limit', name: addition },
        yardstickMs: times.addition,
        most: MOST,
      }),
      timeFigure({
        what: 'sum + unmask, no drop',
        productMs: times.noDrop,
        against: { kind: 'limit', name: `${addition} + ${SITES} OpenSSL streams` },
        yardstickMs: times.noDropLimit,
        most: MOST,
      }),
      timeFigure({
        what: 'sum + unmask, one dropped',
        productMs: times.oneDrop,
        against: { kind: 'limit', name: `${addition} + ${2 * (SITES - 1)} OpenSSL streams` },
        yardstickMs: times.oneDropLimit,
        most: MOST,
      }),
    ];
  },
};

/** A function of its own, so that the compiler has nothing else to think of. */
function addInto(sum: Uint32Array, vector: Uint32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
}
