/**
 * What the protocol would send, counted without doing it: every message of a study in which nothing fails, at its length. Keys,
 * hashes and signatures are stood for by texts of their length; the messages and their fields are the protocol's own types, and a
 * test holds the sums, site by site, against a simulation that sends them.
 */
import {
  type CoordinatorMessage,
  type CoordinatorSays,
  FULL_CHECK_LENGTH,
  PROTOCOL,
  type Query,
  type Roster,
  type SiteMessage,
  type SiteSays,
  sharePlaintext,
} from '@consilium/shared/protocol';
import { packedLength, thresholds } from '@consilium/shared/secagg';
import type { Plan } from '@consilium/shared/study';
import type { SiteInput } from '../input/site-input.ts';
import { sizeOf, type Wire } from '../world/post-office.ts';
import { siteIntroduction } from './counted-introduction.ts';
import { HASH, KEY, SIGNATURE, textOf } from './placeholders.ts';
import type { SiteReadiness } from './shard.ts';

export interface WireCount {
  /** A released round among these sites (roster indices). */
  round(round: number, query: Query, members: readonly number[]): void;
  /** The study is over after so many rounds. */
  finish(rounds: number): void;
  wire(): ReadonlyMap<string, Wire>;
}

/** Nonce and tag of an envelope (tweetnacl box). */
const ENVELOPE_BYTES = 24 + 16;

/**
 * @param ready - What each site says of its rows, in the order of the roster.
 * @param before - What was counted until a checkpoint, the introduction included.
 */
export function countWire(
  plan: Plan,
  planHash: string,
  sites: readonly SiteInput[],
  ready: readonly SiteReadiness[],
  before?: ReadonlyMap<string, Wire>,
): WireCount {
  const { study, rounds } = plan;
  const { minimum } = thresholds(sites.length, rounds.colluders, rounds.minContributors);
  const roster: Roster = {
    version: 1,
    previous: HASH,
    study,
    sites: sites.map(({ id, name }, index) => ({ index, id, name, rootKey: KEY })),
    coordinatorKey: KEY,
    policy: { minimum },
  };
  const wire = sites.map(({ id }): Wire => ({ ...(before?.get(id) ?? { up: 0, down: 0 }) }));
  const up = (index: number, message: SiteMessage): void => add(index, 'up', sizeOf(message));
  const down = (index: number, message: CoordinatorMessage): void => add(index, 'down', sizeOf(message));
  function add(index: number, way: keyof Wire, bytes: number): void {
    const entry = wire[index];
    if (entry !== undefined) entry[way] += bytes;
  }
  const introduction = siteIntroduction({ plan, planHash, roster, ready, up, down });
  if (before === undefined) introduction.begin();

  return {
    round: (round, query, members) => {
      const heading = { protocol: PROTOCOL, study, round } as const;
      const { joinSeconds, trainSeconds, answerSeconds } = rounds;
      const advert = (site: number) => ({
        site,
        envelopeKey: KEY,
        maskKey: KEY,
        selfSeedHash: HASH,
        modelHash: HASH,
        previousTranscript: HASH,
        signature: SIGNATURE,
      });
      const sealed = textOf(ENVELOPE_BYTES + sharePlaintext(new Uint8Array(32), 0, 0, EMPTY_SHARES).length);
      const committed = { sealed, selfSeedCommitment: HASH, maskKeyCommitment: HASH, signature: SIGNATURE };
      const sizeBytes = packedLength(query.layout);
      const said = {
        open: {
          ...heading,
          kind: 'open-round',
          query,
          modelHash: HASH,
          previousTranscript: HASH,
          limits: { joinSeconds, trainSeconds, answerSeconds },
        },
        adverts: { ...heading, kind: 'adverts', adverts: members.map(advert) },
        survivors: { ...heading, kind: 'survivors', survivors: members.map((site) => ({ site, hash: HASH, signature: SIGNATURE })) },
        agreement: { ...heading, kind: 'agreement', signatures: members.map((site) => ({ site, signature: SIGNATURE })) },
        released: {
          ...heading,
          kind: 'released',
          sum: HASH,
          sumSizeBytes: sizeBytes,
          transcript: HASH,
          selfSeeds: members.map((site) => ({ site, seed: KEY })),
          maskKeys: [],
        },
      } satisfies Record<string, CoordinatorMessage>;
      const toAll = Object.values(said).reduce((total, message) => total + sizeOf(message), 0);
      const unmask: SiteSays<'unmask'> = {
        ...heading,
        kind: 'unmask',
        selfSeedShares: members.map((of) => ({ of, share: KEY })),
        maskKeyShares: [],
        signature: SIGNATURE,
      };
      const fromAll =
        sizeOf({ ...heading, kind: 'masked-vector', sizeBytes, hash: HASH, signature: SIGNATURE } satisfies SiteSays<'masked-vector'>) +
        sizeOf({ ...heading, kind: 'consistency', signature: SIGNATURE } satisfies SiteSays<'consistency'>) +
        sizeOf(unmask) +
        sizeBytes;
      const checks = query.layout.header + query.layout.body <= FULL_CHECK_LENGTH ? members.length : 0;
      for (const site of members) {
        const others = members.filter((other) => other !== site);
        const envelopes: CoordinatorSays<'envelopes'> = {
          ...heading,
          kind: 'envelopes',
          sharers: [...members],
          envelopes: others.map((from) => ({ from, ...committed })),
        };
        add(site, 'down', toAll + sizeOf(envelopes) + (1 + checks) * sizeBytes);
        up(site, { ...heading, kind: 'advertise-keys', ...advert(site) });
        up(site, { ...heading, kind: 'share-keys', shares: others.map((to) => ({ to, ...committed })) });
        add(site, 'up', fromAll);
      }
    },
    finish: introduction.end,
    wire: () => new Map(sites.map(({ id }, index) => [id, wire[index] ?? { up: 0, down: 0 }])),
  };
}

const EMPTY_SHARES = { selfSeedShare: new Uint8Array(32), maskKeyShare: new Uint8Array(32) };
