/**
 * Scores as CSV (RFC 4180): the row of the file, the answer, how sure the model is of each number, what was replaced by a mean, and why a row has no
 * answer. `range` says what the low and the high ends are: an interval (95 %), the spread of a penalised fit, or instability over several fits.
 */
import { answerNames } from './model-answer.ts';
import type { ReleasedModel } from './released-model.ts';
import type { Score } from './score-rows.ts';

export function scoresCsv(model: Pick<ReleasedModel, 'answer' | 'spread'>, scores: readonly Score[]): string {
  const names = answerNames(model);
  const isRanged = model.spread !== null;
  const ends = isRanged ? [...names.flatMap((name) => [`${name}_low`, `${name}_high`]), 'range'] : [];
  const blank = [...names, ...ends].map(() => '');
  const lines = scores.map((score) =>
    score.kind === 'scored'
      ? [score.row, ...score.values, ...rangeCells(score, ends.length), score.imputed.join(' '), '']
      : [score.row, ...blank, '', score.reasons.join('; ')],
  );
  return [['row', ...names, ...ends, 'imputed', 'refused'], ...lines].map((line) => `${line.map(cellText).join(',')}\n`).join('');
}

function rangeCells({ ranges }: Extract<Score, { kind: 'scored' }>, count: number): (string | number)[] {
  if (count === 0) return [];
  if (ranges === null) return new Array<string>(count).fill('');
  return [...ranges.flatMap(({ low, high }) => [low, high]), ranges[0]?.kind ?? ''];
}

function cellText(cell: string | number): string {
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
