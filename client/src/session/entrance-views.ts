/** What the pages on the way into a study show: enrolment, and a recovery file. */
import type { Device } from './api.ts';
import type { Trouble } from './run-view.ts';

/** A file for the person to keep. */
export interface KeptFile {
  readonly name: string;
  readonly text: string;
}

/** `keep` shows file and words; `check` asks for two of the words, which are not on the page then. */
export type EnrolView =
  | { readonly stage: 'sealing' | 'joining'; readonly name: string }
  | {
      readonly stage: 'keep' | 'check';
      readonly name: string;
      readonly title: string;
      readonly file: KeptFile;
      readonly words: readonly string[];
      /** Positions (0 to 6) of the words that are asked for. */
      readonly asked: readonly number[];
      /** What the last answer lacked: the right words, or the file that was made here. */
      readonly wrong: 'words' | 'file' | null;
      /** Why the seat was not taken though words and file were right: nothing of them is lost. */
      readonly trouble: Trouble | null;
    };

export interface RecoverView {
  readonly stage: 'ask' | 'opening' | 'devices' | 'working';
  readonly study: string;
  /** Of the hospital, once the file is open. */
  readonly name: string;
  readonly devices: readonly Device[];
  readonly trouble: Trouble | null;
}
