/** The coordinator's visit to the console: signed in or not, the studies as they change, and what each action answers. */
import type { StudyView } from '@consilium/shared/federation';
import type { PlanDifference } from '@consilium/shared/study';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod';
import { ApiError, fetchInfo, type Info, request } from './api.ts';
import { type Account, fetchMe } from './console-account.ts';
import { putOffHospital } from './console-invitations.ts';
import type { Trouble } from './run-view.ts';
import { troubleOf } from './trouble.ts';

export interface PlanProblem {
  readonly message: string;
  readonly line: number | null;
  readonly nearest: string | null;
}

export type ConsolePage =
  | { readonly page: 'checking' }
  | { readonly page: 'sign-in' }
  | { readonly page: 'set-up' }
  | { readonly page: 'account' }
  | { readonly page: 'studies' }
  | { readonly page: 'new' }
  | { readonly page: 'study'; readonly study: string };

export interface Invitation {
  readonly study: string;
  readonly name: string;
  readonly link: string;
  readonly secret: string;
}

export interface ConsoleView {
  readonly page: ConsolePage;
  /** Who is signed in. */
  readonly account: Account | null;
  /** The password was right; the six digits of the second factor are asked for. */
  readonly asksSecondFactor: boolean;
  readonly info: Info | null;
  readonly studies: readonly StudyView[];
  readonly isLive: boolean;
  readonly busy: boolean;
  readonly trouble: Trouble | null;
  readonly planProblems: readonly PlanProblem[];
  readonly invitation: Invitation | null;
  readonly version: VersionView | null;
}

export type StudyAction = 'start' | 'pause' | 'resume' | 'stop';

/** What the next version would change, or what this one changed. */
export interface VersionView {
  readonly study: string;
  readonly version: number;
  /** Null for a first version. */
  readonly difference: PlanDifference | null;
  /** The newer version of this study, if there is one. */
  readonly next: string | null;
  /** Hospitals of the version before, and people who sign for them, that cannot take part in this one as things stand. */
  readonly seats: readonly z.infer<typeof seatTrouble>[];
  /** A changed plan that was chosen and not yet made a version. */
  readonly offered: {
    readonly text: string;
    readonly fileName: string;
    readonly version: number;
    readonly difference: PlanDifference;
  } | null;
}

const anything = z.unknown();
const seatTrouble = z.object({
  hospital: z.string(),
  person: z.string().nullable(),
  code: z.enum(['left', 'no-seat', 'expired', 'suspended', 'person-missing']),
});
const versionOf = z.object({
  version: z.number(),
  difference: z.custom<PlanDifference>().nullable(),
  next: z.string().nullable(),
  seats: z.array(seatTrouble),
});
const compared = z.object({ study: z.string().nullable(), version: z.number(), difference: z.custom<PlanDifference>() });
const made = z.object({ study: z.string() });
const invited = z.object({ site: z.string(), link: z.string(), secret: z.string() });
const problems = z.object({
  errors: z.array(z.object({ message: z.string(), line: z.number().nullable(), nearest: z.string().nullable() })),
});

