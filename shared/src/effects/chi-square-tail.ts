/**
 * Upper tail of the chi-square distribution with whole degrees of freedom, with + − × ÷ √ only: whether a test rejects decides what
 * is fitted next, so every site must find the same.
 * Source: Abramowitz and Stegun 26.4.4 and 26.4.5 (finite sums), 7.1.6 and 7.1.14 (erfc).
 */

/** exp(−x) for x ≥ 0 by Taylor's series after halving. */
function decay(x: number): number {
  let halvings = 0;
  let part = x;
  for (; part > 0.5; halvings++) part /= 2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 30; k++) {
    term *= -part / k;
    sum += term;
  }
  for (; halvings > 0; halvings--) sum *= sum;
  return sum;
}

const ROOT_PI = 1.772453850905516;

/** erfc(√x) for x ≥ 0. */
function upperRoot(x: number): number {
  const root = Math.sqrt(x);
  if (x < 4) {
    let term = root;
    let sum = root;
    for (let k = 1; k < 200; k++) {
      term *= x / (k + 0.5);
      sum += term;
      if (term < 1e-18 * sum) break;
    }
    return 1 - (2 / ROOT_PI) * decay(x) * sum;
  }
  let fraction = root;
  for (let k = 200; k >= 1; k--) fraction = root + k / 2 / fraction;
  return decay(x) / (ROOT_PI * fraction);
}

/**
 * P(X > value) for a chi-square X.
 *
 * @param value - At least 0.
 * @param degrees - Degrees of freedom, a whole number of at least 1.
 * @returns To about 1e-12.
 * @example chiSquareTail(0, 3) // 1
 */
export function chiSquareTail(value: number, degrees: number): number {
  if (!(Number.isInteger(degrees) && degrees >= 1)) throw new RangeError(`chiSquareTail: expected degrees of freedom, got ${degrees}`);
  if (!(value > 0)) return 1;
  const half = value / 2;
  const isEven = degrees % 2 === 0;
  let tail = isEven ? decay(half) : upperRoot(half);
  let term = isEven ? decay(half) : (2 * Math.sqrt(half) * decay(half)) / ROOT_PI;
  for (let d = isEven ? 2 : 1; d < degrees; d += 2) {
    if (isEven) term *= half / (d / 2);
    else if (d > 1) term *= half / (d / 2);
    tail += term;
  }
  return Math.min(1, tail);
}

/**
 * The value that a chi-square exceeds with a given probability, by halving: the same bits at every site.
 *
 * @param probability - In (0, 1).
 * @example chiSquareQuantile(0.05, 1) // 3.8414588206941…
 */
export function chiSquareQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`chiSquareQuantile: expected a probability, got ${probability}`);
  let low = 0;
  let high = 1;
  while (chiSquareTail(high, degrees) > probability) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (chiSquareTail(middle, degrees) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
