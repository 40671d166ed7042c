/** Results for one hospital's own eyes: its test rows under its local-only model and under the models it helped to train. */

import { lengthPrefixed, randomStream, sha256 } from '../crypto/index.ts';
import { calibrationCurve, directMetrics, rocCurve } from '../evaluation/index.ts';
import { predictLogistic, type Rows } from '../models/index.ts';
import type { Plan } from '../study/index.ts';
import { fitLogistic, tuneRidge } from '../training/index.ts';
import type { ModelCurves, SitePrediction, SiteResults } from './contracts.ts';
import { siteEffectRows } from './effect-results.ts';
import { personalModel, scoresWithOwnPart } from './personal-model.ts';
import type { ModelLabel, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';
import { scoresOf } from './scores.ts';
import type { SiteRows } from './stage.ts';
import { studyResults } from './study-results.ts';

const SETS = ['train', 'validation', 'test'] as const;

/** @returns Everything but the rows themselves; computed at the site, never sent. Null before the study is done. */
export function siteResults(plan: Plan, state: ProgrammeState, rows: SiteRows): SiteResults | null {
  const pooled = studyResults(plan, state);
  if (state.stage.kind !== 'done' || pooled === null || !required(state.newton, 'newton').converged) return null;
  const prepared = rows.prepared(required(state.scaling, 'scaling'));
  const local = localModel(plan, rows.site, prepared.train);
  const personal = personalModel(plan, state, rows.site, prepared);
  const labels: ModelLabel[] = state.network === null ? ['federated'] : ['federated', 'exact'];
  const score = (label: string, part: Rows): Float64Array =>
    label === 'local'
      ? predictLogistic(required(local, 'local'), part)
      : label === 'personal'
        ? required(personal, 'personal').score(part)
        : (scoresWithOwnPart(plan, state, rows.site, prepared, part) ?? scoresOf(plan, state, label as ModelLabel, part));
  const curves = (label: string) => curvesOf(score(label, prepared.test), prepared.test.y, plan.evaluation.smallestCell);
  const shown = [...labels, ...(personal === null ? [] : ['personal']), ...(local === null ? [] : ['local'])];
  return {
    local: local === null ? null : curves('local'),
    federated: curves('federated'),
    personal: personal === null ? null : { ...curves('personal'), note: personal.note },
    exact: state.network === null ? null : curves('exact'),
    pooled,
    rows: { train: prepared.train.rows, validation: prepared.validation.rows, test: prepared.test.rows },
    effect: siteEffectRows(plan, state, rows),
    predictions: SETS.flatMap((set) => {
      const part = prepared[set];
      const scores = shown.map((label) => [label, score(label, part)] as const);
      return Array.from(
        { length: part.rows },
        (_, row): SitePrediction => ({
          row: part.row[row]!,
          set,
          outcome: part.y[row]!,
          scores: Object.fromEntries(scores.map(([label, values]) => [label, values[row]!])),
        }),
      );
    }),
  };
}

/** Ridge logistic regression on the site's own training rows, its penalty tuned by cross-validation there; null without rows. */
function localModel(plan: Plan, site: string, train: Rows): ArrayLike<number> | null {
  if (train.rows === 0) return null;
  const { uniform } = randomStream(sha256(lengthPrefixed(['consilium folds 1', plan.study, site, plan.seed])));
  return fitLogistic(train, tuneRidge(train, uniform).ridge).coefficients;
}

function curvesOf(scores: Float64Array, labels: Float64Array, smallestCell: number): ModelCurves {
  const { n, events, ...metrics } = directMetrics(scores, labels, smallestCell);
  const hasBoth = events > 0 && events < n;
  return {
    metrics: { n, events, ...metrics },
    roc: hasBoth ? rocCurve(scores, labels) : [],
    calibration: calibrationCurve(scores, labels),
  };
}
