/**
 * A hospital with its recovery file in a browser that does not speak for it: the file is opened here, then this browser's key is certified
 * in place of the one before, or a device is suspended. The root secret is in memory until the person has finished.
 */
import { issueSuspension, openRecoveryFile, readRecoveryFile } from '@consilium/shared/identity';
import type { Plan } from '@consilium/shared/study';
import { certifyDeviceAt, devicesOf, fetchPlan, suspendDeviceAt } from './api.ts';
import type { Attempts } from './attempts.ts';
import { checkedPlan } from './checked-plan.ts';
import { openDeviceKey } from './device-key.ts';
import type { RecoverView } from './entrance-views.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { certifyDevice, forgetRoot, type RootKey } from './root-key.ts';
import type { Step } from './session-view.ts';
import { joinStep } from './steps.ts';
import { troubleOf } from './trouble.ts';

export interface RecoveryWorld {
  readonly store: LocalStore;
  readonly attempts: Attempts;
  go(step: Step): void;
  /** This browser speaks for the hospital now. */
  joined(membership: Membership): Promise<void>;
}

export class Recovery {
  readonly #world: RecoveryWorld;
  #root: RootKey | null = null;
  #plan: Plan | null = null;
  #view: RecoverView;

  /** @param study - What is known of the study's name at this coordinator; may be empty. */
  constructor(world: RecoveryWorld, study: string) {
    this.#world = world;
    this.#view = { stage: 'ask', study, name: '', devices: [], trouble: null };
    this.#set({});
  }

  /** Opens the file; that takes a second or two, on purpose. */
  async open(study: string, text: string, passphrase: string): Promise<void> {
    this.#set({ stage: 'opening', study, trouble: null });
    try {
      readRecoveryFile(text);
      const answer = await fetchPlan(study);
      this.#plan = checkedPlan(answer.plan, answer.planHash);
      const { rootKey, secret } = await openRecoveryFile(text, passphrase);
      this.#root = { publicKey: rootKey, secret };
      await this.#look();
    } catch (error) {
      this.forget();
      this.#set({ stage: 'ask', trouble: troubleOf(error) });
    }
  }

  /** Puts this browser in the place of the device before, which is told and let go. */
  async certifyHere(): Promise<void> {
    await this.#work(async (root, plan) => {
      const { store, attempts, joined } = this.#world;
      const { study } = this.#view;
      // A new key each time: one that was suspended must never be certified again.
      const key = `${study}/${crypto.randomUUID()}`;
      const certificate = certifyDevice(root, plan.study, await openDeviceKey(store, key));
      const body = { certificate };
      const { site, name } = await attempts.send('certify', body, () => certifyDeviceAt(study, body));
      await store.putCertificate(key, certificate);
      const membership = { study, site, name, key, title: plan.title, demo: false, joinedAt: Date.now(), recovered: true };
      await store.putMembership(membership);
      await attempts.handOver(store, study, site);
      this.forget();
      await joined(membership);
    });
  }

  /** Takes a device out of use, at once and for good. @param key - Base64. */
  async suspend(key: string): Promise<void> {
    await this.#work(async (root, plan) => {
      const body = { suspension: issueSuspension({ study: plan.study, rootSecret: root.secret, key }) };
      await this.#world.attempts.send('suspend', body, () => suspendDeviceAt(this.#view.study, body));
      await this.#look();
    });
  }

  /** Back to the join page. */
  close(): void {
    this.forget();
    this.#world.go(joinStep(null));
  }

  /** Wipes the root secret. */
  forget(): void {
    if (this.#root !== null) forgetRoot(this.#root);
    this.#root = null;
  }

  async #look(): Promise<void> {
    if (this.#root === null) return;
    const body = { rootKey: this.#root.publicKey };
    const { name, devices } = await this.#world.attempts.send('devices-of', body, () => devicesOf(this.#view.study, body));
    this.#set({ stage: 'devices', name, devices });
  }

  async #work(work: (root: RootKey, plan: Plan) => Promise<void>): Promise<void> {
    const [root, plan] = [this.#root, this.#plan];
    if (root === null || plan === null) return;
    this.#set({ stage: 'working', trouble: null });
    try {
      await work(root, plan);
    } catch (error) {
      this.#set({ stage: 'devices', trouble: troubleOf(error) });
    }
  }

  #set(change: Partial<RecoverView>): void {
    this.#view = { ...this.#view, ...change };
    this.#world.go({ step: 'recover', recover: this.#view });
  }
}
