/** `simulate worker`: works on the jobs of a queue until it is stopped. */
import type { Command } from 'commander';
import { readMemory } from '../fast/index.ts';
import { count, positive } from './option-values.ts';

interface WorkerOptions {
  readonly queue: string;
  readonly workers: number;
  readonly memory?: string;
  readonly idle?: number;
}

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('works on simulations that `run --queue` puts into a PostgreSQL database; start as many as there are cores and machines')
    .requiredOption('--queue <address>', 'the database, as postgres://user:password@host:5432/database')
    .option('--workers <n>', 'threads that hold the sites of one simulation, where its sums are not secure', count, 1)
    .option('--memory <size>', 'most memory to use, as 512MB or 2GB')
    .option('--idle <seconds>', 'end after so long without a job', positive)
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate worker --queue postgres://me@db.example.org/simulations
  pnpm simulate run plan.yaml --data hospitals --seeds 20 --queue postgres://me@db.example.org/simulations`,
    )
    .action(async ({ queue, workers, memory, idle }: WorkerOptions) => {
      const memoryBytes = memory === undefined ? undefined : readMemory(memory);
      const { workOnQueue } = await import('../queue/index.ts');
      const onJob = (what: string) => console.error(`Working on ${what}.`);
      const onReport = (text: string) => console.error(text);
      const done = await workOnQueue({ url: queue, workers, memoryBytes, idleSeconds: idle, onJob, onReport });
      console.error(`No job for ${idle} seconds; ${done} done.`);
    });
}
