/**
 * What a page has to say about an effect, as codes with values; the words are in the page's catalogue, in every language.
 * Rules: learning.md §5. No code speaks of benefit above the evidence there is.
 */
import type { EffectRefusal } from './effect-counts.ts';
import type { EffectFindings } from './effect-findings.ts';
import type { EffectSettings } from './effect-settings.ts';

export type EffectMessage =
  /** No effect is shown, and why. */
  | { readonly code: 'effect-refused'; readonly reason: EffectRefusal }
  /** Treatment was assigned by lot, so a difference can be called an effect. */
  | { readonly code: 'evidence-randomised' }
  /** Treatment was chosen: an association, which an unmeasured cause of strength `eValue` could explain away. */
  | { readonly code: 'evidence-observational'; readonly eValue: number; readonly eValueLimit: number }
  /** "This study found no reliable difference in relative effect (p = …; it could have detected a ratio of …); the absolute benefit still differs with risk." */
  | { readonly code: 'no-difference-in-relative-effect'; readonly pValue: number; readonly detectableRatio: number | null }
  /** The relative effect differs between patients; level 2 is shown where the plan asks for it. */
  | { readonly code: 'difference-in-relative-effect'; readonly pValue: number }
  /** "Harms were not estimated in this study." */
  | { readonly code: 'harms-not-estimated' }
  /** A declared harm whose fit did not end. */
  | { readonly code: 'harm-failed'; readonly harm: string }
  /** Sites with fewer than ten patients in an arm took no part in weighting or learners. */
  | { readonly code: 'small-arms'; readonly sites: number }
  /** Patients whose arm is missing or neither of the two. */
  | { readonly code: 'unassigned'; readonly patients: number }
  /** Level 3 is shown under a badge, or could not be run. */
  | { readonly code: 'research-view' }
  | { readonly code: 'research-view-refused'; readonly reason: 'too-few-in-arms' | 'fit-failed' }
  /** Share of patients outside the propensities .02 to .98. */
  | { readonly code: 'outside-overlap'; readonly share: number };

export function effectMessages(settings: EffectSettings, result: EffectFindings): EffectMessage[] {
  return [...evidence(result), ...heterogeneity(settings, result), ...harms(settings, result), ...participation(settings, result)];
}

function* evidence(result: EffectFindings): Generator<EffectMessage> {
  if (result.refusal !== null) yield { code: 'effect-refused', reason: result.refusal };
  else if (result.evidence === 'randomised') yield { code: 'evidence-randomised' };
  else if (result.eValue !== null) {
    yield { code: 'evidence-observational', eValue: result.eValue.estimate, eValueLimit: result.eValue.limit };
  }
}

/** The declared tests decide; of two, the smaller p doubled (Bonferroni). */
function* heterogeneity({ alpha }: EffectSettings, { tests, detectableRatio, refusal }: EffectFindings): Generator<EffectMessage> {
  const values = [tests.interactions, tests.risk].flatMap((test) => (test === null ? [] : [test.pValue]));
  if (refusal !== null || values.length === 0) return;
  const pValue = Math.min(1, Math.min(...values) * values.length);
  if (pValue < alpha) yield { code: 'difference-in-relative-effect', pValue };
  else yield { code: 'no-difference-in-relative-effect', pValue, detectableRatio };
}

function* harms(settings: EffectSettings, result: EffectFindings): Generator<EffectMessage> {
  if (settings.harms.length === 0) yield { code: 'harms-not-estimated' };
  if (result.refusal !== null) return;
  for (const { name, effect } of result.harms) if (effect === null) yield { code: 'harm-failed', harm: name };
}

function* participation(settings: EffectSettings, result: EffectFindings): Generator<EffectMessage> {
  const { counts, overlap, learners } = result;
  const usesLargeArms = settings.assignment === 'observational' || settings.level === 3;
  if (counts !== null && usesLargeArms && counts.smallSites > 0) yield { code: 'small-arms', sites: counts.smallSites };
  if (counts !== null && counts.unassigned > 0) yield { code: 'unassigned', patients: counts.unassigned };
  if (overlap !== null && overlap.outside > 0) yield { code: 'outside-overlap', share: overlap.outside };
  if (learners === 'shown' && result.refusal === null) yield { code: 'research-view' };
  else if (learners === 'too-few-in-arms' || learners === 'fit-failed') yield { code: 'research-view-refused', reason: learners };
}
