/** One federation, with as much of the secure sum as was chosen. Every choice ends with the same bits. */
import { join } from 'node:path';
import { type Plan, planHash } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { type FastFederation, federateInThreads, type SecureChoice } from '../fast/index.ts';
import { SimulationError } from '../input/simulation-error.ts';
import type { StudyInput } from '../input/site-input.ts';
import { federate } from '../world/federate.ts';
import type { RoundTimes } from '../world/pretended-world.ts';
import type { World } from '../world/world-file.ts';

/** What does not change a result, but how it is come by. */
export interface Execution {
  /** `on` unless told otherwise. */
  readonly secure?: SecureChoice | undefined;
  /** Threads that hold sites, where sums are not secure. */
  readonly workers?: number | undefined;
  /** Most bytes this process may hold. */
  readonly memoryBytes?: number | undefined;
  /** A researcher's own algorithm: its name and the address of its module. */
  readonly algorithm?: { readonly name: string; readonly address: string } | undefined;
  /** Clock, network and faults around the sites. */
  readonly world?: World | undefined;
  /** Folder in which a simulation without masks is kept while it runs, in a file named after its plan, and taken up again. */
  readonly checkpoints?: { readonly folder: string; readonly everyMs: number } | undefined;
  /** A plain sentence about something that went wrong and was mended. */
  readonly onReport?: ((text: string) => void) | undefined;
}

/** Most sites of one secure sum. */
const MOST_SECURE_SITES = 200;

/** @throws SimulationError with a plain sentence when the study cannot begin or ends without its results. */
export async function federateAsChosen(
  input: Execution & {
    readonly plan: Plan;
    readonly data: StudyInput;
    readonly backend: BackendName;
    readonly onProgress?: ((done: number, expected: number) => void) | undefined;
  },
): Promise<FastFederation & { readonly rounds?: ReadonlyMap<number, RoundTimes> | null }> {
  const { plan, data, backend, secure = 'on', workers = 1, checkpoints, onProgress } = input;
  if (input.world !== undefined && secure !== 'on') {
    throw new SimulationError('A world of delays and faults needs the messages themselves: use --world with --secure on.');
  }
  if (secure !== 'off') {
    if (data.sites.length > MOST_SECURE_SITES) {
      throw new SimulationError(
        `A secure sum takes at most ${MOST_SECURE_SITES} sites; there are ${data.sites.length}. With --secure off the same sums are added without masks.`,
      );
    }
  }
  if (secure === 'on') {
    if (input.algorithm !== undefined) {
      throw new SimulationError(
        'An own algorithm runs without the protocol, which hospitals follow for signed plans only: add --secure off or --secure counted.',
      );
    }
    return federate({
      plan,
      ...data,
      backend,
      world: input.world,
      onChange: ({ progress }) => onProgress?.(progress.done, progress.expected),
    });
  }
  return federateInThreads({
    plan,
    ...data,
    backend,
    workers,
    algorithm: input.algorithm?.address,
    isCounted: secure === 'counted',
    memoryBytes: input.memoryBytes,
    checkpoint: checkpoints === undefined ? undefined : { path: join(checkpoints.folder, planHash(plan)), everyMs: checkpoints.everyMs },
    onReport: (text) => input.onReport?.(text),
    onProgress: (done, expected) => onProgress?.(done, expected),
  });
}
