/** `pnpm studies NAME [seeds] [data folder]`: long validations against published figures, by name. */
import { runFlamby } from './flamby.ts';

const STUDIES = { flamby: null, 'flamby-heart': 'heart-disease', 'flamby-tcga': 'tcga-brca' } as const;

const [name = '', seeds = '20', folder = '../shared/data'] = process.argv.slice(2);
const study = Object.entries(STUDIES).find(([known]) => known === name);
if (study === undefined || !(Number(seeds) >= 1)) {
  console.error(
    `studies needs a name (${Object.keys(STUDIES).join(', ')}), and may take a number of seeds and a folder with both data sets.`,
  );
  process.exit(2);
}
await runFlamby(Number(seeds), folder, study[1]);
