/**
 * What a hospital consents to: its own limits, who signs for it, what changed since the version it may have signed before, and whether a newer version waits.
 * Held beside the data desk; the chamber enforces the limits.
 */
import type { HeldAnswer } from '@consilium/shared/federation';
import {
  DEFAULT_POLICY,
  minimumContributors,
  type Plan,
  type PlanDifference,
  parsePlanValue,
  planDifference,
  planHash,
  type SitePolicy,
  sitePolicySchema,
} from '@consilium/shared/study';
import type { PlanAnswer } from './api.ts';
import type { JoinedSite } from './joined-site.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { nextSeat } from './next-version.ts';
import { emptyPeople, PeopleDesk, type PeopleView } from './people-desk.ts';
import type { Trouble } from './run-view.ts';
import { troubleOf } from './trouble.ts';

/** The version a plan replaces: what changed, or that it cannot be shown. */
export type EarlierVersion =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly version: number; readonly difference: PlanDifference; readonly isSignedHere: boolean };

export interface ConsentView {
  readonly policy: SitePolicy;
  /** Below these no limit can go: they are the plan's own. */
  readonly floor: Pick<SitePolicy, 'minContributors'>;
  readonly earlier: EarlierVersion;
  /** The study that is the next version of this one. */
  readonly next: string | null;
  /** Why this browser does not go on to it; null before it was asked. */
  readonly nextTrouble: Trouble | null;
  /** The people who sign for the hospital. */
  readonly people: PeopleView;
}

export const emptyConsent: ConsentView = {
  policy: DEFAULT_POLICY,
  floor: { minContributors: 3 },
  earlier: { kind: 'none' },
  next: null,
  nextTrouble: null,
  people: emptyPeople,
};

export interface ConsentWorld {
  readonly plan: Plan;
  readonly answer: PlanAnswer;
  readonly member: Membership;
  readonly store: LocalStore;
  site(): JoinedSite | null;
  /** The plan of a study at the coordinator. */
  planOf(study: string): Promise<PlanAnswer>;
  onView(view: ConsentView): void;
  /** Something left this browser: the list of it has grown. */
  onLedger(): void;
}

export class ConsentDesk {
  readonly #world: ConsentWorld;
  #view: ConsentView = emptyConsent;

  /** The people who sign for the hospital. */
  readonly people: PeopleDesk;

  constructor(world: ConsentWorld) {
    this.#world = world;
    this.people = new PeopleDesk({ ...world, site: () => world.site(), onView: (people) => this.#set({ people }) });
  }

  async begin(): Promise<void> {
    const { plan, answer, member, store } = this.#world;
    const minContributors = minimumContributors(plan);
    const policy = (await store.policy(member.study, member.site)) ?? { ...DEFAULT_POLICY, minContributors };
    this.#set({ policy, floor: { minContributors }, earlier: await this.#earlier(), next: answer.next });
  }

  /** Sets the hospital's limits; they hold from the next question on. The plan's own are never undercut. */
  async setPolicy(wanted: SitePolicy): Promise<void> {
    const { member, store, site } = this.#world;
    const policy = sitePolicySchema.parse({
      ...wanted,
      minContributors: Math.max(wanted.minContributors, this.#view.floor.minContributors),
    });
    const held = site()?.setPolicy(policy);
    await store.putPolicy(member.study, member.site, policy);
    await held;
    this.#set({ policy });
  }

  /** What was answered in the round under way, before masking; null once it is over. */
  unmasked(): Promise<HeldAnswer | null> {
    return this.#world.site()?.unmasked() ?? Promise.resolve(null);
  }

  /** Asks whether the study has a newer version by now. */
  async lookForNext(): Promise<void> {
    const answer = await this.#world.planOf(this.#world.member.study).catch(() => null);
    if (answer !== null) this.#set({ next: answer.next });
  }

  /**
   * Takes this hospital's seat in the next version: same key, same matching of columns, nothing signed. Nothing is written under the name of a study
   * whose plan does not follow from this one, nor over what is kept there.
   */
  async enterNext(): Promise<Membership | null> {
    const { plan, member, store, planOf } = this.#world;
    const { next } = this.#view;
    if (next === null) return null;
    const answer = await planOf(next).catch((error: unknown) => this.#stay(troubleOf(error)));
    if (answer === null) return null;
    const held = await store.membership(next, member.site);
    const seat = nextSeat(plan, answer, member, held);
    if (seat === 'held') return held;
    if (seat !== 'take') return this.#stay({ code: seat, text: '' });
    const membership = { ...member, study: next, joinedAt: Date.now() };
    const mapping = await store.mapping(member.study, member.site);
    if (mapping !== null) await store.putMapping(next, member.site, mapping);
    await store.putPolicy(next, member.site, this.#view.policy);
    const signers = await store.signers(member.study, member.site);
    if (signers !== null) await store.putSigners(next, member.site, signers);
    await store.putMembership(membership);
    return membership;
  }

  #stay(nextTrouble: Trouble): null {
    this.#set({ nextTrouble });
    return null;
  }

  /** The version before is believed only if it has the hash that the plan names. */
  async #earlier(): Promise<EarlierVersion> {
    const { plan, answer, store } = this.#world;
    if (plan.previous === null) return { kind: 'none' };
    const before = parsePlanValue(answer.previous);
    if (!before.ok || planHash(before.plan) !== plan.previous) return { kind: 'unknown' };
    const isSignedHere = (await store.signedPlans()).has(plan.previous);
    return { kind: 'known', version: before.plan.version, difference: planDifference(before.plan, plan), isSignedHere };
  }

  #set(change: Partial<ConsentView>): void {
    this.#view = { ...this.#view, ...change };
    this.#world.onView(this.#view);
  }
}
