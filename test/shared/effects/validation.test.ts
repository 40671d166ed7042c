/** A small run of the long validation (`pnpm validate:effects`, figures in docs/validation.md), with bounds that chance hardly reaches. */
import { describe, expect, it } from 'vitest';
import { INTERACTION_TRIAL, RISK_TRIAL } from '../../reference/trials.ts';
import { accuracy, rejections } from '../../studies/effects.ts';

describe('the score test of the interactions', () => {
  it('is the test on pooled rows, rejects seldom where there is nothing and often where there is something', () => {
    const none = rejections(RISK_TRIAL, 'small null', 40, 1);
    const some = rejections(INTERACTION_TRIAL, 'small power', 12, 1);
    expect(Math.max(none.largestDifference, some.largestDifference)).toBeLessThan(1e-8);
    expect(none.interactions).toBeLessThan(18);
    expect(some.interactions).toBeGreaterThan(50);
  });
});

describe('the error of the individual benefit', () => {
  it('at level 1 is below the spread of the true effect where it comes from risk, and intervals hold the truth', () => {
    const { rootPehe, trueSpread, benefitCoverage } = accuracy(RISK_TRIAL, 'small risk', 10, 2);
    expect(rootPehe.level1).toBeLessThan(trueSpread);
    expect(rootPehe.level2).toBeLessThanOrEqual(1.15 * rootPehe.level1);
    expect(benefitCoverage).toBeGreaterThan(85);
  });

  it('at level 2 is well below level 1 where the relative effect differs', () => {
    const { rootPehe } = accuracy(INTERACTION_TRIAL, 'small interactions', 6, 2);
    expect(rootPehe.level2).toBeLessThan(0.9 * rootPehe.level1);
  });
});
