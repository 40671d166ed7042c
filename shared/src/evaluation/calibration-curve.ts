/** The calibration curve: mean predicted against observed share of events, in groups of rows with similar scores. */

export interface CalibrationPoint {
  /** Mean predicted probability of the group, in [0, 1]. */
  readonly predicted: number;
  /** Share of events in the group, in [0, 1]. */
  readonly observed: number;
  /** Rows in the group. */
  readonly count: number;
}

/** Rows gathered at one predicted value. */
export interface CalibrationCell {
  readonly predictedSum: number;
  readonly events: number;
  readonly count: number;
}

/**
 * Joins neighbouring cells into at most `groups` groups of about equal size.
 *
 * @param cells - In rising order of prediction; empty ones are allowed.
 * @param groups - Most points, at least 1.
 */
export function groupCalibration(cells: readonly CalibrationCell[], groups: number): readonly CalibrationPoint[] {
  const total = cells.reduce((sum, cell) => sum + cell.count, 0);
  const points: CalibrationPoint[] = [];
  let open = { predictedSum: 0, events: 0, count: 0 };
  let seen = 0;
  for (const cell of cells) {
    open = { predictedSum: open.predictedSum + cell.predictedSum, events: open.events + cell.events, count: open.count + cell.count };
    seen += cell.count;
    if (open.count === 0 || seen < ((points.length + 1) * total) / groups) continue;
    points.push({ predicted: open.predictedSum / open.count, observed: open.events / open.count, count: open.count });
    open = { predictedSum: 0, events: 0, count: 0 };
  }
  return points;
}

/**
 * The curve of one set of rows, in ten groups by default. For the rows' owner; groups can be small.
 *
 * @param scores - Probabilities, shape (n,).
 * @param labels - 0 or 1, shape (n,).
 */
export function calibrationCurve(scores: ArrayLike<number>, labels: ArrayLike<number>, groups = 10): readonly CalibrationPoint[] {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  return groupCalibration(
    order.map((i) => ({ predictedSum: scores[i]!, events: labels[i]!, count: 1 })),
    groups,
  );
}
