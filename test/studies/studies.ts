/** `pnpm studies NAME [seeds] [data folder]`: long validations against published figures, by name. */
import { runFlamby } from './flamby.ts';

const [name = '', seeds = '20', folder = '../shared/data/heart-disease'] = process.argv.slice(2);
if (name !== 'flamby' || !(Number(seeds) >= 1)) {
  console.error('studies needs a name (flamby), and may take a number of seeds and a data folder.');
  process.exit(2);
}
await runFlamby(Number(seeds), folder);
