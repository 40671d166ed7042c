/**
 * The page's part of the data step: what a person did with the table, and what the chamber found. The rows are in the chamber;
 * here are names, a mapping, and values to show.
 */
import { type Mapping, parseMapping } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import type { FileInput, OpenedTable, ReadChoices, ReadProgress, ShownReport, TableView } from '../chamber/index.ts';
import { type ChosenFile, MOST_FILES } from './chosen-files.ts';
import { type DeskStage, type DeskView, emptyDesk, isPlain, isSettled } from './desk-view.ts';
import type { JoinedSite } from './joined-site.ts';
import type { LocalStore } from './local-store.ts';
import { type Field, withAccepted, withColumn, withSuggestion } from './mapping-edits.ts';
import type { Trouble } from './run-view.ts';
import { fileTroubleOf } from './trouble.ts';
import { beginHistory, change, type History, redo, undo } from './undo-history.ts';

export interface DeskWorld {
  readonly plan: Plan;
  readonly member: { readonly study: string; readonly site: string };
  readonly store: LocalStore;
  site(): JoinedSite | null;
  /** Ends the chamber and all it holds, and starts another. */
  restart(): Promise<void>;
  onView(view: DeskView): void;
  /** The table was checked. */
  onReport(report: ShownReport): Promise<void>;
}

const CANCEL_LIMIT_MS = 3000;

export class DataDesk {
  readonly #world: DeskWorld;
  #view: DeskView = emptyDesk;
  #files: readonly ChosenFile[] = [];
  #split: ChosenFile | null = null;
  #exclusions: ChosenFile | null = null;
  /** Rises with every reading: an answer to an earlier one comes too late. */
  #reading = 0;
  /** Settles when the reading under way has ended, however. */
  #ended: Promise<unknown> = Promise.resolve();

  constructor(world: DeskWorld) {
    this.#world = world;
  }

  /** Whether an exclusion list was used on an earlier visit. */
  async begin(): Promise<void> {
    const kept = await this.#kept();
    this.#set({ hadExclusions: kept?.hasExclusions ?? false });
  }

