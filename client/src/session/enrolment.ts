/**
 * A hospital's way into a study: its root key is made and sealed into a recovery file, the person keeps file and words, the key of this
 * browser is certified, and only then the seat is taken. The root secret is in memory from the first to the third of these, and nowhere else.
 *
 * Demonstrations skip the file and the words: their hospitals are made up and nobody confirms them.
 */
import {
  NONCE_BYTES,
  PASSPHRASE_BYTES,
  PASSPHRASE_WORDS,
  type PersonRole,
  passphraseOf,
  plainWord,
  SALT_BYTES,
  sealRecoveryFile,
} from '@consilium/shared/identity';
import { fetchPlan, type JoinRequest, joinStudy, lookAtInvitation } from './api.ts';
import type { Attempts } from './attempts.ts';
import { checkedPlan } from './checked-plan.ts';
import { openDeviceKey } from './device-key.ts';
import { sha256Hex } from './digest.ts';
import type { EnrolView } from './entrance-views.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { certifyDevice, forgetRoot, makeRootKey, type RootKey } from './root-key.ts';
import type { Trouble } from './run-view.ts';
import type { Step } from './session-view.ts';
import { joinStep } from './steps.ts';
import { troubleOf } from './trouble.ts';

export interface Person {
  readonly name: string;
  readonly role: PersonRole;
}

export interface EnrolmentWorld {
  readonly store: LocalStore;
  readonly attempts: Attempts;
  go(step: Step): void;
  /** The seat is taken: this tab speaks for the hospital. */
  joined(membership: Membership): Promise<void>;
}

interface Seat {
  readonly study: string;
  /** Name of the device key in the store. */
  readonly key: string;
  readonly how: { readonly invitation: string } | { readonly demoSite: string };
}

export class Enrolment {
  readonly #world: EnrolmentWorld;
  #seat: Seat | null = null;
  #root: RootKey | null = null;
  #view: EnrolView | null = null;

  constructor(world: EnrolmentWorld) {
    this.#world = world;
  }

