/** The shape of what a plan trains by rounds: its inputs are the columns of the design matrix. */
import type { LossSpec, NetworkShape } from '../models/index.ts';
import { designColumns } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';

/**
 * @param names - Names of the design columns in use, in order.
 * @throws TypeError for a plan that is fitted exactly.
 */
export function networkShape(plan: Plan, names: readonly string[]): NetworkShape {
  const { model, algorithm } = plan;
  if (algorithm.kind === 'newton') throw new TypeError('networkShape: expected a plan that trains by rounds');
  const inputs = names.length;
  switch (model.kind) {
    case 'linear':
      return { inputs, hidden: [], start: model.start };
    case 'mlp':
      return { inputs, hidden: model.hidden, norm: model.norm, dropout: model.dropout };
    case 'additive':
      return { kind: 'additive', groups: columnGroups(plan, names), hidden: model.units };
  }
}

/** What the network is trained for. */
export const networkLoss = (_plan: Plan): LossSpec => ({ kind: 'binary' });

/** How many of the columns in use belong to each feature, in order; features without one are left out. */
function columnGroups(plan: Plan, names: readonly string[]): number[] {
  const used = new Set(names);
  const counts = new Map<string, number>();
  for (const { name, feature } of designColumns(plan)) if (used.has(name)) counts.set(feature.name, (counts.get(feature.name) ?? 0) + 1);
  return [...counts.values()];
}