  /** Reads these files. One with the name of the plan's split file is taken as that. */
  async choose(
    chosen: readonly ChosenFile[],
    extra: { readonly split?: ChosenFile | null; readonly exclusions?: ChosenFile | null } = {},
  ): Promise<void> {
    const splitName = splitFileOf(this.#world.plan);
    const split = extra.split ?? chosen.find(({ name }) => chosen.length > 1 && name === splitName) ?? null;
    this.#files = chosen.filter((file) => file !== split);
    this.#split = split;
    this.#exclusions = extra.exclusions ?? null;
    this.#set({ files: this.#files.map(({ path }) => path), exclusions: this.#exclusions?.name ?? null });
    const kept = (await this.#kept())?.choices ?? {};
    await this.#read(kept);
    // What was chosen for the last export may not fit this one.
    if (this.#view.trouble !== null && Object.keys(kept).length > 0 && this.#view.at.stage === 'empty') await this.#read({});
  }

  /** Reads the same files another way. */
  async reread(choices: ReadChoices): Promise<void> {
    await this.#read({ ...this.#view.choices, ...choices });
  }

  /** Ends the reading. A chamber that does not look up in time is ended with all it holds, and another one is started. */
  async cancel(): Promise<void> {
    this.#reading += 1;
    this.#go({ stage: 'cancelling' });
    const ended = this.#world
      .site()
      ?.cancel()
      .then(() => this.#ended);
    const isEnded = await Promise.race([ended?.then(() => true), pause(CANCEL_LIMIT_MS).then(() => false)]);
    if (isEnded !== true) await this.#world.restart();
    this.#go({ stage: 'empty', cancelled: true });
  }

  /** How far the chamber is. */
  progress(progress: ReadProgress): void {
    const { at } = this.#view;
    if (at.stage === 'reading') this.#go({ ...at, progress });
  }

  /** The beginning of the table, while the rest is read. */
  beginning(table: TableView): void {
    const { at } = this.#view;
    if (at.stage === 'reading') this.#go({ ...at, table });
  }

  /** One gesture on the mapping. */
  edit(gesture: (mapping: Mapping) => Mapping): Promise<void> {
    return this.#move((history) => change(history, gesture(history.present)));
  }

  /** A column for a field, or none. Its codes, unit and missing codes are begun from what they seem to be: one step, for undo too. */
  async chooseColumn({ part, name }: Field, column: string | null): Promise<void> {
    const site = this.#world.site();
    const isPlain = column === null || part === 'patient' || part === 'split';
    const entry = isPlain || site === null ? null : await site.suggest({ part, name, column });
    await this.edit((mapping) =>
      entry === null ? withColumn(mapping, { part, name }, column) : withSuggestion(mapping, { part, name }, entry),
    );
  }

  undo(): Promise<void> {
    return this.#move(undo);
  }

  redo(): Promise<void> {
    return this.#move(redo);
  }

  /** Takes a saved mapping. One of another form or study is a trouble, and nothing changes. */
  async takeMapping(text: string): Promise<void> {
    try {
      const mapping = parseMapping(JSON.parse(text));
      await this.edit(() => mapping);
    } catch (error) {
      const reason = error instanceof SyntaxError ? '' : error instanceof Error ? error.message : String(error);
      this.#set({ trouble: { code: 'not-a-mapping', text: reason } });
    }
  }

  /** A failed check was looked at and is right: the table is checked again. */
  async accept(check: string): Promise<void> {
    await this.edit((mapping) => withAccepted(mapping, check, true));
    await this.check();
  }

  /** The patients who opted out, or no list any more. */
  async exclude(file: ChosenFile | null): Promise<void> {
    this.#exclusions = file;
    this.#set({ exclusions: file?.name ?? null, report: null });
    if (isSettled(this.#view.at)) await this.check();
  }

  /** Checks the table as it is mapped now; the mapping is kept for the next visit. */
  async check(): Promise<void> {
    const site = this.#world.site();
    const { at } = this.#view;
    if (site === null || at.stage !== 'open') return;
    const mapping = at.mapping.present;
    this.#set({ checking: true, report: null, trouble: null });
    try {
      const report = await site.check({ mapping, split: inputOf(this.#split), exclusions: inputOf(this.#exclusions) });
      const { study, site: name } = this.#world.member;
      const { choices } = this.#view;
      await this.#world.store.putMapping(study, name, { savedAt: Date.now(), mapping, choices, hasExclusions: this.#exclusions !== null });
      this.#set({ checking: false, report });
      await this.#world.onReport(report);
    } catch (error) {
      const trouble = fileTroubleOf(error);
      this.#set({ checking: false, trouble: trouble.code === 'cancelled' ? null : trouble });
    }
  }

  /** Ends a check that is under way; what was read stays. */
  async cancelCheck(): Promise<void> {
    await this.#world.site()?.cancel();
  }

  async #read(choices: ReadChoices): Promise<void> {
    const site = this.#world.site();
    if (site === null || this.#files.length === 0) return;
    if (this.#files.length > MOST_FILES) return this.#fail({ code: 'too-many-files', text: '' });
    if (splitFileOf(this.#world.plan) !== null && this.#split === null) return this.#fail({ code: 'split-missing', text: '' });
    const turn = ++this.#reading;
    this.#set({ choices, report: null, trouble: null, at: { stage: 'reading', progress: null, table: null } });
    try {
      const kept = await this.#kept();
      const reading = site.read({ files: this.#files.map(fileInput), choices, kept: mappingOf(kept?.mapping) });
      this.#ended = reading.catch(() => undefined);
      const opened = await reading;
      if (turn !== this.#reading) return;
      this.#go({ stage: 'open', ...openedStage(opened) });
      if (isPlain(this.#view.at) || (opened.usedKept && isSettled(this.#view.at))) await this.check();
    } catch (error) {
      if (turn === this.#reading) this.#fail(fileTroubleOf(error));
    }
  }

  async #move(step: (history: History<Mapping>) => History<Mapping>): Promise<void> {
    const { at } = this.#view;
    const site = this.#world.site();
    if (at.stage !== 'open' || site === null) return;
    const mapping = step(at.mapping);
    if (mapping === at.mapping) return;
    const before = at.mapping.present;
    const looking = at.fields.map(({ name }) => name).filter((name) => entryText(before, name) !== entryText(mapping.present, name));
    this.#set({ at: { ...at, mapping, looking }, report: null, trouble: null });
    try {
      const fields = await site.look(mapping.present);
      const now = this.#view.at;
      if (now.stage === 'open' && now.mapping.present === mapping.present) this.#go({ ...now, fields, looking: [] });
    } catch (error) {
      this.#set({ trouble: fileTroubleOf(error) });
    }
  }

  #kept() {
    const { study, site } = this.#world.member;
    return this.#world.store.mapping(study, site);
  }

  #fail(trouble: Trouble): void {
    this.#set({ at: { stage: 'empty', cancelled: false }, trouble });
  }

  #go(at: DeskStage): void {
    this.#set({ at });
  }

  #set(change: Partial<DeskView>): void {
    this.#view = { ...this.#view, ...change };
    this.#world.onView(this.#view);
  }
}

/** Name of the split file that the plan asks for beside the table, or null. */
export function splitFileOf({ split }: Plan): string | null {
  return split.by === 'file' ? split.file.file : null;
}

function openedStage({ table, mapping, fields, usedKept }: OpenedTable) {
  return { table, mapping: beginHistory(mapping), fields, looking: [], usedKept };
}

function entryText(mapping: Mapping, name: string): string {
  return JSON.stringify([mapping.features[name] ?? null, mapping.outcome[name] ?? null, mapping.patientId, mapping.split]);
}

function mappingOf(kept: unknown): Mapping | null {
  try {
    return kept === undefined ? null : parseMapping(kept);
  } catch {
    return null; // of an older program: the columns are matched anew
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const fileInput = ({ name, path, file }: ChosenFile): FileInput => ({ name, path, blob: file });
const inputOf = (file: ChosenFile | null): FileInput | null => (file === null ? null : fileInput(file));