  /** Joins a demonstration at once. */
  async joinDemo(study: string, demoSite: string): Promise<void> {
    const seat = { study, key: `${study}/${demoSite}`, how: { demoSite } };
    this.#world.go({ step: 'join', busy: demoSite, trouble: null });
    await this.#guarded(async () => {
      const root = makeRootKey();
      const body = await this.#certified(seat, root).finally(() => forgetRoot(root));
      await this.#takeSeat(seat, body, null);
    });
  }

  /** Looks whose invitation it is, makes the root key and seals it; then file and words are shown. */
  async begin(study: string, invitation: string): Promise<void> {
    const { store, attempts, go } = this.#world;
    const key = `${study}/${(await sha256Hex(new TextEncoder().encode(invitation))).slice(0, 16)}`;
    const seat = { study, key, how: { invitation } };
    go({ step: 'join', busy: key, trouble: null });
    await this.#guarded(async () => {
      // Joined from here before, and the answer was lost: the same request is answered the same.
      if ((await store.certificate(key)) !== null) return this.#takeSeat(seat, await this.#kept(seat), null);
      const { name } = await attempts.send('invitation', { invitation }, () => lookAtInvitation(study, invitation));
      const answer = await fetchPlan(study);
      const { title } = checkedPlan(answer.plan, answer.planHash);
      this.#show({ stage: 'sealing', name });
      const root = makeRootKey();
      this.#root = root;
      this.#seat = seat;
      const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
      const passphrase = passphraseOf(random(PASSPHRASE_BYTES));
      const sealing = { site: name, secret: root.secret, passphrase, salt: random(SALT_BYTES), nonce: random(NONCE_BYTES) };
      const file = { name: `recovery-${study}-${key.slice(-4)}.json`, text: await sealRecoveryFile(sealing) };
      this.#show({ stage: 'keep', name, title, file, words: passphrase.split(' '), asked: twoPlaces(), wrong: null, trouble: null });
    });
  }

  /** The person says that file and words are kept, or wants to see them again. */
  turnTo(stage: 'keep' | 'check'): void {
    const view = this.#view;
    if (view?.stage === 'keep' || view?.stage === 'check') this.#show({ ...view, stage, wrong: null, trouble: null });
  }

  /**
   * The two words that were asked for, and the file brought back: if they are right, the browser's key is certified and the seat taken. Where that
   * fails for a reason that passes, file and words stay good and the press is made again.
   */
  async confirm({ typed, text }: { readonly typed: readonly string[]; readonly text: string }, person: Person): Promise<void> {
    const [view, seat, root] = [this.#view, this.#seat, this.#root];
    if (view?.stage !== 'check' || seat === null || root === null) return;
    const isRight = view.asked.every((place, at) => view.words[place] === plainWord(typed[at] ?? ''));
    if (!isRight) return this.#show({ ...view, wrong: 'words', trouble: null });
    if (!isSameFile(text, view.file.text)) return this.#show({ ...view, wrong: 'file', trouble: null });
    this.#world.go({ step: 'enrol', enrol: { stage: 'joining', name: view.name } });
    try {
      await this.#takeSeat(seat, await this.#certified(seat, root), person);
    } catch (error) {
      const trouble = troubleOf(error);
      if (!PASSES.has(trouble.code)) return this.#failed(trouble);
      // A certificate that was dated by a wrong clock stays wrong.
      if (trouble.code === 'clock-wrong') await this.#world.store.dropCertificate(seat.key);
      this.#show({ ...view, wrong: null, trouble });
    }
  }

  /** Back to the join page: the root key is forgotten, the invitation stays unused. */
  giveUp(): void {
    this.forget();
    this.#world.go(joinStep(null));
  }

  /** Wipes what is secret. */
  forget(): void {
    if (this.#root !== null) forgetRoot(this.#root);
    this.#root = null;
    this.#seat = null;
    this.#view = null;
  }

  async #kept({ key, how }: Seat): Promise<JoinRequest> {
    const certificate = await this.#world.store.certificate(key);
    if (certificate === null) throw new Error('no certificate');
    return { ...how, certificate };
  }

  /** A certificate for this browser's key, kept before it is sent. It names the study as its plan does, so that it holds for later versions too. */
  async #certified(seat: Seat, root: RootKey): Promise<JoinRequest> {
    const { store } = this.#world;
    if ((await store.certificate(seat.key)) === null) {
      const answer = await fetchPlan(seat.study);
      const plan = checkedPlan(answer.plan, answer.planHash);
      await store.putCertificate(seat.key, certifyDevice(root, plan.study, await openDeviceKey(store, seat.key)));
    }
    return this.#kept(seat);
  }

  async #takeSeat({ study, key }: Seat, body: JoinRequest, person: Person | null): Promise<void> {
    const { store, attempts, joined } = this.#world;
    const answer = await attempts.send('join', body, () => joinStudy(study, body));
    const { title } = checkedPlan(answer.plan, answer.planHash);
    const { site, name } = answer;
    const demo = 'demoSite' in body;
    const membership = { study, site, name, key, title, demo, joinedAt: Date.now(), ...(person === null ? {} : { person }) };
    await store.putMembership(membership);
    await attempts.handOver(store, study, site);
    this.forget();
    await joined(membership);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#failed(troubleOf(error));
    }
  }

  #failed(trouble: Trouble): void {
    this.forget();
    this.#world.go(joinStep(trouble));
  }

  #show(view: EnrolView): void {
    this.#view = view;
    this.#world.go({ step: 'enrol', enrol: view });
  }
}

/** Troubles after which the same press may succeed. */
const PASSES: ReadonlySet<string> = new Set(['clock-wrong', 'unreachable', 'too-many', 'unavailable', 'storage-full']);

/** The file as it was made, however an editor or a mail ended its lines. */
const isSameFile = (given: string, made: string): boolean => given.replace(/\s+/g, '') === made.replace(/\s+/g, '');

/** Two different places of a passphrase, in rising order. */
function twoPlaces(): readonly number[] {
  const first = chance(PASSPHRASE_WORDS);
  const second = (first + 1 + chance(PASSPHRASE_WORDS - 1)) % PASSPHRASE_WORDS;
  return [first, second].sort((a, b) => a - b);
}

/** A whole number below `limit` (at most 256); its small bias is of no matter here. */
function chance(limit: number): number {
  return (crypto.getRandomValues(new Uint8Array(4))[0] ?? 0) % limit;
}
