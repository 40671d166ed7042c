/** What threads bring to a simulation, and what its memory does over thousands of rounds. Every run is a process of its own. */
import { type Figure, type Measurement, milliseconds } from './measurement.ts';
import { type FederationRun, runFederation } from './scale/child.ts';
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
    if (pairs.some(({ one, two }) => one.longestWaySecondsPerRound === null || two.longestWaySecondsPerRound === null)) return [byClock];
    // What a round takes where no other program wants the cores.
    return [byClock, figure('processor time, main and busiest thread', (run) => run.longestWaySecondsPerRound ?? Number.NaN)];
  },
};

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
