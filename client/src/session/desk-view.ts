/** What the data page shows of the hospital's table: chosen, being read, matched to the plan, checked. */
import type { Mapping } from '@consilium/shared/schema';
import type { FieldView, ReadChoices, ReadProgress, ShownReport, TableView } from '../chamber/index.ts';
import type { Trouble } from './run-view.ts';
import type { History } from './undo-history.ts';

export type DeskStage =
  /** Nothing is read; `cancelled` if a person stopped it. */
  | { readonly stage: 'empty'; readonly cancelled: boolean }
  /** `table` is its beginning, as soon as that is known. */
  | { readonly stage: 'reading'; readonly progress: ReadProgress | null; readonly table: TableView | null }
  /** The chamber ends, with all it had read, and another one starts. */
  | { readonly stage: 'cancelling' }
  | {
      readonly stage: 'open';
      readonly table: TableView;
      readonly mapping: History<Mapping>;
      readonly fields: readonly FieldView[];
      /** Names of fields whose values are being looked at anew. */
      readonly looking: readonly string[];
      /** Whether the mapping is the one of an earlier visit. */
      readonly usedKept: boolean;
    };

export interface DeskView {
  readonly at: DeskStage;
  /** Names of the files that were chosen last. */
  readonly files: readonly string[];
  readonly choices: ReadChoices;
  /** Name of the exclusion list, or null. */
  readonly exclusions: string | null;
  /** An exclusion list was used on an earlier visit; its patients were not kept. */
  readonly hadExclusions: boolean;
  readonly checking: boolean;
  /** Of the table as it is mapped now; null when it is not checked, or no longer. */
  readonly report: ShownReport | null;
  readonly trouble: Trouble | null;
}

export const emptyDesk: DeskView = {
  at: { stage: 'empty', cancelled: false },
  files: [],
  choices: {},
  exclusions: null,
  hadExclusions: false,
  checking: false,
  report: null,
  trouble: null,
};

/** Whether nothing waits for a person before the table can be checked. */
export function isSettled(at: DeskStage): boolean {
  return at.stage === 'open' && at.looking.length === 0 && at.fields.every(({ certainty }) => certainty !== 'open');
}

/** Whether every field was matched beyond doubt, so that nobody need look. */
export function isPlain(at: DeskStage): boolean {
  return at.stage === 'open' && at.fields.every(({ certainty }) => certainty === 'sure');
}
