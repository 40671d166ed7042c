/** A round without training: ten sites and the coordinator on one thread, and what that is when each has a machine of its own. */
import type { Layout } from '@consilium/shared/secagg';
import { type Measurement, milliseconds, timeFigure } from './measurement.ts';
import { roundCrypto } from './round-crypto.ts';
import { roundInMemory } from './round-in-memory.ts';
import { sideBySide } from './side-by-side.ts';

const SITES = 10;
const LAYOUT: Layout = { header: 2, body: 100_000, bits: 24 };
const REPETITIONS = 7;
const MOST_MS = 60;

export const wholeRound: Measurement = {
  name: 'whole-round',
  title: `A round of ${SITES} sites without training, 100k parameters, from R0 to every site's checked sum, no network`,
  run: async () => {
    const { play, coordinatorAlone } = roundInMemory(SITES, LAYOUT);
    const played = play();
    const ways = { round: play, coordinator: () => coordinatorAlone(played), crypto: roundCrypto(SITES, LAYOUT.body) };
    const times = await sideBySide(ways, REPETITIONS, 2);
    const oneSite = (times.round - times.coordinator) / SITES;
    const apart = times.coordinator + oneSite;
    const against = { kind: 'limit', name: 'its necessary cryptography alone' } as const;
    const what = 'all eleven parties on one thread';
    const figure = timeFigure({ what, productMs: times.round, against, yardstickMs: times.crypto });
    const aim = (ms: number) => ({ text: `≤ ${MOST_MS} ms`, isMet: ms <= MOST_MS });
    return [
      { ...figure, aim: aim(times.round) },
      {
        what: 'each party on its own machine: coordinator + one site',
        product: milliseconds(apart),
        against: { kind: 'none' },
        yardstick: '',
        ratio: `${milliseconds(times.coordinator)} + ${milliseconds(oneSite)}`,
        aim: aim(apart),
      },
    ];
  },
};
