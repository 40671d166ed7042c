/**
 * Plausible stories of a round for property tests: most sites answer in each phase, in any order; some are slow, lose their
 * connection, come back, repeat themselves or stop; then the deadline. Blind noise alone would never leave the first phase.
 */
import type { OpenPhase, SiteMessageKind } from '@consilium/shared/protocol';
import fc from 'fast-check';
import { exampleQuery, exampleSites, exampleTerms } from './example.ts';
import { happen, lose, openWorld, post, regain, tell, type World } from './world.ts';

const PHASES = ['advertising', 'sharing', 'masking', 'agreeing', 'unmasking'] as const satisfies readonly OpenPhase[];
const KINDS = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'] as const satisfies readonly SiteMessageKind[];

type Mishap =
  | { readonly kind: 'gone' | 'back' | 'stop' | 'repeat' | 'reload'; readonly site: number }
  | { readonly kind: 'deadline'; readonly phase: OpenPhase }
  | { readonly kind: 'cancel' };

export interface Scene {
  readonly answering: readonly number[];
  readonly mishaps: readonly Mishap[];
}

export interface Story {
  readonly sites: readonly number[];
  readonly isFrozen: boolean;
  readonly scenes: readonly Scene[];
}

const mishap = (sites: readonly number[]): fc.Arbitrary<Mishap> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('gone', 'back', 'repeat', 'reload'), site: fc.constantFrom(...sites) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop'), site: fc.constantFrom(...sites) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('deadline'), phase: fc.constantFrom(...PHASES) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'cancel' }) },
  );

export const story: fc.Arbitrary<Story> = fc.integer({ min: 3, max: 5 }).chain((count) => {
  const sites = exampleSites(count);
  const fewest = Math.max(3, count - 1);
  const scene = fc.record({
    answering: fc.oneof(
      { weight: 3, arbitrary: fc.shuffledSubarray(sites, { minLength: count }) },
      { weight: 1, arbitrary: fc.shuffledSubarray(sites, { minLength: fewest }) },
    ),
    mishaps: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(mishap(sites), { maxLength: 2 }) }),
  });
  return fc.record({
    sites: fc.constant(sites),
    isFrozen: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    scenes: fc.tuple(scene, scene, scene, scene, scene),
  });
});

/** Tells a story to the end; `watch` sees the world after every event. */
export function play({ sites, isFrozen, scenes }: Story, watch: (world: World) => void = () => {}): World {
  const world = openWorld({ terms: exampleTerms(sites, { query: exampleQuery({ cohort: isFrozen ? sites : null }) }), sites });
  scenes.forEach(({ answering, mishaps }, i) => {
    for (const each of mishaps) {
      strike(world, each);
      watch(world);
    }
    for (const site of answering) {
      if (!world.sites.get(site)!.isConnected) continue;
      post(world, site, KINDS[i]);
      watch(world);
    }
    happen(world, { type: 'deadline', phase: PHASES[i]! });
    watch(world);
  });
  return world;
}

function strike(world: World, mishap: Mishap): void {
  switch (mishap.kind) {
    case 'gone':
      lose(world, mishap.site);
      return;
    case 'back':
      regain(world, mishap.site);
      return;
    case 'stop':
      tell(world, mishap.site, { type: 'stop' });
      post(world, mishap.site, 'refuse');
      return;
    case 'repeat': {
      const message = world.sites.get(mishap.site)!.said.at(-1);
      if (message !== undefined) happen(world, { type: 'message', from: mishap.site, message });
      return;
    }
    case 'reload': {
      const advert = world.sites.get(mishap.site)!.said[0];
      if (advert?.kind !== 'advertise-keys') return;
      happen(world, { type: 'message', from: mishap.site, message: { ...advert, maskKey: advert.envelopeKey } });
      return;
    }
    case 'deadline':
      happen(world, { type: 'deadline', phase: mishap.phase });
      return;
    case 'cancel':
      happen(world, { type: 'cancel' });
  }
}
