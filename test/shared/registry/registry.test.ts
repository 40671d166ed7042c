/** The registry over whole stories: at most one model in use, every decision kept, nothing promoted against the rule. */
import {
  emptyRegistry,
  type PromotionEvidence,
  promoted,
  type RegistryEvent,
  type RegistryState,
  registryStep,
} from '@consilium/shared/registry';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const who = { by: 'A. Coordinator', why: 'agreed by the board', at: 1 };
const good: PromotionEvidence = { lossDifferenceUpper: -0.001, calibrationSlope: 1.1 };
const play = (events: readonly RegistryEvent[], from: RegistryState = emptyRegistry) =>
  events.reduce((state, event) => {
    const { state: next, rejected } = registryStep(state, event);
    expect(rejected).toBeNull();
    return next;
  }, from);
const exact = (model: string): RegistryEvent => ({ ...who, type: 'register', model, kind: 'exact', evidence: null });

describe('a registry', () => {
  it('promotes a candidate, retires the one before, and rolls back to it', () => {
    const two = play([exact('a'), exact('b'), { ...who, type: 'promote', model: 'a' }, { ...who, type: 'promote', model: 'b' }]);
    expect(promoted(two)).toBe('b');
    expect(two.entries.map(({ status }) => status)).toEqual(['retired', 'promoted']);
    const back = play([{ ...who, why: 'b drifts', at: 9, type: 'rollback' }], two);
    expect(promoted(back)).toBe('a');
    expect(back.entries[0]!.history.map(({ status, why }) => [status, why])).toEqual([
      ['candidate', who.why],
      ['promoted', who.why],
      ['retired', who.why],
      ['promoted', 'b drifts'],
    ]);
    expect(registryStep(back, { ...who, type: 'rollback' }).rejected).toBe('nothing-to-roll-back-to');
  });

  it('never rolls back to a model that was retired on purpose', () => {
    const state = play([
      exact('a'),
      exact('b'),
      { ...who, type: 'promote', model: 'a' },
      { ...who, type: 'promote', model: 'b' },
      { ...who, type: 'retire', model: 'b' },
    ]);
    expect(promoted(state)).toBeNull();
    expect(promoted(play([{ ...who, type: 'rollback' }], state))).toBe('a');
  });

  it.each([
    [{ lossDifferenceUpper: 0, calibrationSlope: 1 }, 'not-shown-better'],
    [null, 'not-shown-better'],
    [{ lossDifferenceUpper: Number.NaN, calibrationSlope: 1 }, 'not-shown-better'],
    [{ lossDifferenceUpper: -0.1, calibrationSlope: 0.79 }, 'not-calibrated'],
    [{ lossDifferenceUpper: -0.1, calibrationSlope: 1.26 }, 'not-calibrated'],
    [{ lossDifferenceUpper: -0.1, calibrationSlope: null }, 'not-calibrated'],
    [good, null],
  ])('promotes a network by the rule only: %o → %s', (evidence, rejection) => {
    const state = play([{ ...who, type: 'register', model: 'n', kind: 'network', evidence }]);
    expect(registryStep(state, { ...who, type: 'promote', model: 'n' }).rejected).toBe(rejection);
  });

  it('answers every event in every state, keeps one model in use and every decision', () => {
    const model = fc.constantFrom('a', 'b', 'c', 'd');
    const person = fc.constantFrom('A', 'B', 'C', 'D', ' ');
    const event: fc.Arbitrary<RegistryEvent> = fc.oneof(
      fc.record({
        type: fc.constant('register' as const),
        model,
        kind: fc.constantFrom('exact' as const, 'network' as const),
        evidence: fc.constantFrom(good, null),
        by: person,
        why: fc.constant('w'),
        at: fc.nat(),
      }),
      fc.record({ type: fc.constantFrom('promote' as const, 'retire' as const), model, by: person, why: fc.constant('w'), at: fc.nat() }),
      fc.record({ type: fc.constant('rollback' as const), by: person, why: fc.constantFrom('w', ''), at: fc.nat() }),
    );
    let promotions = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 30, maxLength: 60 }), (events) => {
        let state = emptyRegistry;
        for (const item of events) {
          const before = state;
          const step = registryStep(state, item);
          state = step.state;
          if (step.rejected !== null) expect(state).toBe(before);
          expect(state.entries.filter(({ status }) => status === 'promoted').length).toBeLessThanOrEqual(1);
          const decisions = (of: RegistryState) => of.entries.reduce((sum, entry) => sum + entry.history.length, 0);
          if (step.rejected === null) expect(decisions(state)).toBeGreaterThan(decisions(before));
          if (promoted(state) !== null) promotions += 1;
        }
      }),
      { seed: 4, numRuns: 300 },
    );
    expect(promotions).toBeGreaterThan(300);
  });
});
