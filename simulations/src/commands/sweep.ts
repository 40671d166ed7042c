/** `simulate sweep`: many settings of one plan, ranked on validation rows; test rows choose nothing. */
import type { Command } from 'commander';
import { metricsOfTask, type SettingRuns, testRowsOf } from '../comparison/index.ts';
import { readPlanText } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { align } from '../output/align.ts';
import { csvText } from '../output/csv.ts';
import { drawSettings, readRange } from '../plans/random-settings.ts';
import { changePlan, readSetOption } from '../plans/set-option.ts';
import { gridOf } from '../plans/settings.ts';
import { collect, count } from './option-values.ts';
import { planSettings, type RunOptions, runPlanned, withRunOptions } from './run.ts';
import { withDataOptions } from './study-data.ts';

interface SweepOptions extends RunOptions {
  readonly range: readonly string[];
  readonly samples: number;
  readonly sweepSeed: number;
}

export interface Ranked {
  readonly setting: string;
  /** What the task is ranked by. */
  readonly metric: string;
  /** Mean over seeds for the federated model on validation rows; NaN where undefined. */
  readonly value: number;
  /** The value, turned so that less is better. */
  readonly penalty: number;
}

export function addSweep(program: Command): void {
  const command = program
    .command('sweep')
    .description('runs many settings of a plan, every combination or random ones, and ranks them on validation rows')
    .argument('<plan>', 'the study plan, YAML or JSON')
    .option('--set <key=a,b,…>', 'values of one key; every combination is run', collect, [])
    .option('--range <key=low:high[:log]>', 'draw one key at random between two values; may be given several times', collect, [])
    .option('--samples <n>', 'how many random draws for --range', count, 10)
    .option('--sweep-seed <n>', 'another seed draws other settings', count, 1);
  withRunOptions(withDataOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate sweep plan.yaml --data hospitals --set algorithm.localEpochs=1,4 --set algorithm.learningRate=0.01,0.05 --jobs 2
  pnpm simulate sweep plan.yaml --data hospitals --range algorithm.learningRate=0.001:0.3:log --samples 12 --out out/rates`,
    )
    .action(sweepCommand);
}

async function sweepCommand(planPath: string, options: SweepOptions): Promise<void> {
  const text = await readPlanText(planPath);
  const grid = gridOf(options.set.map(readSetOption));
  const drawn = drawSettings(grid, options.range.map(readRange), options.samples, options.sweepSeed);
  if (drawn.length < 2) throw new SimulationError('A sweep needs at least two settings: give --set key=a,b or --range key=low:high.');
  const settings = planSettings(text, planPath, drawn);
  const ranks = (runs: readonly SettingRuns[]) => runs.map(rankOf).sort(byPenalty);
  const { settings: runs } = await runPlanned(settings, options, (done) => {
    const ranked = ranks(done);
    const best = settings.find(({ label }) => label === ranked[0]?.setting);
    return new Map([
      ['sweep.csv', csvText([['setting', 'metric', 'value'], ...ranked.map(({ setting, metric, value }) => [setting, metric, value])])],
      ['best.yaml', changePlan(text, best?.changes ?? {})],
    ]);
  });
  const ranked = ranks(runs);
  if (options.json) console.log(JSON.stringify({ out: options.out, ranked }));
  else {
    const lines = ranked.map(({ setting, value }) => [setting, value.toFixed(4)]);
    console.log(
      `${align([['setting', `${ranked[0]?.metric} on validation rows`], ...lines])}\n\nThe best plan is ${options.out}/best.yaml; every setting is in ${options.out}/report.html`,
    );
  }
}

function rankOf({ label, runs }: SettingRuns): Ranked {
  const values = runs.map(({ predictions, result }) => {
    const rows = testRowsOf([predictions], 'validation');
    if (rows.length === 0) {
      throw new SimulationError(
        'The plan keeps no validation rows, and a sweep chooses by them: set split.validation, for example --set split.validation=0.2.',
      );
    }
    const { names, rank, of } = metricsOfTask(result.plan);
    return { ...rank, value: of(rows, predictions, 'federated')(new Uint8Array(rows.length).fill(1))[names.indexOf(rank.metric)]! };
  });
  const [first] = values;
  const value = values.reduce((sum, item) => sum + item.value, 0) / values.length;
  return { setting: label, metric: first?.metric ?? '', value, penalty: first?.isLossLike === false ? -value : value };
}

/** The best first; settings that cannot be judged last. */
const byPenalty = (a: Ranked, b: Ranked): number =>
  (Number.isNaN(a.penalty) ? 1 : 0) - (Number.isNaN(b.penalty) ? 1 : 0) || a.penalty - b.penalty;
