/** Bytes a site sends in a round of ten: its packed vector and its messages as JSON, against the update as plain float32. */
import { type Layout, packedLength } from '@consilium/shared/secagg';
import type { Measurement } from './measurement.ts';
import { roundInMemory, saidBySite } from './round-in-memory.ts';

const SITES = 10;
const PARAMETERS = 1_000_000;
const AIMS = [
  { bits: 24, most: 0.76 },
  { bits: 16, most: 0.51 },
] as const;

export const bytesUp: Measurement = {
  name: 'bytes-up',
  title: `Bytes up per site and round, 1M parameters, ${SITES} sites`,
  run: async () =>
    AIMS.map(({ bits, most }) => {
      const layout: Layout = { header: 4, body: PARAMETERS, bits };
      // Messages name a vector by its hash, so those of a small vector are as long.
      const said = saidBySite(roundInMemory(SITES, { ...layout, body: 8 }).play());
      const messages = Math.max(...said.map((each) => each.reduce((sum, message) => sum + Buffer.byteLength(JSON.stringify(message)), 0)));
      const up = packedLength(layout) + messages;
      const ratio = up / (4 * PARAMETERS);
      return {
        what: `${bits} bits, of which ${messages} B messages`,
        product: `${up} B`,
        against: { kind: 'peer', name: 'the same as float32' },
        yardstick: `${4 * PARAMETERS} B`,
        ratio: `${ratio.toFixed(4)} × its bytes`,
        aim: { text: `≤ ${most} ×`, isMet: ratio <= most },
      } as const;
    }),
};
