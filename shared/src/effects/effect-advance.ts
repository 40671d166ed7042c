/** What each released sum of the effect programme teaches, and which comes next. + − × ÷ √ only. */
import { BENEFIT_CELLS_LENGTH } from './benefit-cells.ts';
import { averageLength, effectLength, outcomeFits, testsSize } from './effect-answer.ts';
import { canRunLearners, readCounts, refusalOf } from './effect-counts.ts';
import { penaltiesOf } from './effect-fits.ts';
import type { EffectSettings } from './effect-settings.ts';
import { type EffectState, type EffectStep, namesOf } from './effect-state.ts';
import { type FitState, fitStep, hasEnded, startFit } from './fit-state.ts';
import { fitSumsLength, packedLength } from './fit-sums.ts';
import { lacksOverlap, OVERLAP_LENGTH, readOverlap } from './overlap.ts';
import { scoreTest, shrinkage } from './score-test.ts';
import { benefitModels } from './site-benefit.ts';
import { tarnetStart } from './tarnet.ts';

/** @throws RangeError when the sums have another length than `effectLength`. */
export function effectAdvance(settings: EffectSettings, state: EffectState, sums: Float64Array): EffectState {
  const length = effectLength(settings, state);
  if (sums.length !== length) throw new RangeError(`effectAdvance: expected ${length} sums, got ${sums.length}`);
  switch (state.step) {
    case 'counts': {
      const counts = readCounts(sums);
      const refusal = refusalOf(settings, counts);
      if (refusal !== null) return { ...state, counts, refusal, step: 'done' };
      const learnersRefused = settings.level === 3 && !canRunLearners(settings, counts) ? 'too-few-in-arms' : null;
      const next: EffectState = { ...state, counts, learnersRefused };
      const isShared = settings.baselineLength > 0 && counts.largeSites >= settings.minimum;
      return isShared ? { ...next, step: 'baseline' } : firstFits(settings, next);
    }
    case 'baseline':
      return firstFits(settings, { ...state, baseline: Array.from(sums) });
    case 'tests':
      return afterTests(settings, state, sums);
    case 'tarnet':
      return afterTarnet(settings, state, sums);
    case 'benefit':
      return afterBenefit(settings, state, sums);
    case 'done':
      return state;
    default:
      return afterFits(settings, state, sums);
  }
}

const firstFits = (settings: EffectSettings, state: EffectState): EffectState =>
  begin(settings, state, settings.assignment === 'observational' ? 'propensity' : 'level1');

/** A step of fits, all of them in one sum. */
function begin(settings: EffectSettings, state: EffectState, step: EffectStep, shrink = 0): EffectState {
  const fit = (name: string): FitState =>
    startFit(
      penaltiesOf(settings, name, shrink),
      settings.tolerance,
      settings.maxIterations,
      name === 'level2' ? [...state.fits.level1!.coefficients, ...settings.modifiers.map(() => 0)] : undefined,
    );
  return { ...state, step, batch: Object.fromEntries(fitNames(settings, state, step).map((name) => [name, fit(name)])) };
}

function fitNames(settings: EffectSettings, state: EffectState, step: EffectStep): string[] {
  const folds = (base: string): string[] => Array.from({ length: settings.folds }, (_, fold) => `${base}/${fold}`);
  const hasLearners = settings.level === 3 && state.learnersRefused === null;
  switch (step) {
    case 'propensity':
      return ['propensity', ...(hasLearners ? folds('propensity') : [])];
    case 'level1':
      return ['level1', ...settings.harms.map((_, at) => `harm/${at}`)];
    case 'level2':
      return ['level2'];
    case 'nuisance':
      return ['t0', 't1', ...folds('t0'), ...folds('t1')];
    case 'pseudo':
      return ['dr', 'x0', 'x1'];
    default:
      return [];
  }
}

function afterFits(settings: EffectSettings, state: EffectState, sums: Float64Array): EffectState {
  let at = 0;
  const stepped = namesOf(state.batch).map((name): [string, FitState] => {
    const fit = state.batch[name]!;
    const length = fitSumsLength(fit.penalties.length);
    const part = sums.subarray(at, at + length);
    at += length;
    return [name, fitStep(fit, part)];
  });
  const running = stepped.filter(([, fit]) => !hasEnded(fit));
  const fits = { ...state.fits, ...Object.fromEntries(stepped.filter(([, fit]) => hasEnded(fit))) };
  const next = { ...state, batch: Object.fromEntries(running), fits };
  return running.length > 0 ? next : afterBatch(settings, next);
}

