/** All that a site does to mask a million parameters among n sites: n masks (its own and n − 1 peers'), checks and packing. */
import { type Layout, maskVector, zeroVector } from '@consilium/shared/secagg';
import { opensslStream } from './mask-expansion.ts';
import { type Figure, type Measurement, timeFigure } from './measurement.ts';
import { seedsFrom } from './seeds.ts';
import { sideBySide } from './side-by-side.ts';

const LAYOUT: Layout = { header: 4, body: 1_000_000, bits: 24 };
const COHORTS = [
  { sites: 4, repetitions: 7 },
  { sites: 100, repetitions: 3 },
];
/** The aim for 100 sites. */
const MOST_MS = 500;

export const siteMasking: Measurement = {
  name: 'site-masking',
  title: "A site's whole masking of 1M parameters, 24 bits",
  run: async () => {
    const figures: Figure[] = [];
    for (const { sites, repetitions } of COHORTS) {
      const vector = zeroVector(LAYOUT);
      const pairs = seedsFrom(1, sites - 1).map((seed) => ({ seed, sign: 1 as const }));
      const own = new Uint8Array(32).fill(200);
      const times = await sideBySide(
        {
          product: () => maskVector(vector, LAYOUT, own, pairs),
          openssl: () => {
            for (let stream = 0; stream < sites; stream++) opensslStream(LAYOUT.body);
          },
        },
        repetitions,
        sites > 10 ? 1 : 3,
      );
      const what = `${sites} sites: ${sites} masks + pack`;
      const against = { kind: 'limit', name: `${sites} OpenSSL streams` } as const;
      const figure = timeFigure({ what, productMs: times.product, against, yardstickMs: times.openssl });
      figures.push(sites === 100 ? { ...figure, aim: { text: `≤ ${MOST_MS} ms`, isMet: times.product <= MOST_MS } } : figure);
    }
    return figures;
  },
};
