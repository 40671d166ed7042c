/**
 * The E-value: how strongly an unmeasured cause would have to go with both treatment and outcome, as a risk ratio, to explain an
 * association away. Source: VanderWeele and Ding 2017; the square root of an odds ratio stands for the risk ratio of a common outcome.
 */

export interface EValue {
  readonly estimate: number;
  /** For the limit of the interval that is nearer to 1; 1 where the interval holds 1. */
  readonly limit: number;
}

/** Share of events above which an outcome counts as common. */
const COMMON = 0.15;

/**
 * @param oddsRatio - Estimate and 95 % interval, all positive.
 * @param eventShare - Share of patients with the outcome, 0 to 1.
 * @example eValue({ estimate: 4, interval: [1, 16] }, 0.5).limit // 1
 */
export function eValue(oddsRatio: { readonly estimate: number; readonly interval: readonly [number, number] }, eventShare: number): EValue {
  const riskRatio = (ratio: number): number => (eventShare > COMMON ? Math.sqrt(ratio) : ratio);
  const [low, high] = oddsRatio.interval;
  const near = low > 1 ? low : Math.min(high, 1);
  return { estimate: bias(riskRatio(oddsRatio.estimate)), limit: bias(riskRatio(near)) };
}

function bias(ratio: number): number {
  const above = ratio < 1 ? 1 / ratio : ratio;
  return above + Math.sqrt(above * (above - 1));
}
