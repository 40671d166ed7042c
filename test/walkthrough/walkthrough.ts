/**
 * A researcher's first hour as one command, `pnpm walkthrough`: every step a person takes with `pnpm simulate`, as real processes in a temporary
 * folder, each with its seconds and what was looked at. Ends with a failure where a step does not show what it should.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parsePlan, planHash } from '@consilium/shared/study';
import { parquetReadObjects } from 'hyparquet';

const root = resolve(import.meta.dirname, '../../..');
const cli = join(root, 'simulations/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'consilium-walkthrough-'));
const at = (...names: string[]): string => join(folder, ...names);
const json = (...names: string[]) => JSON.parse(readFileSync(at(...names), 'utf8'));
/** Longest that the demo may take. */
const DEMO_SECONDS = 120;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
  readonly seconds: number;
}

/** @param onStart - Gets the process, to interrupt it. */
function simulate(words: string, onStart: (child: ChildProcess) => void = () => undefined): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...words.split(' ')], { cwd: folder });
  let [out, error] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    error += text;
  });
  onStart(child);
  return new Promise((done) => child.on('close', (code) => done({ code, out, error, seconds: (performance.now() - started) / 1000 })));
}

let failures = 0;

/** Runs one command and says whether it showed what it should. */
async function step(
  what: string,
  words: string,
  looks: (ended: Ended) => Promise<boolean> | boolean,
  onStart?: (child: ChildProcess) => void,
) {
  const ended = await simulate(words, onStart);
  const ok = await Promise.resolve()
    .then(() => looks(ended))
    .catch((fault: unknown) => {
      console.log(`      ${fault}`);
      return false;
    });
  if (!ok) failures += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${ended.seconds.toFixed(1).padStart(5)} s  ${what}\n               simulate ${words}`);
  if (!ok) console.log([`      exit code ${ended.code}`, ended.out.slice(-2000), ended.error.slice(-2000)].join('\n'));
}

const succeeded = ({ code }: Ended): boolean => code === 0;
const hasTruths = (out: string): boolean => {
  const truth = JSON.parse(out).truth as { truth: number; interval: [number, number] | null }[];
  const known = truth.flatMap(({ truth: value, interval }) => (interval === null ? [] : [interval[0] <= value && value <= interval[1]]));
  console.log(`      ${known.filter(Boolean).length} of ${known.length} truths within their 95 % intervals`);
  return known.length > 0 && known.filter(Boolean).length >= 0.8 * known.length;
};

try {
  await step('local, federated and central over three seeds, in under two minutes', 'demo --out demo', (ended) => {
    const { summary } = json('demo', 'results.json');
    const hasAll = ['local', 'federated', 'central'].every(
      (model) => summary[model].logLoss.interval !== null && summary[model].logLoss.seedSd !== null,
    );
    return (
      succeeded(ended) &&
      hasAll &&
      ended.out.includes('report.html') &&
      existsSync(at('demo', 'report.html')) &&
      ended.seconds < DEMO_SECONDS
    );
  });

  await step('hospitals of one’s own to play with', 'cohort risk --patients 150 --out risk', succeeded);
  const files = readdirSync(at('risk', 'hospitals')).sort();
  const lines = files.map((name) =>
    readFileSync(at('risk', 'hospitals', name), 'utf8')
      .trim()
      .split('\n'),
  );
  const rows = lines.flatMap((own, site) => own.slice(1).map((line) => `${line},${files[site]?.replace('.csv', '')}`));
  writeFileSync(at('patients.csv'), `${[`${lines[0]?.[0]},ward`, ...rows].join('\n')}\n`);
  const data = '--data patients.csv --site-column ward';

  await step('a commented plan of their columns', 'init patients.csv --outcome died --patient patient --site-column ward', (ended) => {
    // As its comments ask: the unit of a quantity is said by a person.
    const text = readFileSync(at('plan.yaml'), 'utf8').replace('lactate, type: number,', 'lactate, type: number, unit: mmol/L,');
    writeFileSync(at('plan.yaml'), text);
    writeFileSync(at('typo.yaml'), text.replace('ridge: 1', 'rigde: 1'));
    const { model: _, algorithm: __, ...rest } = JSON.parse(JSON.stringify(planOf('plan.yaml')));
    const network = { ...rest, model: { kind: 'mlp', hidden: [4] }, algorithm: { kind: 'fedavg', localEpochs: 1 } };
    writeFileSync(
      at('network.json'),
      JSON.stringify({ ...network, rounds: { ...rest.rounds, count: 5 }, split: { ...rest.split, validation: 0.2 } }),
    );
    return succeeded(ended) && (text.match(/# /g)?.length ?? 0) > 5;
  });
  await step(
    'a typo in a key: its line and the nearest key',
    `run typo.yaml ${data}`,
    ({ code, error }) => code === 1 && /typo\.yaml line \d+: "algorithm\.rigde" is not a key; did you mean "ridge"\?/.test(error),
  );
  await step('the file as a hospital’s tab would read it', `check plan.yaml ${data}`, succeeded);
  for (const [name, partition] of [
    ['label', 'dirichlet:sites=6,alpha=0.3'],
    ['quantity', 'quantity:sites=6,sigma=1'],
  ]) {
    await step(
      `${name} skew, looked at before any training`,
      `split plan.yaml ${data} --partition ${partition} --plot ${name}.html`,
      (ended) => succeeded(ended) && readFileSync(at(`${name}.html`), 'utf8').includes('<svg'),
    );
  }

  const compared = `run network.json ${data} --set algorithm.kind=fedprox,scaffold,fedavg --seeds 5 --jobs 2 --secure off --out algorithms`;
  await step(
    'three algorithms, five seeds, two jobs; Ctrl-C',
    compared,
    ({ code, error }) => code === 130 && /--resume/.test(error),
    (child) => {
      const watch = setInterval(() => {
        const parts = at('algorithms.unfinished', 'parts');
        if (!existsSync(parts) || readdirSync(parts).every((name) => name.endsWith('.part'))) return;
        clearInterval(watch);
        child.kill('SIGINT');
      }, 20);
      child.on('close', () => clearInterval(watch));
    },
  );
  await step('and on with --resume', `${compared} --resume`, (ended) => {
    const { settings, differences } = json('algorithms', 'results.json');
    return succeeded(ended) && settings.length === 3 && differences.every(({ seedSd }: { seedSd: unknown }) => typeof seedSd === 'number');
  });
  await step('paired differences', 'compare algorithms', (ended) => succeeded(ended) && ended.out.includes('paired difference'));
  await step(
    'settings ranked on validation rows',
    `sweep network.json ${data} --set algorithm.learningRate=0.01,0.1 --secure off --out sweep`,
    (ended) => succeeded(ended) && planOf('sweep/best.yaml').algorithm.kind === 'fedavg',
  );

  const ids = files.map((name) => name.replace('.csv', ''));
  writeFileSync(
    at('dropouts.yaml'),
    `network: { latencyMs: 40 }\ndropout: { rate: 0.2, at: masked-vector }\nsites: { ${ids[0]}: { slower: 3 } }\n`,
  );
  writeFileSync(at('unit.yaml'), `sites: { ${ids[1]}: { unit: { feature: pressure, factor: 0.1333 } } }\n`);
  await step('dropouts and a straggler in virtual time', `run network.json ${data} --world dropouts.yaml --out dropouts`, (ended) => {
    const rounds = readFileSync(at('dropouts', 'rounds.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return succeeded(ended) && rounds.some(({ dropped }) => dropped.length > 0) && rounds.at(-1).virtual.to > 1;
  });
  await step(
    'a hospital that writes another unit is stopped by its own check',
    `run plan.yaml ${data} --world unit.yaml --out unit`,
    ({ code, error }) => code === 1 && error.startsWith(`${ids[1]}: A check of these data failed`) && !existsSync(at('unit')),
  );

  await step('survival with known truth', 'demo --survival --out survival --json', (ended) => succeeded(ended) && hasTruths(ended.out));
  await step('a treatment with known truth', 'demo --treatment --out trial --json', (ended) => succeeded(ended) && hasTruths(ended.out));

  await step('a report drawn anew; the other files of a result', 'report demo', async (ended) => {
    const bytes = readFileSync(at('demo', 'summary.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const stored = (await parquetReadObjects({ file })).find(({ model, metric }) => model === 'federated' && metric === 'logLoss');
    const { load } = (await import(pathToFileURL(join(root, 'simulations/notebook/load.mjs')).href)) as {
      load: (path: string) => Promise<{ summary: { federated: { logLoss: { mean: number } } }; rounds: unknown[] }>;
    };
    const { summary, rounds } = await load(at('demo'));
    const all = ['metrics.csv', 'rounds.jsonl', 'tensorboard', 'mlruns/1/meta.yaml'].every((name) => existsSync(at('demo', name)));
    return succeeded(ended) && all && rounds.length > 0 && stored?.mean === summary.federated.logLoss.mean;
  });
  await step('the drafted plan itself', `run plan.yaml ${data} --secure off --out exact`, succeeded);
  await step('new patients scored with its model', 'predict exact --data patients.csv --out risks.csv', (ended) => {
    const scored = readFileSync(at('risks.csv'), 'utf8').trim().split('\n');
    return succeeded(ended) && scored.length === 1 + rows.length && scored.slice(1).some((line) => Number(line.split(',')[1]) > 0);
  });
  await step(
    'a plan as the console takes it, with the hash that hospitals sign',
    'export-plan algorithms/settings/scaffold --out study.yaml --json',
    ({ out }) => JSON.parse(out).planHash === planHash(planOf('study.yaml')),
  );

  const own = join(root, 'simulations/examples/server-momentum.ts');
  await step(
    'an algorithm of one’s own keeps the contract',
    `check-algorithm ${own}`,
    (ended) => succeeded(ended) && !ended.out.includes('FAIL'),
  );
  await step(
    'and trains',
    `run network.json ${data} --algorithm ${own} --secure off --out momentum`,
    (ended) => succeeded(ended) && typeof json('momentum', 'results.json').ownAlgorithm === 'string',
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures === 0 ? 'Every step showed what it should.' : `${failures} steps failed.`);
process.exitCode = failures === 0 ? 0 : 1;

/** @throws Error for a text that is no plan. */
function planOf(name: string) {
  const parsed = parsePlan(readFileSync(at(name), 'utf8'), name);
  if (!parsed.ok) throw new Error(`${name} is no plan`);
  return parsed.plan;
}
