/** Flower's simulation of the bench's federation, where a Python and its package registry are reachable; else the reason why not. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface FlowerRun {
  readonly version: string;
  readonly siteRoundsPerSecond: number;
  readonly secondsPerRound: number;
  /** Of Flower's and Ray's processes together; null where the system does not tell. */
  readonly processorSecondsPerRound: number | null;
  readonly peakMegabytes: number;
}

export type Flower =
  | { readonly kind: 'ready'; run(sites: number, rounds: number, unchanged?: number): Promise<FlowerRun> }
  | { readonly kind: 'missing'; readonly reason: string };

const execute = promisify(execFile);
/** From the compiled file and from the source alike. */
const SCRIPT = resolve(import.meta.dirname, '../../../bench/flower/simulation.py');
const MOST_MS = 900_000;

/** Makes a virtual environment in the temporary folder once, and installs Flower there. */
export async function prepareFlower(): Promise<Flower> {
  const folder = join(tmpdir(), 'consilium-bench-flower');
  const windows = process.platform === 'win32';
  const python = join(folder, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  try {
    if (!existsSync(python)) await execute(windows ? 'python' : 'python3', ['-m', 'venv', folder]);
    await execute(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'flwr[simulation]', 'numpy'], {
      timeout: MOST_MS,
    });
  } catch (error) {
    const text = String((error as { readonly stderr?: string }).stderr || (error as Error).message);
    return { kind: 'missing', reason: `Flower cannot be installed here: ${text.trim().split('\n').at(-1) ?? 'no reason given'}` };
  }
  return {
    kind: 'ready',
    run: async (sites, rounds, unchanged = 0) => {
      const words = [SCRIPT, '--sites', String(sites), '--rounds', String(rounds), '--unchanged', String(unchanged)];
      const { stdout } = await execute(python, words, { timeout: MOST_MS, maxBuffer: 2 ** 26 });
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as FlowerRun;
    },
  };
}
