/** Every pair, one by one: the definition of the AUROC and of DeLong's variance, without sorting. */

function psi(event: number, other: number): number {
  return event > other ? 1 : event === other ? 0.5 : 0;
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

export function slowAuroc(scores: readonly number[], labels: readonly number[]): { concordant: number; pairs: number; variance: number } {
  const events = scores.filter((_, i) => labels[i] === 1);
  const others = scores.filter((_, i) => labels[i] === 0);
  const concordant = events.reduce((sum, event) => sum + others.reduce((inner, other) => inner + psi(event, other), 0), 0);
  const v10 = events.map((event) => others.reduce((sum, other) => sum + psi(event, other), 0) / others.length);
  const v01 = others.map((other) => events.reduce((sum, event) => sum + psi(event, other), 0) / events.length);
  return { concordant, pairs: events.length * others.length, variance: variance(v10) / events.length + variance(v01) / others.length };
}
