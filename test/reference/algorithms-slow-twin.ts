/**
 * The federated algorithms once more, from the equations of their papers and nothing of the product: arrays of numbers, one site after
 * another, all sites in every round, no clip, no encoding. Sites do full-batch descent on least squares, where a gradient is a line.
 */

/** A site's loss ½ (w − a)ᵀ diag(h) (w − a); its gradient is h (w − a). */
export interface QuadraticSite {
  readonly target: readonly number[];
  readonly curvature: readonly number[];
  readonly weight: number;
  readonly steps: number;
}

const gradient = ({ target, curvature }: QuadraticSite, w: readonly number[]): number[] =>
  w.map((value, i) => curvature[i]! * (value - target[i]!));
const weighted = (sites: readonly QuadraticSite[], vectors: readonly (readonly number[])[]): number[] => {
  const total = sites.reduce((sum, { weight }) => sum + weight, 0);
  return vectors[0]!.map((_, i) => sites.reduce((sum, { weight }, s) => sum + (weight / total) * vectors[s]![i]!, 0));
};
const plus = (a: readonly number[], b: readonly number[], scale = 1): number[] => a.map((value, i) => value + scale * b[i]!);

/** McMahan et al. 2017, Algorithm 1; with μ > 0 Li et al. 2020, Algorithm 2 (the inner problem by gradient steps). */
export function fedProxTwin(sites: readonly QuadraticSite[], start: readonly number[], rate: number, mu: number, rounds: number): number[] {
  let w = [...start];
  for (let round = 0; round < rounds; round++) {
    const after = sites.map((site) => {
      let local = [...w];
      for (let k = 0; k < site.steps; k++) {
        const g = plus(
          gradient(site, local),
          local.map((value, i) => mu * (value - w[i]!)),
        );
        local = plus(local, g, -rate);
      }
      return local;
    });
    w = weighted(sites, after);
  }
  return w;
}

/** Karimireddy et al. 2020, Algorithm 1, option II, S = N: c ← c + (1/N) Σ Δcᵢ, here with the sites' weights in the place of 1/N. */
export function scaffoldTwin(sites: readonly QuadraticSite[], start: readonly number[], rate: number, rounds: number): number[] {
  let x = [...start];
  let c = start.map(() => 0);
  const own = sites.map(() => start.map(() => 0));
  for (let round = 0; round < rounds; round++) {
    const updates: number[][] = [];
    const changes: number[][] = [];
    for (const [s, site] of sites.entries()) {
      let y = [...x];
      for (let k = 0; k < site.steps; k++) y = y.map((value, i) => value - rate * (gradient(site, y)[i]! - own[s]![i]! + c[i]!));
      const next = own[s]!.map((value, i) => value - c[i]! + (x[i]! - y[i]!) / (site.steps * rate));
      updates.push(plus(y, x, -1));
      changes.push(plus(next, own[s]!, -1));
      own[s] = next;
    }
    x = plus(x, weighted(sites, updates));
    c = plus(c, weighted(sites, changes));
  }
  return x;
}

/** Wang et al. 2020, equation 5 for plain descent: x ← x − τ Σ pᵢ η dᵢ, dᵢ the mean gradient of site i, τ = Σ pᵢ τᵢ. */
export function fedNovaTwin(sites: readonly QuadraticSite[], start: readonly number[], rate: number, rounds: number): number[] {
  let x = [...start];
  const total = sites.reduce((sum, { weight }) => sum + weight, 0);
  const tau = sites.reduce((sum, { weight, steps }) => sum + (weight / total) * steps, 0);
  for (let round = 0; round < rounds; round++) {
    const directions = sites.map((site) => {
      let y = [...x];
      let sum = x.map(() => 0);
      for (let k = 0; k < site.steps; k++) {
        const g = gradient(site, y);
        sum = plus(sum, g);
        y = plus(y, g, -rate);
      }
      return sum.map((value) => value / site.steps);
    });
    x = plus(x, weighted(sites, directions), -tau * rate);
  }
  return x;
}
