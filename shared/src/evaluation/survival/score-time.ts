/**
 * Counts of rows by score, time and event: what the pooled C and the calibration curve at the horizon can be known from without seeing a
 * patient. Forty cells of time up to the horizon, twenty beyond.
 */
import type { CalibrationPoint } from '../calibration-curve.ts';

const CELLS_TO_HORIZON = 40;
const CELLS_BEYOND = 20;
export const TIME_CELLS = CELLS_TO_HORIZON + CELLS_BEYOND;

/** Scores are brought to this range, then binned evenly. */
export const SCORE_RANGE = [-6, 6] as const;

/** The cell of a time. */
export function timeCell(time: number, horizon: number, longest: number): number {
  if (time <= horizon) return Math.max(0, Math.ceil((time / horizon) * CELLS_TO_HORIZON) - 1);
  const share = (time - horizon) / Math.max(longest - horizon, Number.MIN_VALUE);
  return CELLS_TO_HORIZON + Math.min(CELLS_BEYOND - 1, Math.floor(Math.sqrt(share) * CELLS_BEYOND));
}

/** The bin of a score. */
export function scoreBin(score: number, bins: number): number {
  const [low, high] = SCORE_RANGE;
  return Math.max(0, Math.min(bins - 1, Math.floor(((score - low) / (high - low)) * bins)));
}

/** Complementary log-log of a risk, finite at 0 and 1: the scale on which risks are binned. */
export function riskScore(risk: number): number {
  return Math.log(-Math.log1p(-Math.min(1 - 1e-12, Math.max(1e-12, risk))));
}

/** The inverse of `riskScore`. */
export const riskOfScore = (score: number): number => -Math.expm1(-Math.exp(score));

/** Position in the table of a bin, a cell and whether the event was seen. */
export const tableIndex = (bin: number, cell: number, event: number): number => (bin * TIME_CELLS + cell) * 2 + event;

/** Harrell's C of all pairs whose times fall into different cells; rows of one bin count one half. Null where there is none. */
export function tableConcordance(table: ArrayLike<number>, bins: number): number | null {
  const later = new Float64Array(bins);
  let [concordant, comparable] = [0, 0];
  for (let cell = TIME_CELLS - 1; cell >= 0; cell--) {
    let below = 0;
    const total = later.reduce((sum, value) => sum + value, 0);
    for (let bin = 0; bin < bins; bin++) {
      const events = table[tableIndex(bin, cell, 1)]!;
      concordant += events * (below + later[bin]! / 2);
      comparable += events * total;
      below += later[bin]!;
    }
    for (let bin = 0; bin < bins; bin++) {
      later[bin] = later[bin]! + table[tableIndex(bin, cell, 0)]! + table[tableIndex(bin, cell, 1)]!;
    }
  }
  return comparable > 0 ? concordant / comparable : null;
}

/** Predicted against observed risk at the horizon, in groups of neighbouring bins; observed by life tables on the cells. */
export function horizonCalibration(table: ArrayLike<number>, bins: number, groups = 10): readonly CalibrationPoint[] {
  const rowsOf = (bin: number) => {
    let sum = 0;
    for (let at = tableIndex(bin, 0, 0); at < tableIndex(bin + 1, 0, 0); at++) sum += table[at]!;
    return sum;
  };
  const counts = Array.from({ length: bins }, (_, bin) => rowsOf(bin));
  const total = counts.reduce((sum, value) => sum + value, 0);
  const points: CalibrationPoint[] = [];
  let [from, open, seen] = [0, 0, 0];
  for (let bin = 0; bin < bins; bin++) {
    open += counts[bin]!;
    seen += counts[bin]!;
    if (open === 0 || seen < ((points.length + 1) * total) / groups) continue;
    points.push(groupPoint(table, counts, from, bin));
    [from, open] = [bin + 1, 0];
  }
  return points;
}

function groupPoint(table: ArrayLike<number>, counts: readonly number[], from: number, to: number): CalibrationPoint {
  const [low, high] = SCORE_RANGE;
  const width = (high - low) / counts.length;
  let [rows, predicted] = [0, 0];
  for (let bin = from; bin <= to; bin++) {
    rows += counts[bin]!;
    predicted += counts[bin]! * riskOfScore(low + (bin + 0.5) * width);
  }
  let [atRisk, survival] = [rows, 1];
  for (let cell = 0; cell < CELLS_TO_HORIZON; cell++) {
    let [events, censored] = [0, 0];
    for (let bin = from; bin <= to; bin++) {
      censored += table[tableIndex(bin, cell, 0)]!;
      events += table[tableIndex(bin, cell, 1)]!;
    }
    const exposed = atRisk - censored / 2;
    if (exposed > 0) survival *= 1 - Math.min(1, events / exposed);
    atRisk -= events + censored;
  }
  return { predicted: predicted / rows, observed: 1 - survival, count: Math.round(rows) };
}
