/** Who was invited to a study, what became of each invitation, and the button that takes one back. A second press confirms. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { consoleTroubleNote, LightElement } from '../../elements/index.ts';
import { formatMoment, say } from '../../messages/index.ts';
import { ApiError, fetchInvitations, type InvitedHospital, revokeInvitation, type Trouble } from '../../session/index.ts';

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
    return html`<section aria-label=${say('invitations.title')}>
      <h3>${say('invitations.title')}</h3>
      ${consoleTroubleNote(this.trouble)}
      <ul class="choices">${this.known.map((invited) => this.#row(invited))}</ul>
    </section>`;
  }

  #row({ site, name, state, expiresAt }: InvitedHospital): TemplateResult {
    const until = formatMoment(expiresAt);
    const isAsked = this.asked === site;
    return html`<li data-invited=${site} data-state=${state}>
      <strong>${name}</strong>: ${say(`invitations.${state}`, { until })}
      ${
        state === 'revoked' || state === 'expired'
          ? nothing
          : html`<button type="button" ?disabled=${this.busy} @click=${() => this.#press(site)}>
              ${say(isAsked ? 'invitations.revoke.sure' : 'invitations.revoke', { name })}
            </button>`
      }
      ${isAsked ? html`<p class="note" role="status">${say(state === 'used' ? 'invitations.revoke.used' : 'invitations.revoke.open', { name })}</p>` : nothing}
    </li>`;
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
      this.trouble = error instanceof ApiError ? { code: error.code, text: error.message } : { code: 'failed', text: String(error) };
    }
    this.asked = null;
    this.busy = false;
  }
}
