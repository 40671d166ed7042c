/**
 * A hospital's visit, from opening the page to the results: which step it is in and what each of the person's actions does.
 * It outlives every render; elements hold it through SessionController.
 */
import type { SiteProgress } from '@consilium/shared/federation';
import type { Plan } from '@consilium/shared/study';
import type { ShownReport } from '../chamber/index.ts';
import { fetchDemoFile, fetchInfo, fetchPlan } from './api.ts';
import { checkedPlan } from './checked-plan.ts';
import { filesOfField } from './chosen-files.ts';
import { ConsentDesk } from './consent-desk.ts';
import { DataDesk } from './data-desk.ts';
import { openDeviceKey } from './device-key.ts';
import { deleteTraces, type EndingWorld, endPart, goOn, haltedStep } from './ending.ts';
import { Entrance } from './entrance.ts';
import { type JoinedSite, type JoinedSiteOptions, startJoinedSite } from './joined-site.ts';
import type { LedgerEntry } from './ledger.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { firstTrouble, openVisit } from './opening.ts';
import { patientsOf } from './patient-source.ts';
import { foldProgress } from './run-view.ts';
import { type Address, emptyView, type SessionView, type Step } from './session-view.ts';
import { SigningDesk } from './signing-desk.ts';
import { exportRecord } from './site-record.ts';
import { currentStep, joinStep, paceFrom, refusedStep } from './steps.ts';
import { lockName, takeTabLock } from './tab-lock.ts';
import { forgetSite, lostSite, rememberedSite, rememberSite } from './tab-memory.ts';
import { troubleOf } from './trouble.ts';

export class HospitalSession {
  #view: SessionView;
  #listeners = new Set<() => void>();
  #store: LocalStore | null = null;
  #site: JoinedSite | null = null;
  #desk: DataDesk | null = null;
  #consent: ConsentDesk | null = null;
  #releaseLock = () => {};
  #announced = false;
  #entrance: Entrance | null = null;

  readonly address: Address;

  constructor(address: Address) {
    this.address = address;
    this.#view = emptyView(address.study);
  }

