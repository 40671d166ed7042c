import { foldProgress, type RunView, startOfRun } from '@consilium/client/session';
import type { SiteProgress } from '@consilium/shared/federation';
import { describe, expect, it } from 'vitest';

const round = (number: number, done: number): SiteProgress => ({
  type: 'round',
  round: number,
  kind: 'update',
  label: 'federated',
  phase: 'advertising',
  done,
  expected: 9,
});
const released = (number: number, counted = true): SiteProgress => ({
  type: 'released',
  round: number,
  kind: 'update',
  survivors: ['a', 'b', 'c'],
  counted,
});
const after = (...reports: readonly SiteProgress[]): RunView => reports.reduce(foldProgress, startOfRun);

describe('what the page knows of a study', () => {
  it('has no open round once the round is released, and lists it', () => {
    const view = after(round(4, 3), released(4));
    expect(view.round).toBeNull();
    expect(view.past).toEqual([{ number: 4, kind: 'update', outcome: 'counted', hospitals: 3, reason: null }]);
  });

  it('says when a sum was released without this hospital', () => {
    expect(after(round(4, 3), released(4, false)).past[0]?.outcome).toBe('missed');
  });

  it('keeps why this hospital refused beside the sum that was released without it, and beside no other', () => {
    const refused: SiteProgress = { type: 'refused', code: 'answered-elsewhere', text: '' };
    const reasons = (view: RunView) => view.past.map(({ number, outcome, reason }) => [number, outcome, reason]);
    // Refused before the round had begun here, as by a device that came later; then away for a round.
    expect(reasons(after(refused, released(4, false), released(5, false)))).toEqual([
      [4, 'missed', 'answered-elsewhere'],
      [5, 'missed', null],
    ]);
    expect(reasons(after(round(4, 3), refused, released(4, false)))).toEqual([[4, 'missed', 'answered-elsewhere']]);
    expect(reasons(after(refused, round(4, 3), released(4)))).toEqual([[4, 'counted', null]]);
  });

  it('lists a round once, however often its end is told', () => {
    expect(after(round(4, 3), released(4), released(4), round(5, 4), released(5)).past.map(({ number }) => number)).toEqual([4, 5]);
  });

  it('counts a sum when it is released, once, and never more than are expected', () => {
    expect(after(round(4, 3)).progress).toEqual({ done: 3, expected: 9 });
    expect(after(round(4, 3), released(4), released(4)).progress).toEqual({ done: 4, expected: 9 });
    expect(after(round(4, 3), released(4), round(5, 4)).progress).toEqual({ done: 4, expected: 9 });
    expect(after(round(4, 9), released(4)).progress).toEqual({ done: 10, expected: 10 });
    expect(after(released(4)).progress.expected).toBe(0);
  });

  it('counts the sums of rounds before a reload or without this hospital, not those that ended early', () => {
    expect(after(round(8, 0)).progress).toEqual({ done: 7, expected: 16 });
    expect(after(round(4, 3), released(4), round(7, 4)).progress).toEqual({ done: 6, expected: 11 });
    expect(after(round(4, 3), { type: 'aborted', code: 'below-threshold', text: '' }, round(5, 3)).progress).toEqual({
      done: 3,
      expected: 9,
    });
  });

  it('forgets the training of an earlier round', () => {
    const training: SiteProgress = { type: 'training', round: 4, epoch: 1, epochs: 2, fraction: 0.5 };
    expect(after(round(4, 3), training).training).toEqual({ epoch: 1, epochs: 2, fraction: 0.5 });
    expect(after(round(4, 3), training, round(5, 4)).training).toBeNull();
  });

  it('keeps the reason of an early end until the next round', () => {
    const aborted: SiteProgress = { type: 'aborted', code: 'below-threshold', text: 'Too few.' };
    expect(after(round(4, 3), aborted).trouble?.code).toBe('below-threshold');
    expect(after(round(4, 3), aborted).past[0]?.outcome).toBe('aborted');
    expect(after(round(4, 3), aborted, round(5, 3)).trouble).toBeNull();
  });

  it('invents no round where none was open', () => {
    expect(after({ type: 'aborted', code: 'cancelled', text: '' }).past).toEqual([]);
  });
});
