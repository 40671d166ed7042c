/** One's own account, and, for owners, the people of the console and what was done there. */
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../../charts/index.ts';
import { consoleTroubleNote, LightElement } from '../../elements/index.ts';
import { formatMoment, say, sayOr } from '../../messages/index.ts';
import {
  type Account,
  changePassword,
  confirmSecondFactor,
  dropSecondFactor,
  fetchPeople,
  inviteColleague,
  offerSecondFactor,
  type People,
  type Role,
  removeAccount,
  type Trouble,
  troubleOf,
} from '../../session/index.ts';
import { qrCode } from '../parts/qr-code.ts';
import { digitsField, newPasswordField, readForm } from './sign-in-page.ts';

const ROLES: readonly Role[] = ['coordinator', 'viewer', 'owner'];

export class AccountPage extends LightElement {
  static override properties = {
    account: { attribute: false },
    people: { state: true },
    offer: { state: true },
    code: { state: true },
    trouble: { state: true },
    done: { state: true },
  };

  declare account: Account | null;
  declare people: People | null;
  declare offer: { readonly secret: string; readonly uri: string } | null;
  declare code: { readonly role: string; readonly code: string } | null;
  declare trouble: Trouble | null;
  declare done: string | null;

  constructor() {
    super();
    this.account = null;
    this.people = null;
    this.offer = null;
    this.code = null;
    this.trouble = null;
    this.done = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  override render(): TemplateResult | typeof nothing {
    const { account } = this;
    if (account === null) return nothing;
    return html`<h1>${say('account.title')}</h1>
      ${consoleTroubleNote(this.trouble)} ${this.done === null ? nothing : html`<p class="calm" role="status">${this.done}</p>`}
      <p>${say('account.you', { name: account.name, role: sayOr(`role.${account.role}`, account.role) })}</p>
      ${this.#passwordPart()} ${this.#secondFactorPart(account)} ${this.people === null ? nothing : this.#peoplePart(this.people, account)}`;
  }

  #passwordPart(): TemplateResult {
    const submit = (event: SubmitEvent) => {
      const read = readForm(event);
      const form = event.currentTarget as HTMLFormElement;
      void this.#do(async () => {
        await changePassword(read('old'), read('new'));
        form.reset();
        this.done = say('account.password.changed');
      });
    };
    return html`<h2>${say('account.password')}</h2>
      <form @submit=${submit}>
        <label class="field"
          >${say('account.oldPassword')}<input name="old" type="password" required maxlength="200" autocomplete="current-password"
        /></label>
        ${newPasswordField(say('account.newPassword'))}
        <button>${say('account.password.change')}</button>
      </form>`;
  }

  #secondFactorPart({ hasSecondFactor }: Account): TemplateResult {
    const { offer } = this;
    const begin = (event: SubmitEvent) => {
      const read = readForm(event);
      void this.#do(async () => void (this.offer = await offerSecondFactor(read('password'))));
    };
    const confirm = (event: SubmitEvent) => {
      const read = readForm(event);
      void this.#do(async () => {
        await confirmSecondFactor(read('digits'));
        this.offer = null;
        this.#changed(say('account.second.isOn'));
      });
    };
    const drop = (event: SubmitEvent) => {
      const read = readForm(event);
      void this.#do(async () => {
        await dropSecondFactor(read('password'));
        this.#changed(say('account.second.isOff'));
      });
    };
    return html`<h2>${say('account.second')}</h2>
      <p>${say(hasSecondFactor ? 'account.second.isOn' : 'account.second.lead')}</p>
      ${
        hasSecondFactor
          ? html`<form @submit=${drop}>${passwordField()}<button>${say('account.second.drop')}</button></form>`
          : offer === null
            ? html`<form @submit=${begin}>${passwordField()}<button>${say('account.second.begin')}</button></form>`
            : html`<p>${say('account.second.scan')}</p>
                ${qrCode(offer.uri, say('account.second.picture'))}
                <p>${say('account.second.secret')}<br /><span class="hash">${offer.secret}</span></p>
                <form @submit=${confirm}>${digitsField()}<button class="main">${say('account.second.confirm')}</button></form>`
      }`;
  }

  #peoplePart({ people, log }: People, own: Account): TemplateResult {
    const invite = (event: SubmitEvent) => {
      const read = readForm(event);
      void this.#do(async () => void (this.code = await inviteColleague(read('role') as Role)));
    };
    const remove = (account: Account) => () => void this.#do(() => removeAccount(account.id));
    return html`<h2>${say('people.title')}</h2>
      ${dataTable(
        say('people.title'),
        [
          { title: say('account.name'), value: ({ name }) => name },
          { title: say('people.role'), value: ({ role }) => say(`role.${role}`) },
          { title: say('account.second'), value: ({ hasSecondFactor }) => say(hasSecondFactor ? 'console.yes' : 'console.no') },
          {
            title: say('people.action'),
            value: (account) =>
              account.id === own.id
                ? say('people.self')
                : html`<button type="button" class="small" @click=${remove(account)}>${say('people.remove', { name: account.name })}</button>`,
          },
        ],
        people,
      )}
      <form @submit=${invite}>
        <label class="field"
          >${say('people.role')}
          <select name="role">
            ${ROLES.map((role) => html`<option value=${role}>${say(`role.${role}`)}: ${say(`role.${role}.may`)}</option>`)}
          </select></label
        >
        <button>${say('people.invite')}</button>
      </form>
      ${
        this.code === null
          ? nothing
          : html`<div role="status">
              <p>${say('people.code', { role: sayOr(`role.${this.code.role}`, this.code.role) })}</p>
              <p class="hash">${this.code.code}</p>
            </div>`
      }
      <h2>${say('people.log')}</h2>
      <p>${say('people.log.lead')} <a href="/api/console/log" download>${say('console.log')}</a></p>
      ${dataTable(
        say('people.log'),
        [
          { title: say('people.when'), value: ({ recordedAt }) => formatMoment(recordedAt) },
          { title: say('people.who'), value: ({ who }) => who },
          { title: say('people.what'), value: ({ action }) => sayOr(`action.${action}`, action) },
          { title: say('people.subject'), value: ({ subject }) => subject || '–' },
        ],
        log,
      )}`;
  }

  /** People and log are the owners' to see. */
  async #look(): Promise<void> {
    if (this.account?.role === 'owner') await this.#do(async () => undefined);
  }

  #changed(what: string): void {
    this.done = what;
    this.dispatchEvent(new CustomEvent('account-changed', { bubbles: true }));
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    this.trouble = null;
    this.done = null;
    try {
      await work();
      if (this.account?.role === 'owner') this.people = await fetchPeople();
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }
}

const passwordField = (): TemplateResult => html`<label class="field"
  >${say('account.password')}<input name="password" type="password" required maxlength="200" autocomplete="current-password"
/></label>`;
