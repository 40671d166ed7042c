/**
 * Someone who signs for a hospital, in a browser of its own: makes a key, reads its six words to the hospital, compares the list's words, then signs the
 * plan or says why not. There is no chamber here and no round: a key, a signature or a refusal is all that is sent.
 *
 * Rule: the coordinator is believed in nothing that is signed: the plan has the hash it is said to have, the list its words, and the entry of the hospital
 * this very key under a certificate that holds.
 */
import { ed25519Verify, toBase64 } from '@consilium/shared/crypto';
import {
  checkWords,
  cleanName,
  hiddenWords,
  hospitalsToCall,
  type PersonRole,
  personWords,
  type Roster,
  rosterEntry,
  rosterHash,
  rosterWords,
  type Verify,
} from '@consilium/shared/identity';
import { approveBytes, refusalBytes } from '@consilium/shared/protocol';
import type { Plan } from '@consilium/shared/study';
import { chamberHash } from '../chamber/index.ts';
import { ApiError, fetchPlan } from './api.ts';
import { Attempts } from './attempts.ts';
import { checkedPlan } from './checked-plan.ts';
import { type DeviceKey, openDeviceKey } from './device-key.ts';
import { type KeptPerson, type LocalStore, openLocalStore } from './local-store.ts';
import { fetchAsks, leaveAsk, type PeopleAround, peopleAround, refuseAt, shownPerson, signAt } from './people-api.ts';
import { judgePerson, stepUnder } from './person-steps.ts';
import { emptyPerson, type PersonAddress, type PersonStep, type PersonView } from './person-view.ts';
import { runPreflight } from './preflight.ts';
import { secondsNow } from './root-key.ts';
import { stretch } from './stretch.ts';
import { troubleOf } from './trouble.ts';

const POLL_MS = 2000;
const verify: Verify = (key, bytes, signature) => ed25519Verify(signature, bytes, key);

interface Opened {
  readonly store: LocalStore;
  readonly study: string;
  readonly plan: Plan;
  readonly planHash: string;
}

export class PersonSession {
  readonly address: PersonAddress;
  #view: PersonView = emptyPerson;
  #listeners = new Set<() => void>();
  #opened: Opened | null = null;
  #key: DeviceKey | null = null;
  #around: PeopleAround | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #asking = false;
  readonly #attempts = new Attempts((ledger) => this.#set({ ledger }));

  constructor(address: PersonAddress) {
    this.address = address;
  }

  get view(): PersonView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Once: looks at the browser, then goes on where this person was. */
  async begin(): Promise<void> {
    const checks = (await runPreflight()).filter(({ id }) => id === 'secure-context' || id === 'storage');
    if (checks.some(({ status }) => status === 'fail')) return this.#go({ step: 'blocked', checks });
    const { study, code } = this.address;
    try {
      if (study === null) throw new ApiError('person-no-link', '');
      const store = await openLocalStore();
      void navigator.storage?.persist?.();
      const answer = await fetchPlan(study);
      const plan = checkedPlan(answer.plan, answer.planHash);
      const { planHash, next } = answer;
      this.#opened = { store, study, plan, planHash };
      const kept = await store.person(plan.study);
      this.#set({ plan, planHash, next, program: chamberHash(), person: kept, hospital: kept?.hospital ?? this.address.hospital ?? '' });
      if (kept === null && code === null) throw new ApiError('person-no-link', '');
      if (kept === null) return this.#go({ step: 'introduce', busy: false });
      // Another link than the one this key was made under: the same person once more, or another person, who needs a browser of its own.
      if (code !== null && code !== kept.code) return this.#go({ step: 'known', name: kept.name });
      await this.#follow(kept);
    } catch (error) {
      this.#go({ step: 'ended', trouble: troubleOf(error) });
    }
  }

