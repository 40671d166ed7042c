/**
 * What a clinician is told of one patient, as data: the risk with its uncertainty and where it comes from, or why nothing is told. Words are the
 * page's. Computed inside the site, from what every site derived and the site's own rows; never sent.
 *
 * Source: learning.md §6 (individual uncertainty), §8 (prediction page).
 */
import type { PatientEffect } from '../effects/index.ts';

export type { PatientValues } from '../federation/index.ts';

export type ForecastRefusal =
  /** The value is not within the range that the plan calls plausible. */
  | { readonly reason: 'out-of-range'; readonly feature: string; readonly range: readonly [number, number] }
  | { readonly reason: 'unknown-code'; readonly feature: string }
  /** The plan calls the feature required, or left rows without it out. */
  | { readonly reason: 'missing'; readonly feature: string }
  /** Fewer test patients of either class than the plan's smallest cell: how the model does here is not known. */
  | { readonly reason: 'site-not-checked'; readonly events: number; readonly nonEvents: number; readonly needed: number }
  /** Of one class there are fewer test patients, or of all, where the outcome is no class. */
  | { readonly reason: 'few-of-a-class' | 'few-test-patients'; readonly patients: number; readonly needed: number }
  /** The study has no fitted model of a kind that can be shown for one patient. */
  | { readonly reason: 'no-model' };

/** How far a value moves the risk from that of the average patient, on the scale on which the model adds. */
export interface ForecastReason {
  readonly feature: string;
  readonly contribution: number;
}

export type ForecastUncertainty =
  /** 95 % interval by the delta method. */
  | { readonly kind: 'interval'; readonly low: number; readonly high: number }
  /** The same with a penalised fit: a spread without a promise of coverage. */
  | { readonly kind: 'spread'; readonly low: number; readonly high: number }
  /** Lowest and highest of several fits from other starts. Not a confidence interval. */
  | { readonly kind: 'instability'; readonly low: number; readonly high: number; readonly fits: number };

export interface Forecast {
  readonly kind: 'shown';
  /** Probability of the outcome, or of the event within the horizon. */
  readonly risk: number;
  /** What the model shared by all hospitals says, where `risk` is that of the model adapted to this one; else null. */
  readonly shared: number | null;
  readonly uncertainty: ForecastUncertainty | null;
  /** Risk of the reference: a patient at the mean of every input. */
  readonly reference: number;
  /** Risk by the end of each interval; null where the outcome has no time. */
  readonly curve: readonly { readonly time: number; readonly risk: number }[] | null;
  /** Largest first. `exact`: the terms of a linear model; `integrated-gradients`: an approximation for a network, or for weights trained on here. */
  readonly reasons: { readonly kind: 'exact' | 'integrated-gradients'; readonly items: readonly ForecastReason[] };
  /** Features whose missing value was replaced by the mean over all hospitals. */
  readonly imputed: readonly string[];
  /** With and without the treatment; null in a study without one. */
  readonly effect: PatientEffect | null;
}

export type ForecastAnswer = Forecast | { readonly kind: 'refused'; readonly refusals: readonly ForecastRefusal[] };

/** One number of an answer. */
export interface ForecastNumber {
  readonly value: number;
  /** Of a patient at the mean of every input. */
  readonly reference: number;
  /** Of the number itself: what such patients have on average. Null where the model cannot say. */
  readonly uncertainty: ForecastUncertainty | null;
}

/** A measured outcome of one patient, in the outcome's unit. */
export interface QuantityForecast extends ForecastNumber {
  readonly kind: 'quantity';
  /** The value, less and more by the half-width that held so large a share of validation patients pooled over hospitals; null where there is none. */
  readonly conformal: { readonly low: number; readonly high: number; readonly level: number } | null;
  /** In the outcome's unit. */
  readonly reasons: Forecast['reasons'];
  readonly imputed: readonly string[];
}

/** How many events a patient like this one has on average. */
export interface CountForecast extends ForecastNumber {
  readonly kind: 'count';
  /** On the logarithm of the expected number. */
  readonly reasons: Forecast['reasons'];
  readonly imputed: readonly string[];
}

/** One of several classes. */
export interface ClassesForecast {
  readonly kind: 'classes';
  /** Probabilities, in the order of the outcome's codes. */
  readonly classes: readonly ForecastNumber[];
  /** The likeliest class and the next one. */
  readonly likeliest: readonly [number, number];
  /** On the log odds between those two. */
  readonly reasons: Forecast['reasons'];
  readonly imputed: readonly string[];
}

export type ValueForecast = QuantityForecast | CountForecast | ClassesForecast;

/** What a hospital's page is told of a patient. */
export type SiteForecast = ForecastAnswer | ValueForecast;
