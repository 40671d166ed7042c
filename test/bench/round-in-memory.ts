/** A whole round without training, in memory: the product's own machines of all sites and the coordinator, on one thread. */
import { openRound, type RoundEffect, roundStep, roundSum, type SiteMessage } from '@consilium/shared/protocol';
import { type EncodedVector, type Layout, packVector, zeroVector } from '@consilium/shared/secagg';
import { exampleQuery, exampleSites, exampleTerms } from '../shared/protocol/example.ts';
import { verifySignature } from '../shared/protocol/signatures.ts';
import { openWorld, settle, tell, type World } from '../shared/protocol/world.ts';

export interface RoundInMemory {
  /** Plays it from R0 to every site's checked sum. @throws Error when it does not end with the sum at every site. */
  readonly play: () => World;
  /** What the coordinator did in a round that was played, and nothing of what the sites did. */
  readonly coordinatorAlone: (played: World) => void;
}

/** Prepares a round of sites whose local results are zeros, ready at once. */
export function roundInMemory(sites: number, layout: Layout): RoundInMemory {
  const indices = exampleSites(sites);
  const terms = exampleTerms(indices, { query: exampleQuery({ layout }) });
  const vector: EncodedVector = zeroVector(layout);
  return {
    play: () => {
      const world = openWorld({ terms, sites: indices, slow: indices }); // slow: their results are handed in below
      settle(world);
      for (const index of indices) tell(world, index, { type: 'worked', round: terms.round, vector });
      settle(world);
      const isReleased = [...world.sites.values()].every(({ outcome }) => outcome?.kind === 'released');
      if (!isReleased) throw new Error(`the round ended in phase ${world.round.phase}`);
      return world;
    },
    coordinatorAlone: (played) => {
      let { state } = openRound({ terms, expected: indices, requiredSurvivors: null });
      for (const event of played.events) {
        const step = roundStep(state, event, verifySignature);
        state = step.state;
        for (const effect of step.effects) if (effect.type === 'sum') sumUp(effect, played);
      }
    },
  };
}

/** Everything one site said in a round. */
export const saidBySite = (world: World): (readonly SiteMessage[])[] => [...world.sites.values()].map(({ said }) => said);

function sumUp({ layout, masked, masks }: Extract<RoundEffect, { readonly type: 'sum' }>, { blobs }: World): void {
  const sum = roundSum(
    layout,
    masked.map(({ hash }) => blobs.get(hash)!),
    masks,
  );
  packVector(sum, layout);
}
