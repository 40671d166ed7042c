/** Test patients in groups of like prediction, and what was observed of them: for every task, from rows that only a simulation has. */
import { type CalibrationPoint, calibrationCurve, kaplanMeier, survivalAt } from '@consilium/shared/evaluation';
import type { Outcome } from '@consilium/shared/schema';
import type { Prediction } from '../runs/metrics.ts';

const GROUPS = 10;

export interface CalibrationGroups {
  readonly name: string;
  readonly points: readonly CalibrationPoint[];
}

/**
 * @param models - In the order of their marks. Of several classes only the first model is drawn, one mark a class.
 * @returns Predicted is a risk, a mean or a probability; observed is a share, a mean, or 1 − Kaplan-Meier at the horizon.
 */
export function calibrationOf(outcome: Outcome, predictions: readonly Prediction[], models: readonly string[]): CalibrationGroups[] {
  const test = predictions.filter(({ set }) => set === 'test');
  const scored = (model: string) => test.filter(({ scores }) => scores[model] !== undefined);
  if (outcome.task === 'multiclass') {
    const [model] = models;
    if (model === undefined) return [];
    const rows = test.filter(({ classes }) => classes?.[model] !== undefined);
    return outcome.codes.map(({ label }, k) => ({
      name: label,
      points: curve(rows.map(({ classes, outcome: y }) => [classes?.[model]?.[k] ?? 0, Number(y === k)])),
    }));
  }
  return models.map((model) => {
    const rows = scored(model).map((item) => ({ score: item.scores[model] ?? 0, y: item.outcome, time: item.time ?? 0 }));
    if (outcome.task === 'binary') return { name: model, points: curve(rows.map(({ score, y }) => [score, y])) };
    const ordered = rows.sort((a, b) => a.score - b.score);
    const groups = Array.from({ length: GROUPS }, (_, at) =>
      ordered.slice(Math.round((at * ordered.length) / GROUPS), Math.round(((at + 1) * ordered.length) / GROUPS)),
    ).filter((group) => group.length > 0);
    const points = groups.map((group) => {
      const seen =
        outcome.task === 'time-to-event'
          ? 1 -
            survivalAt(
              kaplanMeier(
                group.map(({ time }) => time),
                group.map(({ y }) => y),
              ),
              outcome.horizon,
            )
          : mean(group.map(({ y }) => y));
      return { predicted: mean(group.map(({ score }) => score)), observed: seen, count: group.length };
    });
    return { name: model, points };
  });
}

const curve = (rows: readonly (readonly [number, number])[]): readonly CalibrationPoint[] =>
  calibrationCurve(
    Float64Array.from(rows, ([score]) => score),
    Float64Array.from(rows, ([, y]) => y),
  );

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
