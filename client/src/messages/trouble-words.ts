/** The three things that a person is told of a trouble. `{text}` is the sentence that came with it. */
export interface TroubleWords {
  readonly what: string;
  /** What left, in `trouble.left.…`. Only hospitals are told; the console's own codes never come with patient rows. */
  readonly left: 'rows' | 'file' | 'secret' | 'key';
  readonly next: string;
}
