import { predictLogistic } from '@consilium/shared/models';
import { fitLogistic, RIDGE_GRID, tuneRidge } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { madeRows, seededUniform } from '../../reference/made-rows.ts';

describe('tuning the ridge', () => {
  it('takes the candidate with the least held-out loss', () => {
    const choice = tuneRidge(madeRows(80, 5, 2), seededUniform(1));
    const least = Math.min(...choice.losses.map((loss) => loss.logLoss));
    expect(choice.losses.map((loss) => loss.ridge)).toEqual(RIDGE_GRID);
    expect(choice.losses.find((loss) => loss.ridge === choice.ridge)!.logLoss).toBe(least);
  });

  it('gives the losses that leaving rows out by hand gives, with as many folds as rows', () => {
    const rows = madeRows(12, 2, 8);
    const { losses } = tuneRidge(rows, seededUniform(1), [3], 12);
    let loss = 0;
    // Twelve folds over two classes are not twelve single rows, so the folds are found by trying each row's partner.
    const foldOf = foldsByHand(rows.y, seededUniform(1), 12);
    for (let fold = 0; fold < 12; fold++) {
      const pick = (isHeld: boolean) => {
        const kept = Array.from(rows.y.keys()).filter((i) => (foldOf[i] === fold) === isHeld);
        const x = Float64Array.from(kept.flatMap((i) => Array.from(rows.x.slice(2 * i, 2 * i + 2))));
        return { x, y: Float64Array.from(kept, (i) => rows.y[i]!), rows: kept.length, width: 2 };
      };
      const held = pick(true);
      const p = predictLogistic(fitLogistic(pick(false), 3).coefficients, held);
      for (const [i, probability] of p.entries()) loss -= Math.log(held.y[i] === 1 ? probability : 1 - probability);
    }
    expect(losses[0]!.logLoss).toBeCloseTo(loss / 12, 10);
  });

  it('prefers strong shrinkage for noise and weak shrinkage for a clear signal', () => {
    const signal = madeRows(400, 2, 4);
    const uniform = seededUniform(77);
    const noise = { ...madeRows(60, 8, 4), y: Float64Array.from({ length: 60 }, () => (uniform() < 0.5 ? 0 : 1)) };
    expect(tuneRidge(signal, seededUniform(1)).ridge).toBeLessThanOrEqual(3);
    expect(tuneRidge(noise, seededUniform(1)).ridge).toBeGreaterThanOrEqual(100);
  });

  it('is the same from the same stream', () => {
    const rows = madeRows(60, 3);
    expect(tuneRidge(rows, seededUniform(4))).toEqual(tuneRidge(rows, seededUniform(4)));
  });

  it('falls back to the largest ridge with one class or too few rows', () => {
    const rows = madeRows(30, 2);
    expect(tuneRidge({ ...rows, y: new Float64Array(30) }, seededUniform(1)).ridge).toBe(300);
    expect(tuneRidge(madeRows(3, 2), seededUniform(1)).ridge).toBe(300);
    expect(tuneRidge(madeRows(0, 2), seededUniform(1)).ridge).toBe(300);
  });

  it('survives a class so small that some folds train on one class', () => {
    const rows = madeRows(30, 2);
    const one = { ...rows, y: Float64Array.from({ length: 30 }, (_, i) => (i === 7 ? 1 : 0)) };
    expect(Number.isFinite(tuneRidge(one, seededUniform(1)).losses[0]!.logLoss)).toBe(true);
  });
});

function foldsByHand(y: Float64Array, uniform: () => number, folds: number): number[] {
  const order = Array.from(y.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const events = order.filter((i) => y[i] === 1);
  const others = order.filter((i) => y[i] === 0);
  return Array.from(y.keys(), (i) => (y[i] === 1 ? events.indexOf(i) % folds : folds - 1 - (others.indexOf(i) % folds)));
}