  /** Makes the key of this browser and leaves its public half for the hospital. */
  async introduce(typed: string, role: PersonRole): Promise<void> {
    const opened = this.#opened;
    const { code, hospital } = this.address;
    const name = cleanName(typed);
    if (opened === null || code === null || name === null) return;
    this.#set({ trouble: null });
    this.#go({ step: 'introduce', busy: true });
    const { store, study, plan } = opened;
    const person = { study, name, role, key: `person/${crypto.randomUUID()}`, code, hospital: hospital ?? '', comparedList: null };
    try {
      const key = await openDeviceKey(store, person.key);
      await store.putPerson(plan.study, person);
      await this.#leave(person, key);
      await this.#follow(person);
    } catch (error) {
      // Nobody has heard of this key.
      await store.forgetPerson(plan.study);
      this.#set({ trouble: troubleOf(error) });
      this.#go({ step: 'introduce', busy: false });
    }
  }

  /** The same person, under a new link of the hospital's. */
  async goOnAs(): Promise<void> {
    const opened = this.#opened;
    const { code, hospital } = this.address;
    const { person } = this.#view;
    if (opened === null || person === null || code === null) return;
    const again = { ...person, study: opened.study, code, hospital: hospital ?? person.hospital };
    await opened.store.putPerson(opened.plan.study, again);
    await this.#follow(again);
  }

  /** Drops a key that the hospital has taken back or whose time has ended: this browser begins anew, by a new link. */
  async beginAnew(): Promise<void> {
    if (this.#opened === null) return;
    await this.#opened.store.forgetPerson(this.#opened.plan.study);
    this.dispose();
    this.#set({ person: null, people: [] });
    this.#go(
      this.address.code === null ? { step: 'ended', trouble: { code: 'person-no-link', text: '' } } : { step: 'introduce', busy: false },
    );
  }

