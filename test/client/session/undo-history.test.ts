import { beginHistory, change, type History, redo, undo } from '@consilium/client/session';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Step = { readonly do: 'change'; readonly to: number } | { readonly do: 'undo' } | { readonly do: 'redo' };

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('change' as const), to: fc.nat(5) }),
    fc.constant({ do: 'undo' as const }),
    fc.constant({ do: 'redo' as const }),
  ),
  { maxLength: 40 },
);

function take(history: History<number>, step: Step): History<number> {
  return step.do === 'change' ? change(history, step.to) : step.do === 'undo' ? undo(history) : redo(history);
}

/** The plain twin: a list and a place in it. */
function twin(all: readonly Step[]): number {
  let values = [0];
  let at = 0;
  for (const step of all) {
    if (step.do === 'undo') at = Math.max(0, at - 1);
    else if (step.do === 'redo') at = Math.min(values.length - 1, at + 1);
    else if (step.to !== values[at]) {
      values = [...values.slice(0, at + 1), step.to];
      at += 1;
    }
  }
  return values[at] ?? Number.NaN;
}

describe('the history of a mapping', () => {
  it('is where a list with a place in it would be, whatever is done', () => {
    fc.assert(fc.property(steps, (all) => all.reduce(take, beginHistory(0)).present === twin(all)));
  });

  it('comes back to its beginning by undoing everything, and forward again', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const there = all.reduce(take, beginHistory(0));
        let back = there;
        for (let step = 0; step < 41; step++) back = undo(back);
        expect(back.present).toBe(0);
        expect(back.past).toEqual([]);
        for (let step = 0; step < there.past.length; step++) back = redo(back);
        expect(back).toEqual(there);
      }),
    );
  });
});
