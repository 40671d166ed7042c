/** How much chance is in a network: the range of the risks that its fits from different first weights give to one patient. */
import { headline } from '../evaluation/index.ts';
import { networkOutputs } from '../models/index.ts';
import type { Part } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';
import { ownPartOf } from '../training/index.ts';
import type { InstabilityRange } from './contracts.ts';
import { allFits, lossOfPlan, shapeOf } from './fits.ts';
import { networkPredictions } from './network-shape.ts';
import type { ProgrammeState } from './programme-state.ts';

/**
 * @param rows - The patients it is told of.
 * @returns Null where a single fit was trained, the outcome is no risk, a part of the model is the site's own, or there is no row.
 */
export function instabilityOf(plan: Plan, state: ProgrammeState, rows: Part): InstabilityRange | null {
  const { network } = state;
  if (network === null || network.others.length === 0 || rows.rows === 0 || ownPartOf(plan.personal) !== null) return null;
  const shape = shapeOf(plan, state);
  const loss = lossOfPlan(plan, state);
  const said = allFits(network).map(({ weights }) => networkPredictions(loss, networkOutputs(shape, weights, rows)));
  if (said.some(({ task }) => task !== 'binary' && task !== 'time-to-event')) return null;
  const risks = said.map(headline);
  const ranges = Float64Array.from({ length: rows.rows }, (_, row) => {
    const own = risks.map((values) => values[row]!);
    return Math.max(...own) - Math.min(...own);
  }).sort();
  // The smallest range that so large a share of the patients does not exceed.
  const within = (share: number): number => ranges[Math.ceil(share * rows.rows) - 1]!;
  return { fits: risks.length, half: within(0.5), nineInTen: within(0.9), largest: within(1) };
}
