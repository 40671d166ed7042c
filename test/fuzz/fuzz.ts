/** `pnpm fuzz`: mutated and random messages both ways, with a fixed seed; prints how far they came, crashes, hangs and the slope of memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fuzzCoordinator, fuzzNoise, fuzzParticipant, record } from './machines.ts';
import { fuzzSockets } from './sockets.ts';
import { fuzzStudy } from './studies.ts';
import { newTally, report, type Tally } from './tally.ts';

const HELP = `Sends mutated and random messages both ways and counts what comes of them.

Usage: pnpm fuzz [--cases N] [--seed N] [--json]

  --cases N  how many messages, about (default 20000): 40 % at the coordinator's machine, 40 % at a site's, 10 % within whole
             studies of real hospitals, 8 % noise, 2 % frames on real sockets
  --seed N   another campaign (default 1)
  --json     one line of JSON
  --help     this text

Ends with 1 if anything crashed or hung.

Examples:
  pnpm fuzz --cases 100000
  pnpm fuzz --cases 5000 --seed 7
`;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** Slope of a line through the points, by least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([cases]) => cases), mean(([, bytes]) => bytes)];
  const covariance = points.reduce((sum, [cases, bytes]) => sum + (cases - x) * (bytes - y), 0);
  return covariance / points.reduce((sum, [cases]) => sum + (cases - x) ** 2, 0);
}

async function main(words: readonly string[]): Promise<number> {
  const option = (name: string, otherwise: number): number => {
    const at = words.indexOf(name);
    return at < 0 ? otherwise : Number(words[at + 1]);
  };
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const [cases, seed] = [option('--cases', 20_000), option('--seed', 1)];
  if (!Number.isSafeInteger(cases) || cases < 100 || !Number.isSafeInteger(seed)) {
    process.stderr.write('--cases needs a whole number of at least 100, --seed a whole number.\n');
    return 2;
  }
  const say = (text: string): void => void (words.includes('--json') ? 0 : process.stdout.write(`${text}\n`));
  const began = performance.now();
  const recording = record();
  const tallies: Tally[] = [
    'site → coordinator, machine',
    'coordinator → site, machine',
    'noise, both parsers',
    'whole studies, both ways',
    'frames on real sockets',
  ].map(newTally);
  const [coordinator, site, noise, studies, sockets] = tallies as [Tally, Tally, Tally, Tally, Tally];
  const memory: [number, number][] = [];
  const done = (): number => tallies.reduce((sum, tally) => sum + tally.cases, 0);
  const CHUNKS = 20;
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    fuzzCoordinator(recording, coordinator, Math.round((0.4 * cases) / CHUNKS), seed * 1000 + chunk);
    fuzzParticipant(recording, site, Math.round((0.4 * cases) / CHUNKS), seed * 1000 + chunk);
    fuzzNoise(noise, Math.round((0.08 * cases) / CHUNKS), seed * 1000 + chunk);
    memory.push([done(), heapBytes()]);
    say(`${done()} of ${cases} cases, heap ${(memory.at(-1)![1] / 2 ** 20).toFixed(1)} MiB`);
  }
  const slope = slopeOf(memory.slice(1));
  for (let study = 0; studies.cases < 0.1 * cases; study += 1) await fuzzStudy(studies, seed * 1000 + study);
  say(`${done()} of ${cases} cases`);
  await fuzzSockets(sockets, Math.round(0.02 * cases), seed);
  const seconds = (performance.now() - began) / 1000;
  for (const tally of tallies) say(report(tally));
  const [crashes, hangs] = [tallies.flatMap((tally) => tally.crashes), tallies.flatMap((tally) => tally.hangs)];
  say(
    `${done()} cases in ${seconds.toFixed(0)} s: ${crashes.length} crashes, ${hangs.length} hangs; heap ${slope.toFixed(1)} bytes a case over ${memory.at(-1)![0] - memory[1]![0]} cases`,
  );
  if (words.includes('--json')) {
    const told = tallies.map((tally) => ({
      ...tally,
      phases: Object.fromEntries(tally.phases),
      outcomes: Object.fromEntries(tally.outcomes),
    }));
    process.stdout.write(
      `${JSON.stringify({ cases: done(), seed, seconds, crashes: crashes.length, hangs: hangs.length, bytesPerCase: slope, tallies: told })}\n`,
    );
  }
  return crashes.length + hangs.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
