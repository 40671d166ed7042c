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
    } else if (word.startsWith('-') && word !== '--') return { kind: 'wrong', message: `There is no option "${word}"; --help lists them.` };
    else if (word !== '--') {
      const meant = names.filter((name) => name === word || name.startsWith(`${word}-`));
      if (meant.length === 0) return { kind: 'wrong', message: `There is no measurement "${word}"; there are: ${names.join(', ')}.` };
      only.push(...meant);
    }
  }
  return { kind: 'run', only, asJson };
}

export function helpText(names: readonly string[]): string {
  return `Measures the product against limits and peers, side by side in this run, and prints ratios.

Usage: pnpm bench [NAME]… [--only NAME]… [--json]

  NAME         measurements of that name, and those whose name begins with it
  --only NAME  one measurement; may be given several times: ${names.join(', ')}
  --json       one line of JSON instead of the table
  --help       this text

"limit" is what the machine could do at best; "peer" is another program for the same job. Aims are those of the
architecture's table of speeds. A shared machine is noisy: compare ratios, not milliseconds.

Examples:
  pnpm bench
  pnpm bench simulation
  pnpm bench --only mask-expansion --only local-training
  pnpm bench --json > bench.json
`;
}
