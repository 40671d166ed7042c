/**
 * The people who sign for a hospital, at its tab: asked by a link, compared by six words, then certified with the recovery file; and taken back with it.
 * The root secret is in memory while one certificate is made, and nowhere else.
 *
 * Rules: the coordinator's word on who was declared is never enough. Whom it shows must carry a certificate of this hospital's root key; whom this
 * browser has declared is kept here, and the chamber refuses a list that names others.
 */
import { ed25519Verify } from '@consilium/shared/crypto';
import {
  checkWords,
  flawInNewSigner,
  isGenuineSigner,
  issuePersonCertificate,
  issueSuspension,
  openRecoveryFile,
  PERSON_WORDS_HEARD,
  personWords,
  readRecoveryFile,
  type Verify,
} from '@consilium/shared/identity';
import type { Plan } from '@consilium/shared/study';
import { Attempts } from './attempts.ts';
import type { JoinedSite } from './joined-site.ts';
import type { DeclaredSigners, LocalStore, Membership } from './local-store.ts';
import {
  addPersonAt,
  fetchAsks,
  type PeopleAround,
  type PersonAsk,
  peopleAround,
  type ShownPerson,
  shownPerson,
  takeBackAt,
} from './people-api.ts';
import { secondsNow } from './root-key.ts';
import type { Trouble } from './run-view.ts';
import { stretch } from './stretch.ts';
import { troubleOf } from './trouble.ts';

/** What the recovery file is brought for. */
export type PeopleErrand = { readonly kind: 'add'; readonly who: PersonAsk } | { readonly kind: 'take-back'; readonly who: ShownPerson };

export type PeopleStage =
  | { readonly stage: 'closed' }
  | { readonly stage: 'inviting'; readonly link: string }
  /** `words`: those to be heard are empty. `unknown`: places (0 to 5) of what was typed and is no word of the list. */
  | { readonly stage: 'comparing'; readonly who: PersonAsk; readonly words: readonly string[]; readonly unknown: readonly number[] }
  | { readonly stage: 'recovery'; readonly errand: PeopleErrand; readonly busy: boolean };

export interface PeopleView {
  readonly people: readonly ShownPerson[];
  /** Whether people can still be added and taken back: the list of hospitals is not made. */
  readonly isOpen: boolean;
  readonly at: PeopleStage;
  readonly trouble: Trouble | null;
}

export const emptyPeople: PeopleView = { people: [], isOpen: false, at: { stage: 'closed' }, trouble: null };

export interface PeopleWorld {
  readonly plan: Plan;
  readonly member: Membership;
  readonly store: LocalStore;
  site(): JoinedSite | null;
  onView(view: PeopleView): void;
  /** Something left this browser: the list of it has grown. */
  onLedger(): void;
}

const POLL_MS = 1500;
const verify: Verify = (key, bytes, signature) => ed25519Verify(signature, bytes, key);

export class PeopleDesk {
  readonly #world: PeopleWorld;
  #view: PeopleView = emptyPeople;
  #code = '';
  #timer: ReturnType<typeof setInterval> | null = null;
  /** All six words of whoever asks now. */
  #words: readonly string[] = [];

  constructor(world: PeopleWorld) {
    this.#world = world;
  }

