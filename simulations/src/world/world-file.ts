/**
 * The world around a federation as data: `--world world.yaml`. Who is slow, away, late, small, mistaken or hostile, and how long bytes
 * take. Rounds are counted as the plan counts them: the first round of updates is 1 (in an exact fit, its first iteration).
 */
import { z } from 'zod';
import { nearHint, readDeclared } from '../input/declared-file.ts';

const round = z.int().min(1).max(100_000);
const seconds = z.number().min(0).max(1e7);

const network = z.strictObject({
  latencyMs: z.number().min(0).max(600_000).default(0).describe('time of the first byte, one way'),
  upMbps: z.number().gt(0).max(1e6).default(1e6).describe('megabits a second from the site'),
  downMbps: z.number().gt(0).max(1e6).default(1e6).describe('megabits a second to the site'),
});

const attack = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sign-flip').describe('sends the opposite of its update') }),
  z.strictObject({
    kind: z.literal('scale').describe('sends its update times a factor, up to the largest entry a site can send'),
    factor: z.number().min(-1e6).max(1e6),
  }),
]);

const site = z.strictObject({
  network: network.partial().optional().describe('its own network where it differs'),
  slower: z.number().gt(0).max(1e6).default(1).describe('how many times as long its training takes'),
  away: z
    .array(z.strictObject({ from: round, to: round }))
    .max(1000)
    .default([])
    .describe('rounds in which its tab is closed'),
  joins: round.default(1).describe('the first round it is there for; it signs with the others, then its tab is closed'),
  unit: z
    .strictObject({ feature: z.string(), factor: z.number().gt(0).max(1e9) })
    .optional()
    .describe('it writes a feature in another unit'),
  flipLabels: z.number().min(0).max(1).default(0).describe('share of its outcomes that are written the wrong way round (binary outcomes)'),
  keepRows: z.int().min(1).max(1e7).optional().describe('it has only its first rows: a tiny site'),
  attack: attack.optional().describe('it does not send its update as it is'),
});

export const worldSchema = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1)
    .describe('chance of the world'),
  network: network.prefault({}).describe('of every site'),
  training: z
    .strictObject({ secondsPerThousandRows: seconds.default(0).describe('pretended seconds for one pass over a thousand training rows') })
    .prefault({})
    .describe('how long training takes'),
  dropout: z
    .strictObject({
      rate: z.number().min(0).max(1).describe('chance of each site in each round'),
      at: z
        .enum(['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'])
        .default('masked-vector')
        .describe('before which message its tab closes; it is back in the next round'),
    })
    .optional()
    .describe('sites that drop out by chance'),
  sites: z.record(z.string(), site).default({}).describe('by the site’s id, what is different there'),
});

export type World = z.output<typeof worldSchema>;
export type WorldSite = World['sites'][string];
export type Attack = NonNullable<WorldSite['attack']>;

/**
 * Reads a world file.
 *
 * @param sites - Ids of the study's sites.
 * @throws SimulationError with the line, the key, and the nearest valid one.
 */
export function readWorld(text: string, name: string, sites: readonly string[]): World {
  const { value, fault } = readDeclared(text, name, 'world', worldSchema);
  const stranger = Object.keys(value.sites).find((id) => !sites.includes(id));
  if (stranger === undefined) return value;
  throw fault(
    ['sites', stranger],
    `there is no site "${stranger}"; the sites are ${sites.slice(0, 20).join(', ')}${nearHint(stranger, sites)}`,
  );
}
