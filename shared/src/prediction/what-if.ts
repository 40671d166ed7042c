/**
 * What a change could do to a patient's risk: the effect of a trial applied to it, never the model's coefficient, and only where the plan names the trial
 * and the patient is one of those it speaks of (learning.md §5).
 *
 * Source: a ratio of risks, odds or hazards taken to an absolute risk as in Guyatt et al. 2013 (GRADE guidelines 12), doi 10.1016/j.jclinepi.2012.01.012.
 */
import type { PatientValues } from '../federation/index.ts';
import type { EffectSource, Feature } from '../schema/index.ts';

export interface WhatIf {
  readonly feature: string;
  readonly source: EffectSource;
  /** The patient's risk with the change; `low` and `high` are the ends of the trial's interval, the risk itself taken as known. */
  readonly risk: number;
  readonly low: number;
  readonly high: number;
}

/** @param risk - Without the change, in [0, 1]. @returns In the order of the dictionary. */
export function whatIfs(features: readonly Feature[], values: PatientValues, risk: number): WhatIf[] {
  return features.flatMap((feature): WhatIf[] => {
    const { effectSource: source } = feature;
    if (source === undefined || !speaksOf(feature, values[feature.name] ?? Number.NaN)) return [];
    const at = (ratio: number): number => changedRisk(source.measure, ratio, risk);
    const [low, high] = source.interval;
    return [{ feature: feature.name, source, risk: at(source.ratio), low: at(low), high: at(high) }];
  });
}

/** Whether a trial speaks of patients with this value; never of one that is not known. */
function speaksOf(feature: Feature, value: number): boolean {
  if (feature.type === 'number') {
    const between = feature.effectSource?.between;
    return between !== undefined && value >= between[0] && value <= between[1];
  }
  const code = feature.codes[value]?.code;
  return code !== undefined && (feature.effectSource?.codes.includes(code) ?? false);
}

/**
 * A risk under a ratio.
 *
 * @example changedRisk('odds-ratio', 0.5, 0.5) // 1 / 3
 */
export function changedRisk(measure: EffectSource['measure'], ratio: number, risk: number): number {
  switch (measure) {
    case 'risk-ratio':
      return Math.min(1, risk * ratio);
    case 'odds-ratio':
      return (risk * ratio) / (1 - risk + risk * ratio);
    case 'hazard-ratio':
      return 1 - (1 - risk) ** ratio;
  }
}