  /** Asks the coordinator who the people are and whether they have signed. What cannot be reached changes nothing. */
  async refresh(): Promise<void> {
    const { member, plan } = this.#world;
    const rootKey = await this.#rootKey();
    const around = rootKey === null || member.demo ? null : await peopleAround(member.study, rootKey).catch(() => null);
    if (around === null || rootKey === null) return;
    const own = around.people.filter(({ certificate }) => isGenuineSigner(certificate, { study: plan.study, rootKey }, verify));
    if (around.phase === 'gathering') await this.#keepDeclared(own);
    this.#set({ people: own.map(shownPerson), isOpen: around.phase === 'gathering' });
    if (around.phase !== 'gathering' && this.#view.at.stage !== 'closed') this.close({ code: 'list-made', text: '' });
  }

  /** Shows a link for a person's own browser and waits for the key that it makes. */
  invite(): void {
    const { study, name } = this.#world.member;
    this.#code = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => (byte & 31).toString(32)).join('');
    const asked = new URLSearchParams({ study, code: this.#code, hospital: name });
    this.#set({ at: { stage: 'inviting', link: `${location.origin}/person.html#${asked}` }, trouble: null });
    this.#stopWaiting();
    this.#timer = setInterval(() => void this.#look(), POLL_MS);
  }

  /** The three words that were typed as the person read them. Others: somebody stands between the two, so nothing is certified. */
  compare(typed: readonly string[]): void {
    const { at } = this.#view;
    if (at.stage !== 'comparing') return;
    const check = checkWords(this.#words, PERSON_WORDS_HEARD, typed);
    if (check.outcome === 'differ') this.close({ code: 'person-words-differ', text: '' });
    else if (check.outcome === 'unknown') this.#set({ at: { ...at, unknown: check.positions }, trouble: null });
    else this.#set({ at: { stage: 'recovery', errand: { kind: 'add', who: at.who }, busy: false }, trouble: null });
  }

  takeBack(who: ShownPerson): void {
    this.#stopWaiting();
    this.#set({ at: { stage: 'recovery', errand: { kind: 'take-back', who }, busy: false }, trouble: null });
  }

  /** Opens the recovery file for one errand; its secret is wiped whatever comes of it. */
  async bring(text: string, passphrase: string): Promise<void> {
    const { at } = this.#view;
    if (at.stage !== 'recovery' || at.busy) return;
    this.#set({ at: { ...at, busy: true }, trouble: null });
    try {
      readRecoveryFile(text);
      const { rootKey, secret } = await openRecoveryFile(text, passphrase);
      try {
        if (rootKey !== (await this.#rootKey()))
          return this.#set({ at: { ...at, busy: false }, trouble: { code: 'recovery-other', text: '' } });
        await this.#run(at.errand, secret);
      } finally {
        secret.fill(0);
      }
      this.close(null);
    } catch (error) {
      this.#set({ at: { ...at, busy: false }, trouble: troubleOf(error) });
    }
    await this.refresh();
  }

  /** Back to the list of people. */
  close(trouble: Trouble | null = null): void {
    this.#stopWaiting();
    this.#code = '';
    this.#words = [];
    this.#set({ at: { stage: 'closed' }, trouble });
  }

  /** The tab goes. */
  dispose(): void {
    this.#stopWaiting();
  }

  async #run(errand: PeopleErrand, rootSecret: Uint8Array): Promise<void> {
    const { member, plan, store, onLedger } = this.#world;
    const attempts = new Attempts(() => undefined);
    const { key, name, role } = errand.who;
    const signed = { study: plan.study, rootSecret, key };
    try {
      if (errand.kind === 'add') {
        const body = { certificate: issuePersonCertificate({ ...signed, at: secondsNow(), role, name }) };
        await attempts.send('person-add', body, () => addPersonAt(member.study, body));
      } else {
        const body = { suspension: issueSuspension(signed) };
        await attempts.send('person-take-back', body, () => takeBackAt(member.study, body));
        const { keys, takenBack } = await this.#declared();
        await this.#declare({ keys: keys.filter((one) => one !== key), takenBack: [...takenBack, key] });
      }
    } finally {
      await attempts.handOver(store, member.study, member.site);
      onLedger();
    }
  }

  /** Whether a person has made a key under the link that is shown. */
  async #look(): Promise<void> {
    const { member, plan } = this.#world;
    const who = (await fetchAsks(member.study, this.#code).catch(() => null))?.asks[0];
    if (who === undefined || this.#view.at.stage !== 'inviting') return;
    this.#stopWaiting();
    const flaw = flawInNewSigner(this.#view.people, who);
    if (flaw !== null) return this.close({ code: flaw, text: '' });
    const { key, name, role } = who;
    this.#words = await personWords({ study: plan.study, key, name, role }, stretch);
    const words = this.#words.map((word, at) => (PERSON_WORDS_HEARD.includes(at) ? '' : word));
    if (this.#view.at.stage === 'inviting') this.#set({ at: { stage: 'comparing', who, words, unknown: [] } });
  }

  /** Whom the root key has certified and this browser has not taken back belongs to those it has declared. */
  async #keepDeclared(own: PeopleAround['people']): Promise<void> {
    const { keys, takenBack } = await this.#declared();
    const fresh = own.map(({ certificate }) => certificate.key).filter((key) => !keys.includes(key) && !takenBack.includes(key));
    if (fresh.length > 0) await this.#declare({ keys: [...keys, ...fresh], takenBack });
  }

  async #declare(signers: DeclaredSigners): Promise<void> {
    const { member, store, site } = this.#world;
    await store.putSigners(member.study, member.site, signers);
    await site()?.declareSigners(signers.keys);
  }

  async #declared(): Promise<DeclaredSigners> {
    const { member, store } = this.#world;
    return (await store.signers(member.study, member.site)) ?? { keys: [], takenBack: [] };
  }

  async #rootKey(): Promise<string | null> {
    return (await this.#world.store.certificate(this.#world.member.key))?.rootKey ?? null;
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #set(change: Partial<PeopleView>): void {
    this.#view = { ...this.#view, ...change };
    this.#world.onView(this.#view);
  }
}
