/** The command line of `pnpm bench`. */

export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly only: readonly string[]; readonly asJson: boolean };

/** @param names - Every measurement's name. */
export function readOptions(words: readonly string[], names: readonly string[]): Options {
  const only: string[] = [];
  let asJson = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--help' || word === '-h') return { kind: 'help' };
    if (word === '--json') asJson = true;
    else if (word === '--only') {
      const name = words[++at];
      if (name === undefined || !names.includes(name)) {
        return { kind: 'wrong', message: `--only needs one of: ${names.join(', ')}${name === undefined ? '' : `; got "${name}"`}.` };
      }
      only.push(name);
    } else if (word !== '--') return { kind: 'wrong', message: `There is no option "${word}"; --help lists them.` };
  }
  return { kind: 'run', only, asJson };
}

export function helpText(names: readonly string[]): string {
  return `Measures the product against limits and peers, side by side in this run, and prints ratios.

Usage: pnpm bench [--only NAME]… [--json]

  --only NAME  one measurement; may be given several times: ${names.join(', ')}
  --json       one line of JSON instead of the table
  --help       this text

"limit" is what the machine could do at best; "peer" is another program for the same job. Aims are those of the
architecture's table of speeds. A shared machine is noisy: compare ratios, not milliseconds.

Examples:
  pnpm bench
  pnpm bench --only mask-expansion --only local-training
  pnpm bench --json > bench.json
`;
}
