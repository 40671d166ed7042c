/** 95 % intervals of figures that were read from sums: each on the scale on which it is nearly normal. */

export type Interval = readonly [number, number];

export const NORMAL_97_5 = 1.959963984540054;

/** Of a share with its standard error, on the log-odds scale; null at 0 and 1, where the scale ends. */
export function shareInterval(value: number | null, standardError: number): Interval | null {
  if (value === null || !(value > 0 && value < 1) || !(standardError >= 0)) return null;
  const centre = Math.log(value / (1 - value));
  const margin = (NORMAL_97_5 * standardError) / (value * (1 - value));
  return [1 / (1 + Math.exp(margin - centre)), 1 / (1 + Math.exp(-margin - centre))];
}

/** Of a ratio, from the standard error of its logarithm; null where the ratio has none. */
export function ratioInterval(value: number | null, logError: number): Interval | null {
  if (value === null || !(value > 0) || !(logError >= 0 && Number.isFinite(logError))) return null;
  const factor = Math.exp(NORMAL_97_5 * logError);
  return [value / factor, value * factor];
}

/** Of a mean. */
export function meanInterval(value: number | null, standardError: number): Interval | null {
  if (value === null || !(standardError >= 0 && Number.isFinite(standardError))) return null;
  return [value - NORMAL_97_5 * standardError, value + NORMAL_97_5 * standardError];
}

/** Observed over expected events of n rows: the logarithm's error is √((1 − O/n) / O). Source: Debray et al. 2017, BMJ 356:i6460. */
export const observedExpectedInterval = (value: number | null, events: number, n: number): Interval | null =>
  events > 0 && n > 0 ? ratioInterval(value, Math.sqrt(Math.max(0, 1 - events / n) / events)) : null;

/** Share of n rows, by Wilson's score interval (1927). */
export function wilsonInterval(share: number | null, n: number): Interval | null {
  if (share === null || !(n > 0)) return null;
  const z = NORMAL_97_5 * NORMAL_97_5;
  const centre = (share + z / (2 * n)) / (1 + z / n);
  const margin = (NORMAL_97_5 / (1 + z / n)) * Math.sqrt((share * (1 - share)) / n + z / (4 * n * n));
  return [centre - margin, centre + margin];
}

/** Those that are known, by name. */
export const known = (intervals: { readonly [name: string]: Interval | null }): { readonly [name: string]: Interval } =>
  Object.fromEntries(Object.entries(intervals).flatMap(([name, interval]) => (interval === null ? [] : [[name, interval] as const])));
