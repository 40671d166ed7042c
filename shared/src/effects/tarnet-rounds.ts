/** A site's part in the rounds of the research view's network, and what the network says of its patients. */
import { takesPart } from './covariate-fits.ts';
import type { EffectRows } from './effect-design.ts';
import { fitRowsOf } from './effect-fits.ts';
import type { EffectSettings } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import { siteFit } from './fit-sums.ts';
import { tarnetLength, tarnetRisks, tarnetUpdate } from './tarnet.ts';

/** The update times the patients, then the patients. */
export const tarnetSumsLength = ({ tarnet, names }: EffectSettings): number =>
  tarnet === null ? 0 : tarnetLength(tarnet, names.length) + 1;

/** @returns Shape (tarnetSumsLength(settings),); zeros from a site with a small arm. */
export function tarnetAnswer(settings: EffectSettings, state: EffectState, site: EffectSite): Float64Array {
  const { tarnet } = settings;
  const sums = new Float64Array(tarnetSumsLength(settings));
  const level = ownLevel(settings, state, site);
  if (tarnet === null || state.tarnet === null || level === null) return sums;
  const { rows } = site.train;
  sums.set(
    tarnetUpdate(tarnet, state.tarnet.weights, site.train, level, ownLevel(settings, state, site, 'propensity') ?? 0).map(
      (value) => value * rows,
    ),
  );
  sums[sums.length - 1] = rows;
  return sums;
}

/** Risk without minus risk with, by the network; null where the site has no part in it. */
export function tarnetDifference(settings: EffectSettings, state: EffectState, site: EffectSite, rows: EffectRows): Float64Array | null {
  const { tarnet } = settings;
  const level = ownLevel(settings, state, site);
  if (tarnet === null || state.tarnet === null || level === null) return null;
  const { weights } = state.tarnet;
  const [zero, one] = ([0, 1] as const).map((arm) => tarnetRisks(tarnet, weights, rows, level, arm)) as [Float64Array, Float64Array];
  return zero.map((value, i) => value - one[i]!);
}

/** The hospital's own intercept of level 1, or of who was treated: what makes its patients' level unlike others', so that the network need not know the hospital. */
function ownLevel(settings: EffectSettings, state: EffectState, site: EffectSite, name = 'level1'): number | null {
  const fit = state.fits[name];
  const own = takesPart(settings, site, 'tarnet') ? fitRowsOf(settings, state, site, name) : null;
  return fit === undefined || own === null ? null : (siteFit(own, fit.coefficients)?.intercept ?? null);
}
