/**
 * The site's own intercept and slope on the shared model's logit, without penalty. Two numbers need more than one: with fewer than 50
 * events or 50 non-events among the training rows the site gets its own intercept only.
 * Source: Cox 1958; the floor of events as in Steyerberg 2019, 20.2.
 */
import { fitLogistic } from '../fit-logistic.ts';
import { intercept } from './intercept.ts';
import type { Personalisation } from './personalisation.ts';

/** Fewest events, and fewest non-events, for a slope. */
export const FEWEST_FOR_SLOPE = 50;

export const recalibrate: Personalisation = {
  kind: 'recalibrate',
  needsNetwork: false,
  fit: (input) => {
    const { train, outOfFold } = input;
    const events = train.y.reduce((sum, value) => sum + value, 0);
    const isEnough = events >= FEWEST_FOR_SLOPE && train.rows - events >= FEWEST_FOR_SLOPE;
    const { coefficients, failure } = isEnough
      ? fitLogistic({ x: outOfFold, y: train.y, rows: train.rows, width: 1 }, 0)
      : { coefficients: new Float64Array(2), failure: 'one-class' as const };
    if (failure === null)
      return { model: (_, logits) => logits.map((logit) => coefficients[0]! + coefficients[1]! * logit), weights: null, note: null };
    const fallback = intercept.fit(input);
    return {
      ...fallback,
      note: `Own intercept only: a slope needs ${FEWEST_FOR_SLOPE} training patients with and ${FEWEST_FOR_SLOPE} without the outcome.`,
    };
  },
};
