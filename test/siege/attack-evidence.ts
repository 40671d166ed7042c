/** How a row of the attack table names its tests: a file and the title of a test in it, or the beginning of the title. */

export interface Evidence {
  /** Path from the root of the repository. */
  readonly file: string;
  /** The test's title as the file has it. */
  readonly title: string;
}

export interface Row {
  readonly attack: string;
  /** What the tab or the coordinator answers: a rejection code, or in words. */
  readonly answer: string;
  readonly evidence: readonly Evidence[];
}

export const at = (file: string, ...titles: readonly string[]): Evidence[] => titles.map((title) => ({ file, title }));
export const siege = (...titles: readonly string[]) => at('test/siege/attacks.ts', ...titles);
export const overTime = (...titles: readonly string[]) => at('test/siege/attacks.test.ts', ...titles);
export const participant = (...titles: readonly string[]) => at('test/shared/protocol/cheating-coordinator.test.ts', ...titles);
export const later = (...titles: readonly string[]) => at('test/shared/protocol/cheating-later.test.ts', ...titles);
export const sites = (...titles: readonly string[]) => at('test/shared/protocol/misbehaving-sites.test.ts', ...titles);
export const sockets = (...titles: readonly string[]) => at('test/coordinator/sockets/site-sockets.test.ts', ...titles);
export const api = (...titles: readonly string[]) => at('test/coordinator/http/api.test.ts', ...titles);
