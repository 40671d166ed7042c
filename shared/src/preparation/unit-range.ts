/** A plausible range as [−1, 1], so that one fixed-point step serves every unit. */

export function toUnit([low, high]: readonly [number, number], value: number): number {
  return (2 * (value - low)) / (high - low) - 1;
}

/** The inverse of `toUnit`. */
export function fromUnit([low, high]: readonly [number, number], mapped: number): number {
  return low + ((mapped + 1) / 2) * (high - low);
}