export class ConsoleSession {
  #view: ConsoleView = {
    page: { page: 'checking' },
    account: null,
    asksSecondFactor: false,
    info: null,
    studies: [],
    isLive: false,
    busy: false,
    trouble: null,
    planProblems: [],
    invitation: null,
    version: null,
  };
  #listeners = new Set<() => void>();
  #socket: Socket | null = null;

  get view(): ConsoleView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async begin(): Promise<void> {
    await this.#try(async () => {
      const { account, hasOwner } = await fetchMe();
      if (account !== null) await this.#enter();
      else this.#set({ page: { page: hasOwner ? 'sign-in' : 'set-up' } });
    });
    if (this.#view.page.page === 'checking') this.#set({ page: { page: 'sign-in' } });
  }

  /** Makes an account with a code and goes in. */
  async setUp(code: string, name: string, password: string): Promise<void> {
    await this.#try(async () => {
      await request('/api/console/set-up', anything, { code, name, password });
      await this.#enter();
    });
  }

  async signIn(name: string, password: string, secondFactor: string | null): Promise<void> {
    await this.#try(async () => {
      try {
        await request('/api/console/sign-in', anything, { name, password, secondFactor });
        await this.#enter();
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'second-factor-needed') throw error;
        this.#set({ asksSecondFactor: true });
      }
    });
  }

  async signOut(): Promise<void> {
    await this.#try(async () => {
      await request('/api/console/sign-out', anything, {});
      this.#leave();
    });
  }

  /** Asks again who is signed in, after the account was changed. */
  async renewAccount(): Promise<void> {
    await this.#try(async () => this.#set({ account: (await fetchMe()).account }));
  }

  /** Goes to a page of the console; the address follows. */
  open(page: ConsolePage): void {
    this.#set({ page, trouble: null, planProblems: [], invitation: null, version: null });
    if (page.page === 'study') void this.#lookAtVersion(page.study);
    history.replaceState(null, '', page.page === 'study' ? `#${page.study}` : '#');
  }

  async createStudy(text: string, fileName: string): Promise<void> {
    await this.#tryPlan(async () => {
      const { study } = await request('/api/console/studies', made, { text, fileName });
      await this.#refresh();
      this.open({ page: 'study', study });
    });
  }

  /** Says what a changed plan would change, before anything is made of it. */
  async compareVersion(study: string, text: string, fileName: string): Promise<void> {
    await this.#tryPlan(async () => {
      const body = { text, fileName, trial: true };
      const { version, difference } = await request(`/api/console/studies/${encodeURIComponent(study)}/versions`, compared, body);
      const { version: view } = this.#view;
      if (view?.study === study) this.#set({ version: { ...view, offered: { text, fileName, version, difference } } });
    });
  }

  /** Makes the plan that was compared the next version. */
  async makeVersion(study: string): Promise<void> {
    const offered = this.#view.version?.offered ?? null;
    if (offered === null) return;
    await this.#tryPlan(async () => {
      const body = { text: offered.text, fileName: offered.fileName, trial: false };
      const answer = await request(`/api/console/studies/${encodeURIComponent(study)}/versions`, compared, body);
      await this.#refresh();
      if (answer.study !== null) this.open({ page: 'study', study: answer.study });
    });
  }

  async #lookAtVersion(study: string): Promise<void> {
    const answer = await request(`/api/console/studies/${encodeURIComponent(study)}/difference`, versionOf).catch(() => null);
    const { page } = this.#view;
    if (answer !== null && page.page === 'study' && page.study === study) this.#set({ version: { study, ...answer, offered: null } });
  }

  /** A plan with mistakes is shown mistake by mistake. */
  async #tryPlan(work: () => Promise<void>): Promise<void> {
    this.#set({ planProblems: [] });
    await this.#try(async () => {
      try {
        await work();
      } catch (error) {
        const read = error instanceof ApiError ? problems.safeParse(error.details) : null;
        if (read?.success !== true || read.data.errors.length === 0) throw error;
        this.#set({ planProblems: read.data.errors });
      }
    });
  }

  async createDemo(): Promise<void> {
    await this.#try(async () => {
      const { study } = await request('/api/console/demo', made, {});
      await this.#refresh();
      this.open({ page: 'study', study });
    });
  }

  async act(study: string, action: StudyAction): Promise<void> {
    await this.#try(async () => {
      await request(`/api/console/studies/${encodeURIComponent(study)}/${action}`, anything, {});
    });
  }

  /** Asks the other hospitals to sign a list without one that nobody answers for. */
  async putOff(study: string, site: string): Promise<void> {
    await this.#try(() => putOffHospital(study, site));
  }

  async invite(study: string, name: string): Promise<void> {
    await this.#try(async () => {
      const { link, secret } = await request(`/api/console/studies/${encodeURIComponent(study)}/invitations`, invited, { name });
      this.#set({ invitation: { study, name, link, secret } });
    });
  }

  #leave(): void {
    this.#socket?.close();
    this.#set({ page: { page: 'sign-in' }, account: null, asksSecondFactor: false, studies: [] });
  }

  async #enter(): Promise<void> {
    const { account } = await fetchMe();
    this.#set({ account, asksSecondFactor: false });
    await this.#refresh();
    this.#listen();
    const asked = location.hash.slice(1);
    const known = this.#view.studies.some((view) => view.study === asked);
    this.#set({ page: known ? { page: 'study', study: asked } : { page: 'studies' } });
    if (known) await this.#lookAtVersion(asked);
  }

  async #refresh(): Promise<void> {
    const [studies, info] = await Promise.all([request('/api/console/studies', z.array(z.custom<StudyView>())), fetchInfo()]);
    this.#set({ studies, info });
  }

  #listen(): void {
    this.#socket?.close();
    const socket = io('/console', { transports: ['websocket', 'polling'], tryAllTransports: true });
    this.#socket = socket;
    socket.on('connect', () => this.#set({ isLive: true }));
    socket.on('disconnect', () => this.#set({ isLive: false }));
    socket.on('studies', (studies: readonly StudyView[]) => this.#set({ studies }));
    socket.on('study', (view: StudyView) => {
      const { studies, page, trouble } = this.#view;
      const before = studies.find((entry) => entry.study === view.study);
      // What went wrong in an earlier phase of the study on the screen is over.
      const isStale = before !== undefined && before.phase !== view.phase && page.page === 'study' && page.study === view.study;
      this.#set({
        studies: before === undefined ? [...studies, view] : studies.map((entry) => (entry === before ? view : entry)),
        trouble: isStale ? null : trouble,
      });
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.#set({ busy: true, trouble: null });
    try {
      await work();
    } catch (error) {
      const trouble = troubleOf(error);
      this.#set({ trouble });
      if (trouble.code === 'signed-out') this.#leave();
    } finally {
      this.#set({ busy: false });
    }
  }

  #set(change: Partial<ConsoleView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
