/** Whole numbers of patients from shares: the largest remainders get the rest, so that none is lost (Hare and Niemeyer). */

/** @returns As many whole numbers as shares, adding up to `total`; each within 1 of share × total. */
export function wholeParts(shares: readonly number[], total: number): number[] {
  const sum = shares.reduce((so, share) => so + share, 0);
  const exact = shares.map((share) => (share / sum) * total);
  const parts = exact.map(Math.floor);
  const rest = total - parts.reduce((so, part) => so + part, 0);
  const order = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of order.slice(0, rest)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** Deals the items out in order: the first `parts[0]` to 0, the next `parts[1]` to 1, and so on. */
export function dealInOrder(items: readonly number[], parts: readonly number[], into: Int32Array): void {
  let next = 0;
  for (const [site, count] of parts.entries()) for (let i = 0; i < count; i++) into[items[next++]!] = site;
}
