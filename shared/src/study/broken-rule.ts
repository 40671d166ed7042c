/** A broken rule of a plan: where, and the rest of the sentence that begins with the key. */
export interface BrokenRule {
  readonly path: readonly (string | number)[];
  readonly text: string;
  /** The valid value nearest to what was written, if there is one. */
  readonly nearest: string | null;
}

export const broken = (path: readonly (string | number)[], text: string, near: string | null = null): BrokenRule => ({
  path,
  text,
  nearest: near,
});
