/** Parts of a site's record that outlive a version of the plan or a device. Types only. */
import type { RowSet } from './contributors.ts';

/** Contributors of each sum as rising root keys, base64, by the rows that were summed. */
export type KeyedContributors = { readonly [rows in RowSet]: readonly (readonly string[])[] };

/** A place on a list of the study and the root key it belongs to, for the study's life. */
export interface Seat {
  readonly index: number;
  readonly rootKey: string;
}

/** How far a device that came by the recovery file can tell what the one before answered. */
export interface Arrival {
  readonly device: string;
  /** Queries that this browser had signed when the device arrived. */
  readonly answered: number;
  /** Hash of the first model that others vouched for to this device; null before; zeros once it has derived one itself. */
  readonly model: string | null;
}

/** Rows of one part: how many fall under each byte of their keyed hash, shape (256,); and the sum of the hashes, hex. */
export interface RowTally {
  readonly counts: readonly number[];
  readonly sum: string;
}

export type RowTallies = { readonly [rows in RowSet]: RowTally };

/** Over the columns named, sorted. */
export interface ComparedTally {
  readonly columns: readonly string[];
  readonly tallies: RowTallies;
}

/** What a site keeps of the rows it answered with: enough to count changes, too little to say what a row was. It never leaves the site. */
export interface RowSketch {
  /** Of the hashes: 32 random bytes, hex. */
  readonly key: string;
  /** SHA-256 of the file, hex. */
  readonly file: string;
  readonly byValue: ComparedTally;
  /** By the groups of patients whose figures the plan asked for. */
  readonly byGroup: ComparedTally;
  /** By the row's number: comparable within one file. */
  readonly byPlace: RowTallies;
}
