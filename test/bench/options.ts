/** The command line of `pnpm bench`. */
import type { Limits } from './measurement.ts';

export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly only: readonly string[]; readonly asJson: boolean; readonly limits: Limits };

/** @param names - Every measurement's name. */
export function readOptions(words: readonly string[], names: readonly string[]): Options {
  const only: string[] = [];
  let asJson = false;
  let sites: readonly number[] | null = null;
  let turns: number | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--help' || word === '-h') return { kind: 'help' };
    if (word === '--json') asJson = true;
    else if (word === '--sites' || word === '--turns') {
      const text = words[++at] ?? '';
      const numbers = text.split(',').map(Number);
      if (!numbers.every((value) => Number.isInteger(value) && value >= 1) || (word === '--turns' && numbers.length > 1)) {
        return {
          kind: 'wrong',
          message: `${word} needs ${word === '--turns' ? 'a whole number' : 'whole numbers, as 10,100'}; got "${text}".`,
        };
      }
      if (word === '--turns') turns = numbers[0] ?? null;
      else sites = numbers;
    } else if (word === '--only') {
      const name = words[++at];
      if (name === undefined || !names.includes(name)) {
        return { kind: 'wrong', message: `--only needs one of: ${names.join(', ')}${name === undefined ? '' : `; got "${name}"`}.` };
      }
      only.push(name);
    } else if (word.startsWith('-') && word !== '--') return { kind: 'wrong', message: `There is no option "${word}"; --help lists them.` };
    else if (word !== '--') {
      const meant = names.filter((name) => name === word || name.startsWith(`${word}-`));
      if (meant.length === 0) return { kind: 'wrong', message: `There is no measurement "${word}"; there are: ${names.join(', ')}.` };
      only.push(...meant);
    }
  }
  return { kind: 'run', only, asJson, limits: { sites, turns } };
}

export function helpText(names: readonly string[]): string {
  return `Measures the product against limits and peers, side by side in this run, and prints ratios.

Usage: pnpm bench [NAME]… [--only NAME]… [--sites N,N…] [--turns N] [--json]

  NAME         measurements of that name, and those whose name begins with it
  --only NAME  one measurement; may be given several times: ${names.join(', ')}
  --sites N,N  only these sizes of simulation-scale (10, 100, 1000, 10000)
  --turns N    turns of each side in the simulation-… measurements: 1 is quick and rough
  --json       one line of JSON instead of the table
  --help       this text

"limit" is what the machine could do at best; "peer" is another program for the same job. Aims are those of the
architecture's table of speeds. A shared machine is noisy: compare ratios, not milliseconds.

Examples:
  pnpm bench
  pnpm bench simulation
  pnpm bench simulation-scale --sites 10,100 --turns 1
  pnpm bench --only mask-expansion --only local-training
  pnpm bench --json > bench.json
`;
}
