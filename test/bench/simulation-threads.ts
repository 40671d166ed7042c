/** What threads bring to a simulation, and what its memory does over thousands of rounds. Every run is a process of its own. */
import { type Figure, type Measurement, milliseconds } from './measurement.ts';
import { type FederationRun, runFederation, runLoop } from './scale/child.ts';
import { median } from './side-by-side.ts';

const SITES = 200;
const LEAST = 1.6;

export const simulationWorkers: Measurement = {
  name: 'simulation-workers',
  title: `Two workers against one, ${SITES} sites, pair by pair`,
  run: async ({ turns }) => {
    const pairs: { readonly one: FederationRun; readonly two: FederationRun }[] = [];
    for (let turn = 0; turn < (turns ?? 5); turn++) {
      pairs.push({ one: await runFederation(SITES, 30, 1), two: await runFederation(SITES, 30, 2) });
    }
    const figure = (what: string, seconds: (run: FederationRun) => number): Figure => {
      const ratio = median(pairs.map(({ one, two }) => seconds(one) / seconds(two)));
      return {
        what,
        product: milliseconds(1000 * median(pairs.map(({ two }) => seconds(two)))),
        against: { kind: 'limit', name: 'one worker' },
        yardstick: milliseconds(1000 * median(pairs.map(({ one }) => seconds(one)))),
        ratio: `${ratio.toFixed(2)} × its speed`,
        aim: { text: `≥ ${LEAST} ×`, isMet: ratio >= LEAST },
      };
    };
    const byClock = figure('a round', (run) => run.secondsPerRound);
    const machine = await twoLoops(turns ?? 5);
    if (pairs.some(({ one, two }) => one.longestWaySecondsPerRound === null || two.longestWaySecondsPerRound === null))
      return [byClock, machine];
    // What a round takes where no other program wants the cores.
    return [byClock, figure('processor time, main and busiest thread', (run) => run.longestWaySecondsPerRound ?? Number.NaN), machine];
  },
};

/** What the machine's second core brings to programs that share nothing: no simulation can bring more. */
async function twoLoops(turns: number): Promise<Figure> {
  const pairs: { readonly alone: number; readonly together: number }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const alone = (await runLoop(SITES, 100)).siteRoundsPerSecond;
    const both = await Promise.all([runLoop(SITES, 100), runLoop(SITES, 100)]);
    pairs.push({ alone, together: both.reduce((sum, { siteRoundsPerSecond }) => sum + siteRoundsPerSecond, 0) });
  }
  const rate = (of: (pair: (typeof pairs)[number]) => number) => `${Math.round(median(pairs.map(of))).toLocaleString('en')} site-rounds/s`;
  return {
    what: 'two bare loops in processes of their own',
    product: rate(({ together }) => together),
    against: { kind: 'limit', name: 'one bare loop' },
    yardstick: rate(({ alone }) => alone),
    ratio: `${median(pairs.map(({ alone, together }) => together / alone)).toFixed(2)} × its speed`,
    aim: null,
  };
}

const ROUNDS = 4200;

export const simulationMemory: Measurement = {
  name: 'simulation-memory',
  title: `Resident memory over ${ROUNDS - 200} rounds of 10 sites, after 200, one worker`,
  run: async () => {
    const { slopeKb, peakMegabytes, highestMegabytes } = await runFederation(10, ROUNDS, 1);
    const [first, second] = highestMegabytes;
    return [
      {
        what: `slope ${slopeKb.toFixed(2)} KB a round, peak ${Math.round(peakMegabytes)} MB`,
        product: `highest of the second half ${second.toFixed(1)} MB`,
        against: { kind: 'none' },
        yardstick: `of the first half ${first.toFixed(1)} MB`,
        ratio: `${(second / first).toFixed(3)} × as high`,
        aim: { text: '≤ 1.02 ×', isMet: second <= 1.02 * first },
      },
    ];
  },
};
