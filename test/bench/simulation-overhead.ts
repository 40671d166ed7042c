/** What a round costs that changes nothing: ten sites return a large model as it came; in turns with Flower's simulation. */
import { availableParallelism } from 'node:os';
import { type FlowerRun, prepareFlower } from './flower/run-flower.ts';
import { type Measurement, milliseconds } from './measurement.ts';
import { type FederationRun, runFederation } from './scale/child.ts';
import { median } from './side-by-side.ts';

const PARAMETERS = 101_770;

export const simulationOverhead: Measurement = {
  name: 'simulation-overhead',
  title: `A round of 10 sites × ${PARAMETERS.toLocaleString('en')} weights returned unchanged`,
  run: async ({ turns }) => {
    const flower = await prepareFlower();
    const workers = Math.min(2, availableParallelism());
    const own: FederationRun[] = [];
    const peer: FlowerRun[] = [];
    for (let turn = 0; turn < (turns ?? 3); turn++) {
      own.push(await runFederation(10, 60, workers, 'unchanged'));
      if (flower.kind === 'ready') peer.push(await flower.run(10, 8, PARAMETERS));
    }
    const has = peer.length > 0;
    const figure = (what: string, ours: readonly number[], theirs: readonly number[]) => ({
      what,
      product: milliseconds(1000 * median(ours)),
      against: has ? ({ kind: 'peer', name: `Flower ${peer[0]?.version ?? ''}` } as const) : ({ kind: 'none' } as const),
      yardstick: has ? milliseconds(1000 * median(theirs)) : '',
      ratio: has ? `${(median(ours) / median(theirs)).toFixed(3)} × its time` : '',
      aim: null,
    });
    const [ours, theirs] = [own, peer].map((runs) => runs.map((run) => run.secondsPerRound));
    const onProcessor = [own, peer].map((runs) => runs.map((run) => run.processorSecondsPerRound ?? Number.NaN));
    return [
      figure(`a round, ${workers} workers`, ours ?? [], theirs ?? []),
      figure(`its processor time, ${workers} workers`, onProcessor[0] ?? [], onProcessor[1] ?? []),
    ];
  },
};
