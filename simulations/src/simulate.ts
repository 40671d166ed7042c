/** `simulate`: one simulation of a plan from TypeScript; what `pnpm simulate run` does, without files. */
import type { Plan } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { namedAlgorithm } from './algorithm/index.ts';
import { readMemory, type SecureChoice } from './fast/index.ts';
import { checkedPlan, readPlanText } from './input/read-plan.ts';
import { readStudyInput, type StudyInput } from './input/site-input.ts';
import { type RunOutput, runOnce } from './runs/run-once.ts';

export interface SimulateInput {
  /** Path of a plan file, or a parsed plan. */
  readonly plan: string | Plan;
  /** A folder with one CSV a site, one CSV with a site column, or the files' bytes. */
  readonly data: string | StudyInput;
  /** The column that names the site, where `data` is one file. */
  readonly siteColumn?: string;
  /** In the place of the plan's. */
  readonly seed?: number;
  /** `on` unless told otherwise. */
  readonly secure?: SecureChoice;
  /** Threads that hold the sites, with `secure` off or counted; 1 unless told otherwise. */
  readonly workers?: number;
  /** Most memory, as `2GB`; most of the machine's unless told otherwise. */
  readonly memory?: string;
  /** Path of an own algorithm; needs `secure` off or counted. */
  readonly algorithm?: string;
  /** `plain` unless told otherwise: the same bits on every machine. */
  readonly backend?: BackendName | 'chosen';
  /** Sums released so far, and expected in all. */
  readonly onProgress?: (done: number, expected: number) => void;
  /** A plain sentence about something that went wrong and was mended. */
  readonly onReport?: (text: string) => void;
}

/** @throws SimulationError with one plain sentence when the plan, the data or the machine do not allow it. */
export async function simulate(input: SimulateInput): Promise<RunOutput> {
  const { secure, workers, onProgress, onReport } = input;
  const given = typeof input.plan === 'string' ? checkedPlan(await readPlanText(input.plan), input.plan) : input.plan;
  const plan = input.seed === undefined ? given : { ...given, seed: input.seed };
  const data = typeof input.data === 'string' ? await readStudyInput(plan, input.data, input.siteColumn ?? null) : input.data;
  const memoryBytes = input.memory === undefined ? undefined : readMemory(input.memory);
  const algorithm = input.algorithm === undefined ? undefined : await namedAlgorithm(input.algorithm);
  const { backend = 'plain' } = input;
  return runOnce({ plan, data, backend, secure, workers, memoryBytes, algorithm, onReport, ...(onProgress && { onProgress }) });
}
