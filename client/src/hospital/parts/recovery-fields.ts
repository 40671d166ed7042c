/** The fields by which a recovery file is brought: the file or its text, and the seven words. */
import { html, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';

export function recoveryFields(): TemplateResult {
  return html`<label class="field">${say('recover.file')}<input type="file" name="recovery" accept=".json,application/json" /></label>
    <label class="field">${say('recover.text')}<textarea name="text" rows="3" spellcheck="false"></textarea></label>
    <label class="field"
      >${say('recover.words')}<input name="words" required maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"
    /></label>`;
}

/** What was typed or chosen. A file that is far too large for a recovery file is not read. */
export async function broughtFile(form: HTMLFormElement): Promise<{ readonly text: string; readonly words: string }> {
  const fields = new FormData(form);
  return { text: await broughtText(fields), words: String(fields.get('words')) };
}

/** The text of the chosen file, or what was pasted where none was chosen. */
export async function broughtText(fields: FormData): Promise<string> {
  const file = fields.get('recovery');
  return file instanceof File && file.size > 0 && file.size < 10_000 ? file.text() : String(fields.get('text'));
}
