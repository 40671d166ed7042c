/** A reading under way: how far, how fast, and the way to end it. */
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../../messages/index.ts';
import type { DeskStage } from '../../session/index.ts';

export function readingProgress(
  at: Extract<DeskStage, { stage: 'reading' }>,
  files: readonly string[],
  cancel: () => void,
): TemplateResult {
  const { progress } = at;
  const [name = ''] = files;
  const what = files.length === 1 ? say('data.reading', { file: name }) : say('data.reading.many', { count: files.length });
  const isMeasured = progress !== null && progress.stage !== 'looking' && progress.done < 1;
  return html`<div class="reading-now">
    <p><strong>${what}</strong></p>
    <progress aria-label=${what} max="1" .value=${isMeasured ? progress.done : 1} class=${isMeasured ? '' : 'busy'}></progress>
    <div class="row">
      <p class="note" role="status">${paceOf(progress)}</p>
      <button type="button" @click=${cancel}>${say('data.cancel')}</button>
    </div>
  </div>`;
}

function paceOf(progress: Extract<DeskStage, { stage: 'reading' }>['progress']): string {
  if (progress === null) return '';
  const { stage, done, rows, rowsPerSecond } = progress;
  if (stage === 'looking') return say('data.progress.looking', { rows: formatNumber(rows, 0) });
  const percent = formatNumber(Math.floor(100 * done), 0);
  if (stage === 'loading' || rows === null) return say('data.progress.loading', { percent });
  return say('data.progress.rows', { percent, rows: formatNumber(rows, 0), pace: formatNumber(rowsPerSecond, 0) });
}
