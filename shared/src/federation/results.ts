/** What a study found, as pages, reports and exports are given it. Types only; study-results.ts fills them. */
import type { EffectResult } from '../effects/index.ts';
import type { Conformal, EvaluationResult, Interval, OutcomeShape, SurvivalCurves } from '../evaluation/index.ts';
import type { ExactKind } from '../training/index.ts';
import type { BaselineRow } from './arm-baseline.ts';
import type { JudgedResults } from './judged-results.ts';
import type { ParticipantFlow } from './participants.ts';

export interface CoefficientResult {
  readonly name: string;
  readonly value: number;
  /** Standard error, or the spread where the fit is penalised. */
  readonly standardError: number | null;
  /** 95 % interval and two-sided p-value; null where the fit is penalised. */
  readonly interval: readonly [number, number] | null;
  readonly pValue: number | null;
}

/** One exact fit: `main` is the primary outcome's, `cox` the Cox model beside a hazard, `harm:NAME` a harm's. */
export interface FitResults {
  readonly label: string;
  readonly outcome: string;
  readonly kind: Exclude<ExactKind, 'softmax-bound'>;
  readonly ridge: number;
  /** Training rows and the unpenalised loss at the optimum: minus the log-likelihood, or ½Σr² of a linear regression. */
  readonly rows: number;
  readonly loss: number | null;
  /** Secure sums it took. */
  readonly sums: number;
  readonly coefficients: readonly CoefficientResult[];
}

/** One model on the pooled test rows of the frozen evaluation cohort. */
export interface ModelResults extends EvaluationResult {
  readonly calibrationIntercept: number | null;
  readonly calibrationSlope: number | null;
  readonly task: OutcomeShape['task'];
  /** Every figure of the task by name, in the order they are shown; null where it is not known. */
  readonly measures: { readonly [name: string]: number | null };
  /** 95 % intervals of those measures that have one. */
  readonly intervals: { readonly [name: string]: Interval };
  /** Observed survival of all test patients; null for other tasks. */
  readonly survival: SurvivalCurves | null;
}

export interface StudyResults extends JudgedResults {
  /** `federated` is the plan's model, `exact` the exact fit beside a network, any other the label of one of `fits`. */
  readonly models: { readonly [label: string]: ModelResults };
  /** Labels of the primary outcome's classes, in order; empty where it has none. */
  readonly classes: readonly string[];
  /** Of the primary outcome's exact fit. */
  readonly coefficients: readonly CoefficientResult[];
  /** Every exact fit that has ended. */
  readonly fits: readonly FitResults[];
  readonly notes: readonly string[];
  /** For patients pooled over hospitals, of a measured outcome; null without one, or without enough validation rows. */
  readonly conformal: Conformal | null;
  /** The effect of the plan's treatment; null before it is known and in studies without one. */
  readonly effect: EffectResult | null;
  /** Who took part, over all hospitals. */
  readonly flow: ParticipantFlow | null;
  /** The arms before treatment; null in studies without one, and where too few hospitals have enough patients in each arm. */
  readonly baseline: readonly BaselineRow[] | null;
}
