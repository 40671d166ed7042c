/**
 * Opening the secrets: Shamir interpolation, then every secret against its advert.
 *
 * Rule: each share was checked against its commitment on arrival, so shares that disagree, or lead to something that was
 * not advertised, are the dealer's fault.
 * Source: docs/protocol.md, "Shamir".
 */
import { combineShares, fromBase64, type PlacedShare, sharesAgree, toBase64 } from '../crypto/index.ts';
import { toAdvert } from './round-answers.ts';
import { rising } from './round-cohort.ts';
import type { Unmasking } from './round-state.ts';
import type { SiteSays } from './site-messages.ts';
import { fitsMaskKey, fitsSelfSeed, type RoundMasks } from './verify-sum.ts';

export type Reconstruction = { readonly ok: true; readonly masks: RoundMasks } | { readonly ok: false; readonly blame: readonly number[] };

/**
 * Reconstructs the self seed of every contributor and the mask key of every site that shared keys and did not contribute.
 *
 * @param state - With at least `threshold` answers.
 * @returns The masks of the sum, or the dealers to blame.
 */
export function reconstruct(state: Unmasking): Reconstruction {
  const order = rising(state.adverts.keys());
  const contributing = new Set(state.survivors.map(({ site }) => site));
  const droppedSites = rising(state.shares.keys()).filter((site) => !contributing.has(site));
  const open = (dealer: number, list: 'selfSeedShares' | 'maskKeyShares'): Uint8Array | null => {
    const parts = rising(state.answers.keys()).map((holder) => ({
      x: order.indexOf(holder) + 1,
      share: given(state.answers.get(holder)!, list, dealer),
    }));
    return secretOf(parts, state.threshold);
  };

  const blame: number[] = [];
  const selfSeeds = [...contributing].map((site) => {
    const seed = open(site, 'selfSeedShares');
    if (seed === null || !fitsSelfSeed(toAdvert(state.adverts.get(site)!), seed)) blame.push(site);
    return { site, seed: toBase64(seed ?? new Uint8Array(32)) };
  });
  const dropped = droppedSites.map((site) => {
    const secret = open(site, 'maskKeyShares');
    if (secret === null || !fitsMaskKey(toAdvert(state.adverts.get(site)!), secret)) blame.push(site);
    return { site, secret: toBase64(secret ?? new Uint8Array(32)) };
  });
  if (blame.length > 0) return { ok: false, blame };
  return {
    ok: true,
    masks: { context: state.context, adverts: order.map((site) => toAdvert(state.adverts.get(site)!)), selfSeeds, dropped },
  };
}

function given(answer: SiteSays<'unmask'>, list: 'selfSeedShares' | 'maskKeyShares', dealer: number): Uint8Array {
  return fromBase64(answer[list].find(({ of }) => of === dealer)!.share);
}

function secretOf(parts: readonly PlacedShare[], threshold: number): Uint8Array | null {
  return sharesAgree(parts, threshold) ? combineShares(parts.slice(0, threshold)) : null;
}
