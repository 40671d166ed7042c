/** The federation of the bench: any number of sites of 32 training rows, 13 columns, a network 13-64-32-1 (3,009 weights). */
import { type Plan, parsePlan } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import { seededUniform } from '../../reference/made-rows.ts';

export const TRAIN_ROWS = 32;
export const BATCH = 32;
export const LEARNING_RATE = 0.05;
const TEST_ROWS = 8;

export interface MadeShape {
  readonly inputs: number;
  readonly hidden: readonly number[];
}

export const SMALL: MadeShape = { inputs: 13, hidden: [64, 32] };
/** 101,770 weights. */
export const LARGE: MadeShape = { inputs: 6, hidden: [207, 480] };

export function madePlan({ inputs, hidden }: MadeShape, rounds: number): Plan {
  const parsed = parsePlan(
    JSON.stringify({
      study: 'bench',
      title: 'Bench',
      purpose: 'To measure the simulator.',
      population: 'Nobody.',
      synthetic: true,
      outcomes: [{ name: 'y', task: 'binary', column: 'y', positive: 'y == 1' }],
      features: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}`, type: 'number', range: [-4, 4] })),
      split: { by: 'column', column: 'part' },
      model: { kind: 'mlp', hidden },
      algorithm: { kind: 'fedavg', localEpochs: 1, batchSize: BATCH, learningRate: LEARNING_RATE },
      rounds: { count: rounds, stop: { updateSize: 0 } },
    }),
    'bench.json',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.plan;
}

export function madeSites({ inputs }: MadeShape, count: number): SiteInput[] {
  const header = [...Array.from({ length: inputs }, (_, i) => `x${i}`), 'y', 'part'].join(',');
  return Array.from({ length: count }, (_, site) => {
    const uniform = seededUniform(site + 1);
    const lines = Array.from({ length: TRAIN_ROWS + TEST_ROWS }, (_, row) => {
      const x = Array.from({ length: inputs }, () => Number((4 * uniform() - 2).toFixed(3)));
      const y = x[0]! + x[1]! * x[2]! > 0.4 * (uniform() - 0.5) ? 1 : 0;
      return [...x, y, row < TRAIN_ROWS ? 'train' : 'test'].join(',');
    });
    return { id: `site-${site}`, name: `Site ${site}`, csv: new TextEncoder().encode(`${[header, ...lines].join('\n')}\n`) };
  });
}
