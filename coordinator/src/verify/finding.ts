/** One thing that was checked. */
export interface Finding {
  readonly ok: boolean;
  /** A plain sentence. */
  readonly text: string;
}