  /** The words of the list, as the hospital's tab shows them. */
  async compare(heard: readonly string[]): Promise<void> {
    const [opened, { person, list }] = [this.#opened, this.#view];
    if (opened === null || person === null || list === null) return;
    const check = checkWords(list.words, list.hidden, heard);
    if (check.outcome !== 'same') return this.#go({ step: 'words', check });
    const compared = { ...person, comparedList: list.hash };
    await opened.store.putPerson(opened.plan.study, compared);
    this.#set({ person: compared });
    this.#go({ step: 'sign', busy: false });
  }

  /** Signs plan, list and program as they are on the screen. */
  sign(): Promise<void> {
    return this.#say(async ({ study, planHash }, signer, word) => {
      const clientHash = chamberHash();
      const signature = await this.#signed(approveBytes(signer, { planHash, rosterHash: word.rosterHash, clientHash }));
      const body = { ...word, clientHash, signature };
      await this.#attempts.send('person-signature', body, () => signAt(study, body));
    });
  }

  /** Does not sign, and says why; the hospital and the coordinator read the reason. */
  refuse(reason: string): Promise<void> {
    return this.#say(async ({ study, planHash }, signer, word) => {
      const body = { ...word, reason, signature: await this.#signed(refusalBytes(signer, { planHash, reason })) };
      await this.#attempts.send('person-refusal', body, () => refuseAt(study, body));
    });
  }

  /** Reads the plan again after a refusal. */
  readAgain(): void {
    this.#go({ step: 'sign', busy: false });
  }

  dispose(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #say(
    work: (
      opened: Opened,
      signer: Parameters<typeof approveBytes>[0],
      word: { readonly key: string; readonly planHash: string; readonly rosterHash: string },
    ) => Promise<void>,
  ): Promise<void> {
    const [opened, key, around, { list }] = [this.#opened, this.#key, this.#around, this.#view];
    if (opened === null || key === null || list === null || around?.roster == null || rosterHash(around.roster) !== list.hash) return;
    this.#set({ trouble: null });
    this.#go({ step: 'sign', busy: true });
    try {
      const word = { key: toBase64(key.publicKey), planHash: opened.planHash, rosterHash: list.hash };
      await work(opened, { roster: around.roster, site: list.index }, word);
      await this.#look();
    } catch (error) {
      this.#set({ trouble: troubleOf(error) });
      this.#go({ step: 'sign', busy: false });
    }
  }

  #signed(bytes: Uint8Array): Promise<string> {
    if (this.#key === null) throw new ApiError('person-key-missing', '');
    return this.#key.sign(bytes).then(toBase64);
  }

  /** From here on this browser is somebody's: looks now and then how far the hospital and the study are. */
  async #follow(person: KeptPerson): Promise<void> {
    const { store, plan } = this.#opened ?? {};
    if (store === undefined || plan === undefined) return;
    if ((await store.key(person.key)) === null) throw new ApiError('person-key-missing', '');
    this.#key = await openDeviceKey(store, person.key);
    const { name, role } = person;
    const words = await personWords({ study: plan.study, key: toBase64(this.#key.publicKey), role, name }, stretch);
    this.#set({ person, words, hospital: person.hospital });
    this.dispose();
    this.#timer = setInterval(() => void this.#look(), POLL_MS);
    await this.#look();
  }

  async #leave({ code, name, role }: KeptPerson, key: DeviceKey): Promise<void> {
    const body = { code, key: toBase64(key.publicKey), name, role };
    await this.#attempts.send('person-ask', body, () => leaveAsk(this.#opened?.study ?? '', body));
  }

  /** One look at a time; one that fails changes nothing that is on the screen but the line that says so. */
  async #look(): Promise<void> {
    const [opened, key, { person }] = [this.#opened, this.#key, this.#view];
    if (opened === null || key === null || person === null || this.#asking) return;
    this.#asking = true;
    try {
      await this.#learn(opened, toBase64(key.publicKey), person);
      this.#set({ isAway: false });
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.code === 'person-unknown') await this.#askAgain(opened, person, key).catch(() => this.#set({ isAway: true }));
      else if (trouble.code === 'person-withdrawn') this.#end(trouble.code);
      else this.#set({ isAway: true });
    } finally {
      this.#asking = false;
    }
  }

  /** Not taken yet. The coordinator keeps what was left in memory only, so it may have forgotten it. */
  async #askAgain({ study }: Opened, person: KeptPerson, key: DeviceKey): Promise<void> {
    const own = toBase64(key.publicKey);
    const { isOpen, asks } = await fetchAsks(study, person.code);
    if (!isOpen) return this.#end('list-made');
    if (asks.every((ask) => ask.key !== own)) await this.#leave(person, key);
    this.#set({ isAway: false });
    this.#go({ step: 'compare' });
  }

  async #learn({ study, plan, planHash }: Opened, own: string, person: KeptPerson): Promise<void> {
    const around = await peopleAround(study, own);
    const verdict = judgePerson({ around, own, person, study: plan.study, planHash, at: secondsNow(), verify });
    if (verdict.kind === 'ended') return this.#end(verdict.code);
    this.#around = around;
    const { name: hospital, phase } = around;
    this.#set({ people: around.people.map(shownPerson), hospital, until: verdict.until, phase });
    if (verdict.kind === 'taken') return this.#go({ step: 'listed' });
    await this.#showList(verdict.roster, verdict.index);
    this.#go(stepUnder(this.#view, verdict.roster, own));
  }

  async #showList(roster: Roster, index: number): Promise<void> {
    const hash = rosterHash(roster);
    if (this.#view.list?.hash === hash) return;
    const sites = roster.sites.map(({ index: at, name, rootKey, signers = [] }) => {
      return { index: at, name, fingerprint: rootKey.slice(0, 16), people: signers.map((one) => ({ name: one.name, role: one.role })) };
    });
    const call = hospitalsToCall(roster, index).map((at) => rosterEntry(roster, at)?.name ?? '');
    const words = await rosterWords(roster, stretch);
    this.#set({ list: { hash, index, version: roster.version, sites, words, hidden: hiddenWords(roster, index), call } });
  }

  #end(code: string): void {
    this.dispose();
    this.#go({ step: 'ended', trouble: { code, text: '' } });
  }

  #go(step: PersonStep): void {
    this.#set({ step });
  }

  #set(change: Partial<PersonView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
