/**
 * A visit to the page that uses a model's file: which model, which file of patients, what came of them. Everything happens in the sealed chamber of this
 * browser; this session sends nothing to anybody.
 */
import { modelText, parseModel, type ReleasedModel, type Score } from '@consilium/shared/export';
import type { PatientValues, SiteForecast } from '@consilium/shared/prediction';
import { type Chamber, NO_PAGE, startChamber } from '../chamber/index.ts';
import type { Trouble } from './run-view.ts';
import { troubleOf } from './trouble.ts';

export interface Scored {
  readonly name: string;
  readonly scores: readonly Score[];
}

export interface ModelView {
  readonly model: ReleasedModel | null;
  readonly busy: 'model' | 'rows' | null;
  readonly trouble: Trouble | null;
  readonly scored: Scored | null;
  /** Name of the mapping that the next file is read by; null for none. */
  readonly mapping: { readonly name: string; readonly text: string } | null;
}

export class ModelSession {
  #view: ModelView = { model: null, busy: null, trouble: null, scored: null, mapping: null };
  #listeners = new Set<() => void>();
  #chamber: Promise<Chamber> | null = null;

  get view(): ModelView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a `model.json` or the archive of an export. */
  async chooseModel(file: File): Promise<void> {
    await this.#try('model', async () => {
      const text = modelText(new Uint8Array(await file.arrayBuffer()));
      if (text === null) throw new ModelError('The archive holds no model.json.');
      const parsed = parseModel(text);
      if (!parsed.ok) throw new ModelError(parsed.problem);
      await (await this.#opened()).calls.useModel(text);
      this.#set({ model: parsed.model, scored: null, mapping: null });
    });
  }

  async chooseMapping(file: File | null): Promise<void> {
    await this.#try(null, async () => this.#set({ mapping: file === null ? null : { name: file.name, text: await file.text() } }));
  }

  async score(file: File): Promise<void> {
    await this.#try('rows', async () => {
      this.#set({ scored: null });
      const scores = await (await this.#opened()).calls.score({ file, mapping: this.#view.mapping?.text ?? null });
      this.#set({ scored: { name: file.name, scores } });
    });
  }

  async valuesOf(row: number): Promise<PatientValues> {
    return (await (await this.#opened()).calls.scoredValues(row)) ?? {};
  }

  async forecast(values: PatientValues): Promise<SiteForecast> {
    return (await this.#opened()).calls.modelForecast(values);
  }

  /** Ends the chamber and with it the rows. */
  dispose(): void {
    void this.#chamber?.then((chamber) => chamber.close()).catch(() => undefined);
    this.#chamber = null;
  }

  #opened(): Promise<Chamber> {
    this.#chamber ??= startChamber(NO_PAGE, { forced: 'plain', plan: null });
    return this.#chamber;
  }

  async #try(busy: ModelView['busy'], work: () => Promise<void>): Promise<void> {
    this.#set({ busy, trouble: null });
    try {
      await work();
    } catch (error) {
      this.#set({ trouble: troubleOf(error) });
    } finally {
      this.#set({ busy: null });
    }
  }

  #set(change: Partial<ModelView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The file is no model that can be used here. */
class ModelError extends Error {
  readonly code = 'not-a-model';
}
