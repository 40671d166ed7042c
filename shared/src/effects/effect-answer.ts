/** What a site adds to each sum of the effect programme. */
import { BENEFIT_CELLS_LENGTH, benefitCells } from './benefit-cells.ts';
import { propensities, takesPart, weightsOf } from './covariate-fits.ts';
import { COUNTS_LENGTH, countEntries } from './effect-counts.ts';
import { designOf, levelOneRow, levelTwoRow } from './effect-design.ts';
import { fitRowsOf, penaltiesOf } from './effect-fits.ts';
import type { EffectSettings } from './effect-settings.ts';
import { type EffectSite, type EffectState, namesOf } from './effect-state.ts';
import { fitSums, fitSumsLength, meatSums, packedLength, siteFit } from './fit-sums.ts';
import { OVERLAP_LENGTH, overlapEntries } from './overlap.ts';
import { differenceGradient } from './patient-benefit.ts';
import { benefitModels, predictedBenefit } from './site-benefit.ts';
import { tarnetAnswer, tarnetSumsLength } from './tarnet-rounds.ts';

/** Columns of the tests' design: covariates, arm, arm × modifiers, arm × linear predictor. */
export const testsSize = ({ names, modifiers }: EffectSettings): number => names.length + 1 + modifiers.length + 1;

/** The fits whose sandwich and average difference are summed. */
export const outcomeFits = ({ fits }: EffectState): string[] =>
  namesOf(fits).filter((name) => (name === 'level1' || name.startsWith('harm/')) && fits[name]?.converged === true);

/** Rows, summed risks without and with, gradient of the difference, and the intercepts' part of its variance. */
export const averageLength = (size: number): number => 3 + size + 1;

/** Entries of the next sum. */
export function effectLength(settings: EffectSettings, state: EffectState): number {
  const size = settings.names.length + 1;
  switch (state.step) {
    case 'counts':
      return COUNTS_LENGTH;
    case 'baseline':
      return settings.baselineLength;
    case 'tests': {
      const whole = testsSize(settings);
      const weighted = packedLength(whole) + outcomeFits(state).length * packedLength(size) + OVERLAP_LENGTH;
      return fitSumsLength(whole) + 2 + (settings.assignment === 'observational' ? weighted : 0);
    }
    case 'tarnet':
      return tarnetSumsLength(settings);
    case 'benefit':
      return benefitModels(settings, state).length * BENEFIT_CELLS_LENGTH + outcomeFits(state).length * averageLength(size);
    case 'done':
      return 0;
    default:
      return namesOf(state.batch).reduce((sum, name) => sum + fitSumsLength(penaltiesOf(settings, name, 0).length), 0);
  }
}

/** @returns Shape (effectLength(settings, state),); zeros from a site that takes no part. */
export function effectAnswer(settings: EffectSettings, state: EffectState, site: EffectSite): Float64Array {
  switch (state.step) {
    case 'counts':
      return Float64Array.from(countEntries(site.train, site.unassigned));
    case 'baseline':
      return site.baseline;
    case 'tests':
      return testsAnswer(settings, state, site);
    case 'tarnet':
      return tarnetAnswer(settings, state, site);
    case 'benefit':
      return benefitAnswer(settings, state, site);
    default:
      return concat(
        namesOf(state.batch).map((name) => {
          const rows = fitRowsOf(settings, state, site, name);
          const { coefficients } = state.batch[name]!;
          return rows === null ? new Float64Array(fitSumsLength(coefficients.length)) : fitSums(rows, coefficients);
        }),
      );
  }
}

function testsAnswer(settings: EffectSettings, state: EffectState, site: EffectSite): Float64Array {
  const level1 = state.fits.level1;
  const own = fitRowsOf(settings, state, site, 'level1');
  const level = level1 === undefined || own === null ? null : siteFit(own, level1.coefficients);
  if (level1 === undefined || own === null || level === null) return new Float64Array(effectLength(settings, state));
  const { train } = site;
  const score = (x: Float64Array): number => x.reduce((sum, value, j) => sum + value * level1.coefficients[j]!, level.intercept);
  const second = levelTwoRow(settings.modifiers);
  const whole = {
    ...own,
    z: designOf(train, (x, arm) => [...second(x, arm), arm * score(x)]),
    size: testsSize(settings),
  };
  const coefficients = [...level1.coefficients, ...new Array<number>(settings.modifiers.length + 1).fill(0)];
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < train.rows; i++) {
    const value = score(train.x.subarray(i * train.width, (i + 1) * train.width));
    sum += value;
    squares += value * value;
  }
  const plain = [fitSums(whole, coefficients), Float64Array.of(sum, squares)];
  if (settings.assignment === 'randomised') return concat(plain);
  const meats = outcomeFits(state).map((name) => {
    const rows = fitRowsOf(settings, state, site, name);
    return rows === null ? new Float64Array(packedLength(settings.names.length + 1)) : meatSums(rows, state.fits[name]!.coefficients);
  });
  const e = propensities(settings, state, site, train);
  const overlap = e === null ? new Float64Array(OVERLAP_LENGTH) : overlapEntries(e, train.arm, own.weight ?? new Float64Array(train.rows));
  return concat([...plain, meatSums(whole, coefficients), ...meats, overlap]);
}

function benefitAnswer(settings: EffectSettings, state: EffectState, site: EffectSite): Float64Array {
  const { test } = site;
  const cells = benefitModels(settings, state).map((model) => {
    const benefit = takesPart(settings, site, model) ? predictedBenefit(settings, state, site, test, model) : null;
    if (benefit === null) return new Float64Array(BENEFIT_CELLS_LENGTH);
    return benefitCells({ benefit, arm: test.arm, y: test.y, weight: weightsOf(settings, state, site, test) });
  });
  return concat([...cells, ...outcomeFits(state).map((name) => averageEntries(settings, state, site, name))]);
}

/** Sums over the training rows of the risks under both arms, and what their difference's delta-method variance needs. */
function averageEntries(settings: EffectSettings, state: EffectState, site: EffectSite, name: string): Float64Array {
  const size = settings.names.length + 1;
  const sums = new Float64Array(averageLength(size));
  const rows = fitRowsOf(settings, state, site, name);
  const { coefficients } = state.fits[name]!;
  const level = rows === null ? null : siteFit(rows, coefficients);
  if (rows === null || level === null) return sums;
  let byIntercept = 0;
  for (let i = 0; i < rows.rows; i++) {
    const x = rows.z.subarray(i * size, (i + 1) * size - 1);
    const part = differenceGradient(coefficients, level, levelOneRow(x, 0), levelOneRow(x, 1));
    sums[0]! += 1;
    sums[1]! += part.riskWithout;
    sums[2]! += part.riskWith;
    part.byCoefficients.forEach((value, j) => {
      sums[3 + j]! += value;
    });
    byIntercept += part.byIntercept;
  }
  sums[3 + size] = byIntercept ** 2 / level.curvature;
  return sums;
}

function concat(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
