/** Patients who opted out: a list of their numbers, matched here and kept nowhere. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ShownReport } from '../../chamber/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { type DataDesk, type DeskView, filesOfField } from '../../session/index.ts';

export function exclusionPart(view: DeskView, report: ShownReport, desk: DataDesk): TemplateResult {
  const choose = (event: Event) => {
    const field = event.target as HTMLInputElement;
    const [chosen] = filesOfField(field.files ?? []);
    field.value = '';
    if (chosen !== undefined) void desk.exclude(chosen);
  };
  const { exclusions, checking } = view;
  return html`<section class="exclusions">
    <h2>${say('data.exclusions')}</h2>
    <p>
      ${exclusions === null ? say('data.exclusions.lead') : say('data.exclusions.used', { file: exclusions, count: formatNumber(excludedOf(report), 0) })}
    </p>
    <div class="row">
      <label class="button ${checking ? 'off' : ''}"
        >${say(exclusions === null ? 'data.exclusions.choose' : 'data.exclusions.other')}<input
          type="file"
          class="unseen"
          name="exclusions"
          accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain"
          ?disabled=${checking}
          @change=${choose}
      /></label>
      ${exclusions === null ? nothing : html`<button type="button" ?disabled=${checking} @click=${() => desk.exclude(null)}>${say('data.exclusions.none')}</button>`}
    </div>
  </section>`;
}

/** Rows that the list left out, as the check counted them. */
const excludedOf = ({ checks }: ShownReport): number => checks.find(({ id }) => id === 'exclusions')?.count ?? 0;