function afterBatch(settings: EffectSettings, state: EffectState): EffectState {
  const failed = (names: readonly string[]) => names.map((name) => state.fits[name]?.failure ?? null).find((failure) => failure !== null);
  switch (state.step) {
    case 'propensity': {
      const failure = failed(fitNames(settings, state, 'propensity'));
      if (failure === undefined) return begin(settings, state, 'level1');
      return { ...state, step: 'done', refusal: failure === 'separated' ? 'no-overlap' : 'propensity-failed' };
    }
    case 'level1':
      return state.fits.level1?.converged ? { ...state, step: 'tests' } : { ...state, step: 'done', refusal: 'fit-failed' };
    case 'level2':
      return learnersOrBenefit(settings, state);
    case 'nuisance':
      return failed(fitNames(settings, state, 'nuisance')) === undefined
        ? begin(settings, state, 'pseudo')
        : { ...state, step: 'benefit', learnersRefused: 'fit-failed' };
    default: {
      const isFailed = failed(fitNames(settings, state, 'pseudo')) !== undefined;
      const next: EffectState = { ...state, learnersRefused: isFailed ? 'fit-failed' : state.learnersRefused };
      return isFailed ? { ...next, step: 'benefit' } : networkOrBenefit(settings, next);
    }
  }
}

function learnersOrBenefit(settings: EffectSettings, state: EffectState): EffectState {
  return settings.level === 3 && state.learnersRefused === null ? begin(settings, state, 'nuisance') : { ...state, step: 'benefit' };
}

/** The network of the research view where the plan asks for one. */
function networkOrBenefit(settings: EffectSettings, state: EffectState): EffectState {
  const { tarnet, names } = settings;
  if (tarnet === null) return { ...state, step: 'benefit' };
  return { ...state, step: 'tarnet', tarnet: { round: 0, weights: Array.from(tarnetStart(tarnet, names.length)) } };
}

/** The mean of the hospitals' updates, each by its patients, added to the model. */
function afterTarnet(settings: EffectSettings, state: EffectState, sums: Float64Array): EffectState {
  const { round, weights } = state.tarnet!;
  const rows = sums[sums.length - 1]!;
  const moved = weights.map((value, at) => (rows > 0 ? value + sums[at]! / rows : value));
  const next: EffectState = { ...state, tarnet: { round: round + 1, weights: moved } };
  return round + 1 < settings.tarnet!.rounds ? next : { ...next, step: 'benefit' };
}

function afterTests(settings: EffectSettings, state: EffectState, sums: Float64Array): EffectState {
  const size = testsSize(settings);
  const fitted = Array.from({ length: settings.names.length + 1 }, (_, j) => j);
  const parts = reader(sums);
  const whole = parts(fitSumsLength(size));
  const [sum = 0, squares = 0] = parts(2);
  const rows = whole[1]!;
  const isWeighted = settings.assignment === 'observational';
  const meat = isWeighted ? parts(packedLength(size)) : null;
  const meats = isWeighted
    ? Object.fromEntries(outcomeFits(state).map((name) => [name, Array.from(parts(packedLength(settings.names.length + 1)))]))
    : {};
  const overlap = isWeighted ? Array.from(parts(OVERLAP_LENGTH)) : null;
  const score = { gradient: whole.subarray(3, 3 + size), information: whole.subarray(3 + size), meat, size };
  const block = settings.modifiers.map((_, k) => settings.names.length + 1 + k);
  const interactions = block.length > 0 ? scoreTest(score, fitted, block) : null;
  const risk = scoreTest(score, fitted, [size - 1]);
  const spread = Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
  const next: EffectState = { ...state, meats, overlap, tests: { interactions, risk, riskSpread: spread } };
  if (overlap !== null && lacksOverlap(readOverlap(overlap))) return { ...next, step: 'done', refusal: 'no-overlap' };
  const shrink = interactions === null ? null : shrinkage(interactions, settings.alpha);
  return settings.level >= 2 && shrink !== null ? begin(settings, next, 'level2', shrink) : learnersOrBenefit(settings, next);
}

function afterBenefit(settings: EffectSettings, state: EffectState, sums: Float64Array): EffectState {
  const parts = reader(sums);
  const benefit = Object.fromEntries(benefitModels(settings, state).map((model) => [model, parts(BENEFIT_CELLS_LENGTH).slice()]));
  const size = settings.names.length + 1;
  const averages = Object.fromEntries(outcomeFits(state).map((name) => [name, Array.from(parts(averageLength(size)))]));
  return { ...state, benefit, averages, step: 'done' };
}

/** Takes the next entries of a vector, one part after another. */
function reader(sums: Float64Array): (length: number) => Float64Array {
  let at = 0;
  return (length) => {
    at += length;
    return sums.subarray(at - length, at);
  };
}
