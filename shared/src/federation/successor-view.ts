/** What people are shown of a list of hospitals that is to follow the one in force: at the console, and at a hospital that is asked to sign it. */

/** At the console. Sites by identifier. */
export interface SuccessorView {
  readonly version: number;
  /** Who is not on it. */
  readonly without: readonly string[];
  readonly signed: readonly string[];
  /** Signatures that are still lacking before it is in force. */
  readonly lacking: number;
}

/** At a hospital. Names of hospitals. */
export interface SuccessorProgress {
  readonly version: number;
  readonly rosterHash: string;
  /** Gone by their own signed word, which this site has checked. */
  readonly left: readonly string[];
  /** Put off by the coordinator: nobody but the coordinator says that they are gone. */
  readonly putOff: readonly string[];
  readonly stay: readonly string[];
  /** Whether this site has signed it. */
  readonly isSigned: boolean;
}
