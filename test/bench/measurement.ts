/** What a measurement is, and how its figures read: always a ratio, of the product to a limit or to a peer, measured side by side. */

/** What the product is held against: a limit it cannot beat, or a peer that does the same job. */
export type Yardstick =
  | { readonly kind: 'limit'; readonly name: string }
  | { readonly kind: 'peer'; readonly name: string }
  /** Nothing measured here; the figure is for the record. */
  | { readonly kind: 'none' };

/** What architecture.md §5 asks for, and how this run compares. */
export interface Aim {
  readonly text: string;
  /** Null when this run did not measure what the aim is about. */
  readonly isMet: boolean | null;
}

export interface Figure {
  readonly what: string;
  /** The product's own median, with its unit. */
  readonly product: string;
  readonly against: Yardstick;
  /** The yardstick's median, with its unit; empty when there is none. */
  readonly yardstick: string;
  /** The ratio as it is to be read, as "1.4 × its time". */
  readonly ratio: string;
  /** Null where no aim is set. */
  readonly aim: Aim | null;
}

export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  readonly run: (limits: Limits) => Promise<readonly Figure[]>;
}

/** A shorter run than the whole; measurements heed what concerns them. */
export interface Limits {
  /** Only these sizes of federations; null for all. */
  readonly sites: readonly number[] | null;
  /** Turns of each side; null for as many as the measurement thinks right. */
  readonly turns: number | null;
}

/** A figure about time: how many times the yardstick's time the product needs; the aim is a most. */
export function timeFigure(input: {
  readonly what: string;
  readonly productMs: number;
  readonly against: Exclude<Yardstick, { readonly kind: 'none' }>;
  readonly yardstickMs: number;
  readonly most?: number;
}): Figure {
  const { what, productMs, against, yardstickMs, most } = input;
  const ratio = productMs / yardstickMs;
  return {
    what,
    product: milliseconds(productMs),
    against,
    yardstick: milliseconds(yardstickMs),
    ratio: `${ratio.toFixed(2)} × its time`,
    aim: most === undefined ? null : { text: `≤ ${most} ×`, isMet: ratio <= most },
  };
}

/** A figure about speed: how many times the yardstick's speed the product has; the aim is a least. */
export function speedFigure(input: {
  readonly what: string;
  readonly product: number;
  readonly against: Exclude<Yardstick, { readonly kind: 'none' }>;
  readonly yardstick: number;
  readonly unit: string;
  readonly least?: number;
}): Figure {
  const { what, product, against, yardstick, unit, least } = input;
  const ratio = product / yardstick;
  return {
    what,
    product: `${rounded(product)} ${unit}`,
    against,
    yardstick: `${rounded(yardstick)} ${unit}`,
    ratio: `${ratio.toFixed(2)} × its speed`,
    aim: least === undefined ? null : { text: `≥ ${least} ×`, isMet: ratio >= least },
  };
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
