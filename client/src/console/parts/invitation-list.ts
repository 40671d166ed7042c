/** Who was invited to a study that still gathers, what became of each invitation, and the button that takes one back. A second press confirms. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { consoleTroubleNote, LightElement } from '../../elements/index.ts';
import { formatMoment, say } from '../../messages/index.ts';
import { fetchInvitations, type InvitedHospital, revokeInvitation, type Trouble, troubleOf } from '../../session/index.ts';

export class InvitationList extends LightElement {
  static override properties = {
    study: { attribute: false },
    stamp: { attribute: false },
    known: { state: true },
    asked: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };

  declare study: string;
  /** Changes when a hospital joins or an invitation is made: the list is fetched again. */
  declare stamp: string;
  declare known: readonly InvitedHospital[];
  /** The hospital whose invitation is about to be taken back. */
  declare asked: string | null;
  declare trouble: Trouble | null;
  declare busy: boolean;

  constructor() {
    super();
    this.known = [];
    this.asked = null;
    this.trouble = null;
    this.busy = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('study') || changed.has('stamp')) void this.#do(() => fetchInvitations(this.study));
  }

  override render(): TemplateResult | typeof nothing {
    if (this.known.length === 0 && this.trouble === null) return nothing;
    return html`<div>
      <h3>${say('invitations.title')}</h3>
      ${consoleTroubleNote(this.trouble)}
      ${dataTable(
        say('invitations.title'),
        [
          { title: say('console.site.name'), value: ({ name }) => name },
          { title: say('invitations.state'), value: (invited) => stateWords(invited) },
          { title: html`<span class="unseen">${say('invitations.act')}</span>`, value: (invited) => this.#act(invited) },
        ],
        this.known,
      )}
    </div>`;
  }

  #act({ site, name, state }: InvitedHospital): TemplateResult | typeof nothing {
    if (state === 'revoked' || state === 'expired') return nothing;
    const isAsked = this.asked === site;
    const label = isAsked ? say('invitations.revoke.sure') : say('invitations.revoke.short');
    return html`<button type="button" class="small" aria-label="${label}: ${name}" ?disabled=${this.busy} @click=${() => this.#press(site)}>
        ${label}
      </button>
      ${isAsked ? html`<p class="note" role="status">${say(state === 'used' ? 'invitations.revoke.used' : 'invitations.revoke.open', { name })}</p>` : nothing}`;
  }

  #press(site: string): void {
    if (this.asked !== site) this.asked = site;
    else void this.#do(() => revokeInvitation(this.study, site));
  }

  async #do(work: () => Promise<readonly InvitedHospital[]>): Promise<void> {
    this.busy = true;
    try {
      this.known = await work();
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
    this.asked = null;
    this.busy = false;
  }
}

const stateWords = ({ site, state, expiresAt }: InvitedHospital): TemplateResult =>
  html`<span data-invited=${site} data-state=${state}>${say(`invitations.${state}`, { until: formatMoment(expiresAt) })}</span>`;
