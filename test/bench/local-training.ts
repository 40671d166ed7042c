/** Local training of a small network on a table: the backend the product chooses here, against a loop written for this shape and TF.js `fit`. */
import { initMlp, type MlpShape } from '@consilium/shared/models';
import { type BackendName, chooseBackend, localUpdate, prepareBackends } from '@consilium/shared/training';
import { madeRows, seededUniform } from '../reference/made-rows.ts';
import { type Figure, type Measurement, speedFigure } from './measurement.ts';
import { sideBySide } from './side-by-side.ts';
import { tensorflowPeer, wasmFiles } from './tensorflow-fit.ts';
import { tightEpoch } from './tight-loop.ts';

const SHAPE: MlpShape = { inputs: 13, hidden: [64, 32] };
const ROWS = 2048;
const BATCH = 32;
const LEARNING_RATE = 0.01;
const REPETITIONS = 5;

export const localTraining: Measurement = {
  name: 'local-training',
  title: `Local training, network 13-64-32-1, ${ROWS} rows in batches of ${BATCH}`,
  run: async () => {
    const uniform = seededUniform(1);
    const rows = madeRows(ROWS, SHAPE.inputs);
    const weights = initMlp(SHAPE, uniform);
    const { candidates } = await prepareBackends({ wasm: await wasmFiles(), allowWebgl: false });
    const { chosen } = await chooseBackend({ candidates, shape: SHAPE, now: () => performance.now() });
    const config = { localEpochs: 1, batchSize: BATCH, learningRate: LEARNING_RATE };
    const product = (backend: BackendName) => () => localUpdate({ shape: SHAPE, weights, rows, config, uniform, backend });
    const tight = { inputs: 13, first: 64, second: 32, weights: weights.slice() };
    const peer = await tensorflowPeer(SHAPE, rows, BATCH, LEARNING_RATE);
    const ways = {
      plain: product('plain'),
      cpu: product('cpu'),
      wasm: product('wasm'),
      tight: () => tightEpoch(tight, rows.x, rows.y, BATCH, LEARNING_RATE),
      fitCpu: () => peer.epoch('cpu'),
      fitWasm: () => peer.epoch('wasm'),
    };
    const times = await sideBySide(ways, REPETITIONS, 2);
    peer.dispose();
    const speed = (ms: number): number => (1000 * ROWS) / ms;
    const unit = 'rows/s';
    const own = times[chosen === 'webgl' ? 'plain' : chosen];
    const figure = (name: string, yardstickMs: number, least?: number) => {
      const against = { kind: name.startsWith('TF.js') ? 'peer' : 'limit', name } as const;
      const what = `chosen backend: ${chosen}`;
      return speedFigure({
        what,
        product: speed(own),
        against,
        yardstick: speed(yardstickMs),
        unit,
        ...(least === undefined ? {} : { least }),
      });
    };
    const others = (['plain', 'cpu', 'wasm'] as const)
      .filter((name) => name !== chosen)
      .map((name): Figure => {
        const against = { kind: 'limit', name: 'loop written for this shape' } as const;
        return speedFigure({ what: `not chosen: ${name}`, product: speed(times[name]), against, yardstick: speed(times.tight), unit });
      });
    return [
      figure('loop written for this shape', times.tight, 0.7),
      figure('TF.js fit, cpu', times.fitCpu, 1),
      figure('TF.js fit, wasm', times.fitWasm, 1),
      ...others,
    ];
  },
};
