/** One open question of the judgement, and the step of the sum that all of them share. */
import { MOST_LOSS } from '../../evaluation/index.ts';
import type { Prepared } from '../../preparation/index.ts';
import { statisticsStep } from '../../secagg/index.ts';
import type { Judgement, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import type { SiteRows } from '../stage.ts';

export interface JudgementPart {
  /** Its share of the sum. */
  readonly length: number;
  answer(rows: SiteRows, prepared: Prepared): Float64Array;
  take(judged: Judgement, sums: Float64Array): Judgement;
}

/** What a row may add at most: the square of a difference of two losses; and test or validation rows for each training row. */
const MOST_A_ROW = (2 * MOST_LOSS) ** 2 * 10;

export const stepOf = ({ scaling, sites }: ProgrammeState): number =>
  statisticsStep(MOST_A_ROW * Math.max(1, required(scaling, 'scaling').rows), sites);
