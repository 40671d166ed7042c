/** Scores as CSV (RFC 4180): the row of the file, the answer, what was replaced by a mean, and why a row has no answer. */
import { answerNames } from './model-answer.ts';
import type { ReleasedModel } from './released-model.ts';
import type { Score } from './score-rows.ts';

export function scoresCsv(model: Pick<ReleasedModel, 'answer'>, scores: readonly Score[]): string {
  const names = answerNames(model);
  const blank = names.map(() => '');
  const lines = scores.map((score) =>
    score.kind === 'scored'
      ? [score.row, ...score.values, score.imputed.join(' '), '']
      : [score.row, ...blank, '', score.reasons.join('; ')],
  );
  return [['row', ...names, 'imputed', 'refused'], ...lines].map((line) => `${line.map(cellText).join(',')}\n`).join('');
}

function cellText(cell: string | number): string {
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
