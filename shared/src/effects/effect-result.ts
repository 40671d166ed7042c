/** The effect of a study as pages and reports need it, read from the state every site derives. */
import { randomStream } from '../crypto/index.ts';
import { readBenefitCells } from './benefit-cells.ts';
import { benefitMetrics, observedBenefit, qini, quartersOf } from './benefit-metrics.ts';
import { cellInterval, mergedBin } from './bootstrap-cells.ts';
import { chiSquareTail } from './chi-square-tail.ts';
import { covarianceOf } from './covariance.ts';
import { eValue } from './e-value.ts';
import type { EffectFindings, OutcomeEffect, TestResult } from './effect-findings.ts';
import { type EffectMessage, effectMessages } from './effect-messages.ts';
import type { EffectSettings } from './effect-settings.ts';
import { type EffectState, namesOf } from './effect-state.ts';
import { readOverlap } from './overlap.ts';
import { quadraticForm } from './packed.ts';
import { NORMAL_97_5 } from './patient-benefit.ts';
import { benefitModels, benefitSign } from './site-benefit.ts';

export interface EffectResult extends EffectFindings {
  /** Codes with values; pages hold the words. */
  readonly messages: readonly EffectMessage[];
}

/** z at 97.5 % plus z at 80 %. */
const POWER_80 = NORMAL_97_5 + 0.8416212335729143;

/** @param seed - 32 bytes; the same seed gives the same intervals. */
export function effectResult(settings: EffectSettings, state: EffectState, seed: Uint8Array, repeats = 1000): EffectResult {
  const { counts, refusal, tests } = state;
  const primary = refusal === null ? outcomeEffect(state, 'level1') : null;
  const isObservational = settings.assignment === 'observational';
  const share = counts === null ? 0 : (counts.eventsComparator + counts.eventsTreated) / (counts.comparator + counts.treated);
  const plain = (test: TestResult | null | undefined): TestResult | null =>
    test ? { statistic: test.statistic, degrees: test.degrees, pValue: test.pValue } : null;
  const declared = (name: 'interactions' | 'risk'): TestResult | null => (settings.tests.includes(name) ? plain(tests?.[name]) : null);
  const riskTest = tests?.risk ?? null;
  const result: EffectFindings = {
    evidence: settings.assignment,
    refusal,
    counts,
    primary,
    harms: settings.harms.map((name, at) => ({ name, effect: refusal === null ? outcomeEffect(state, `harm/${at}`) : null })),
    eValue:
      primary !== null && isObservational
        ? eValue({ estimate: primary.relative.oddsRatio, interval: primary.relative.interval }, share)
        : null,
    tests: { interactions: declared('interactions'), risk: declared('risk') },
    detectableRatio: riskTest === null || tests === null ? null : Math.exp((POWER_80 * tests.riskSpread) / Math.sqrt(riskTest.trace)),
    interactions: interactionsOf(settings, state),
    overlap: state.overlap === null ? null : readOverlap(state.overlap),
    benefit: refusal === null ? benefitOf(settings, state, seed, repeats) : {},
    learners: settings.level < 3 ? 'not-asked' : (state.learnersRefused ?? 'shown'),
  };
  return { ...result, messages: effectMessages(settings, result) };
}

function outcomeEffect(state: EffectState, name: string): OutcomeEffect | null {
  const fit = state.fits[name];
  const average = state.averages[name];
  const covariance = fit === undefined ? null : covarianceOf(fit, state.meats[name] ?? null);
  if (fit === undefined || average === undefined || covariance === null) return null;
  const size = fit.coefficients.length;
  const [rows = 0, without = 0, under = 0] = average;
  const gradient = average.slice(3, 3 + size).map((value) => value / rows);
  const logOdds = fit.coefficients[size - 1]!;
  const standardError = Math.sqrt(covariance[size * size - 1]!);
  const spread = Math.sqrt(quadraticForm(covariance, gradient) + average[3 + size]! / rows ** 2);
  const difference = (without - under) / rows;
  return {
    relative: {
      oddsRatio: Math.exp(logOdds),
      interval: [Math.exp(logOdds - NORMAL_97_5 * standardError), Math.exp(logOdds + NORMAL_97_5 * standardError)],
      logOdds,
      standardError,
      pValue: chiSquareTail((logOdds / standardError) ** 2, 1),
    },
    absolute: {
      riskWithout: without / rows,
      riskWith: under / rows,
      difference,
      standardError: spread,
      interval: [difference - NORMAL_97_5 * spread, difference + NORMAL_97_5 * spread],
    },
  };
}

function interactionsOf(settings: EffectSettings, { fits }: EffectState): EffectFindings['interactions'] {
  const fit = fits.level2;
  const covariance = fit === undefined ? null : covarianceOf(fit);
  if (fit === undefined || covariance === null) return null;
  const first = settings.names.length + 1;
  const size = fit.coefficients.length;
  return settings.modifiers.map((modifier, k) => ({
    name: settings.names[modifier]!,
    coefficient: fit.coefficients[first + k]!,
    spread: Math.sqrt(covariance[(first + k) * size + first + k]!),
  }));
}

function benefitOf(settings: EffectSettings, state: EffectState, seed: Uint8Array, repeats: number): EffectFindings['benefit'] {
  const sign = benefitSign(settings);
  const known = new Set(namesOf(state.benefit));
  return Object.fromEntries(
    benefitModels(settings, state)
      .filter((model) => known.has(model))
      .map((model) => {
        const bins = readBenefitCells(state.benefit[model]!);
        const { uniform } = randomStream(seed);
        const metrics = benefitMetrics(bins, sign);
        return [
          model,
          {
            ...metrics,
            quarterIntervals: quartersOf(bins).map((group) =>
              cellInterval([mergedBin(group)], (cells) => observedBenefit(cells, sign), uniform, repeats),
            ),
            qiniInterval: cellInterval(bins, (cells) => qini(cells, sign), uniform, repeats),
          },
        ];
      }),
  );
}