  get view(): SessionView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Once: checks the browser, then goes on where this tab was before a reload, or to the join page. */
  async begin(): Promise<void> {
    const { checks, store } = await openVisit(() => this.#storageLost());
    this.#set({ checks });
    if (store === null) return this.#go({ step: 'blocked' });
    this.#store = store;
    this.#entrance = new Entrance({
      store,
      go: (step) => this.#go(step),
      show: (ledger) => this.#set({ ledger }),
      joined: (membership) => this.resume(membership, false),
      restart: async (membership) => this.#restart(membership),
    });
    void navigator.storage?.persist?.();
    const [memberships, info] = await Promise.all([store.memberships(), fetchInfo().catch(() => null)]);
    const invitedTo = this.address.study ?? lostSite(memberships)?.study ?? null;
    this.#set({ memberships, info, invitedTo });
    const before = rememberedSite(memberships);
    if (before !== null) return this.resume(before, false);
    this.#go(joinStep(firstTrouble(info !== null, memberships)));
    if (this.address.demoSite !== null) await this.joinDemo(this.address.demoSite);
  }

  /** Joins the demo study as one of its synthetic hospitals. */
  async joinDemo(site: string): Promise<void> {
    const demo = this.#view.info?.demo;
    if (!demo?.sites.some((entry) => entry.id === site)) return this.#go(joinStep({ code: 'study-unknown', text: '' }));
    await this.#entrance?.enrolment.joinDemo(demo.study, site);
  }

  /** The way into a study; null before the browser was looked at. */
  get entrance(): Entrance | null {
    return this.#entrance;
  }

  /** Opens the page for a recovery file. */
  bringRecoveryFile(): void {
    this.dispose();
    this.#entrance?.bringRecoveryFile(this.#view.membership?.study ?? this.#view.invitedTo ?? '');
  }

  /** Speaks for a hospital that joined before, from this tab. */
  async resume(membership: Membership, takeOver: boolean): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    rememberSite(membership);
    this.#set({ membership, link: 'connecting', step: { step: 'opening' } });
    try {
      // The plan decides on the banner and the ledger tells what left, also where another tab speaks.
      this.#set({ ledger: await store.ledger(membership.study, membership.site) });
      const halted = haltedStep(membership);
      if (halted !== null) return this.#leave(halted);
      const answer = await fetchPlan(membership.study);
      const plan = checkedPlan(answer.plan, answer.planHash);
      this.#set({ plan, planHash: answer.planHash });
      const name = lockName(membership, await store.certificate(membership.key));
      const lock = await takeTabLock(name, takeOver, () => this.#leave({ step: 'elsewhere', lost: true }));
      if (!lock.held) return this.#leave({ step: 'elsewhere', lost: false });
      this.#releaseLock = lock.release;
      this.#desk = this.#openDesk(store, plan, membership);
      const onView = (consent: SessionView['consent']) => this.#set({ consent });
      const onLedger = async () => this.#set({ ledger: await store.ledger(membership.study, membership.site) });
      this.#consent = new ConsentDesk({
        plan,
        answer,
        member: membership,
        store,
        site: () => this.#site,
        planOf: fetchPlan,
        onView,
        onLedger,
      });
      await this.#consent.begin();
      await this.#open(store, { membership, plan, planHash: answer.planHash, takeOver });
      void this.#consent.people.refresh();
      await this.#desk.begin();
      this.#go({ step: 'data', busy: null, trouble: null });
      if (membership.demo) await this.#desk.choose(filesOfField([await fetchDemoFile(membership.site)]));
    } catch (error) {
      this.#leave({ step: 'stopped', trouble: troubleOf(error), halted: null });
    }
  }

  /** Starts the chamber and the link of a hospital whose lock this tab holds. */
  async #open(store: LocalStore, joined: Pick<JoinedSiteOptions, 'membership' | 'plan' | 'planHash' | 'takeOver'>): Promise<void> {
    this.#site = await startJoinedSite({
      ...joined,
      store,
      key: await openDeviceKey(store, joined.membership.key),
      backend: this.address.backend,
      onRecord: ({ rosterHash: signedRoster, roster }) => this.#set({ signedRoster, hasConfirmedList: roster !== null }),
      onProgress: (progress) => this.#progress(progress),
      onReading: (progress) => this.#desk?.progress(progress),
      onBeginning: (table) => this.#desk?.beginning(table),
      onLink: (link) => this.#set({ link }),
      onSent: (entry) => this.#set({ ledger: [...this.#view.ledger, entry] }),
      onRefused: (code, text) => this.#leave(refusedStep(code, text)),
    });
    this.#set({ chamber: this.#site.chamber, models: this.#site.models, knownFile: this.#site.knownFile });
  }

  #openDesk(store: LocalStore, plan: Plan, membership: Membership): DataDesk {
    return new DataDesk({
      ...{ plan, store, member: membership },
      site: () => this.#site,
      restart: async () => {
        this.#site?.close();
        await this.#open(store, { membership, plan, planHash: this.#view.planHash ?? '', takeOver: true });
      },
      onView: (desk) => this.#set({ desk }),
      onReport: (report) => this.#checked(report),
    });
  }

  /** What a person does with the table, once a hospital is open. */
  get desk(): DataDesk | null {
    return this.#desk;
  }

  /** The hospital's own limits and the versions of the plan, once a hospital is open. */
  get consent(): ConsentDesk | null {
    return this.#consent;
  }

  /** Goes on to the newer version of the study, which is signed anew. */
  async enterNextVersion(): Promise<void> {
    const membership = (await this.#consent?.enterNext()) ?? null;
    if (membership !== null) this.#restart(membership);
  }

  #restart(membership: Membership): void {
    rememberSite(membership);
    this.dispose();
    location.reload();
  }

  /** After a reload the same rows go straight back to where the study is. */
  async #checked(report: ShownReport): Promise<void> {
    if (this.#view.knownFile !== null && report.fingerprint === this.#view.knownFile) await this.ready();
  }

  /** Tells the coordinator, in bands, that the data are ready. */
  async ready(): Promise<void> {
    if (this.#site === null || this.#view.desk.report === null) return;
    this.#go({ step: 'data', busy: 'announcing', trouble: null });
    try {
      await this.#site.ready();
      this.#announced = true;
      this.#go(currentStep(this.#view));
    } catch (error) {
      this.#go({ step: 'data', busy: null, trouble: troubleOf(error) });
    }
  }

  /** What a person confirms and signs. */
  readonly signing = new SigningDesk({ site: () => this.#site, view: () => this.#view, go: (step) => this.#go(step) });

  /** Stops at once or leaves for good; nothing more is sent, online or not, also after a reload. */
  async stop(how: 'stopped' | 'left' = 'stopped'): Promise<void> {
    const ending = this.#ending();
    if (ending !== null) this.#set({ membership: await endPart(ending, how) });
  }

  /** Goes on after a stop. */
  async takePartAgain(): Promise<void> {
    const ending = this.#ending();
    if (ending === null) return;
    await goOn(ending);
    location.reload();
  }

  /** Removes everything this browser keeps of the study, and goes back to the join page. */
  async deleteTraces(): Promise<void> {
    const ending = this.#ending();
    if (ending === null) return;
    await deleteTraces(ending);
    location.assign('/');
  }

  /** The hospital's own record as a file: with every entry up to now. */
  async recordFile(): Promise<string> {
    const ending = this.#ending();
    await this.#site?.audit.settled();
    return ending === null ? '' : exportRecord(ending.store, ending.member);
  }

  #ending(): EndingWorld | null {
    const [store, member] = [this.#store, this.#view.membership];
    if (store === null || member === null) return null;
    const sent = (entry: LedgerEntry) => this.#set({ ledger: [...this.#view.ledger, entry] });
    return { store, member, sent, site: () => this.#site, leave: (step) => this.#leave(step) };
  }

  /** Forgets which hospital this tab is and goes back to the join page; what is kept of the hospital stays. */
  leaveTab(): void {
    forgetSite();
    this.dispose();
    location.assign('/');
  }

  /** Ends the chamber and the link: on `pagehide`. */
  dispose(): void {
    this.#entrance?.forget();
    this.#consent?.people.dispose();
    this.#site?.close();
    this.#site = null;
    this.#releaseLock();
  }

  #progress(progress: SiteProgress): void {
    const run = foldProgress(this.#view.run, progress);
    this.#set({ run, startedAt: run.phase === 'paused' ? null : (this.#view.startedAt ?? paceFrom(progress, run)) });
    if (progress.type === 'phase' && (run.phase === 'gathering' || run.phase === 'signing')) void this.#consent?.people.refresh();
    if (run.phase === 'stopped' || run.phase === 'finished') void this.#consent?.lookForNext();
    if (this.#announced && this.#view.step.step !== 'stopped') this.#go(currentStep(this.#view));
  }

  /** Opens the page of one patient, or goes back to the results. */
  async showPatients(isOpen: boolean): Promise<void> {
    const { step } = this.#view;
    if (step.step === 'results') this.#go({ ...step, patients: isOpen && this.#site !== null ? await patientsOf(this.#site) : null });
  }

  #storageLost(): void {
    this.#leave({ step: 'stopped', trouble: { code: 'storage-lost', text: '' }, halted: null });
    this.#set({ membership: null });
  }

  #leave(step: Step): void {
    this.dispose();
    this.#set({ link: 'closed' });
    this.#go(step);
  }

  #go(step: Step): void {
    this.#set({ step });
  }

  #set(change: Partial<SessionView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
