/** `pnpm studies NAME [seeds] [data folder]`: long validations against published figures, by name. */
import { runFlamby } from './flamby.ts';
import { runFlambyStarts } from './flamby-starts.ts';
import { runGain } from './gain.ts';

/** What each runs, with a number of seeds and the folder of both data sets. */
const STUDIES: Readonly<Record<string, (seeds: number, folder: string) => Promise<void> | void>> = {
  flamby: (seeds, folder) => runFlamby(seeds, folder),
  'flamby-heart': (seeds, folder) => runFlamby(seeds, folder, 'heart-disease'),
  'flamby-tcga': (seeds, folder) => runFlamby(seeds, folder, 'tcga-brca'),
  'flamby-starts': runFlambyStarts,
  gain: runGain,
};

const [name = '', seeds = '20', folder = '../shared/data'] = process.argv.slice(2);
const study = Object.hasOwn(STUDIES, name) ? STUDIES[name] : undefined;
if (study === undefined || !(Number(seeds) >= 1)) {
  console.error(
    `studies needs a name (${Object.keys(STUDIES).join(', ')}), and may take a number of seeds and a folder with both data sets.`,
  );
  process.exit(2);
}
await study(Number(seeds), folder);
