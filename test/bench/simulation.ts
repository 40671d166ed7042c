/**
 * A simulated study of some made-up hospitals, start to end: preparation, rounds of a network, the exact fit, evaluation. Every
 * secure sum in it is a real one. Held against the arithmetic it cannot do without.
 */
import { initMlp } from '@consilium/shared/models';
import type { Prepared } from '@consilium/shared/preparation';
import { type Plan, parsePlan } from '@consilium/shared/study';
import { localUpdate } from '@consilium/shared/training';
import { federate } from '@consilium/simulations';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import { seededUniform } from '../reference/made-rows.ts';
import { prepareSites } from '../simulations/cohorts/prepared.ts';
import { type Measurement, milliseconds, timeFigure } from './measurement.ts';
import { roundCrypto } from './round-crypto.ts';
import { sideBySide } from './side-by-side.ts';

const SITES = 5;
const PATIENTS = 300;
const ROUNDS = 5;
const REPETITIONS = 3;

export const simulation: Measurement = {
  name: 'simulation',
  title: `A simulated study: ${SITES} hospitals of ${PATIENTS} patients, ${ROUNDS} rounds of a network, the exact fit, evaluation`,
  run: async () => {
    const plan = demoNetwork();
    const cohort = madeHospitals();
    const sites = cohort.map(({ id, name, csv }) => ({ id, name, csv: new TextEncoder().encode(csv) }));
    const prepared = prepareSites(plan, cohort).map((site) => site.prepared);
    let sums = 0;
    const study = async (): Promise<void> => {
      const { view } = await federate({ plan, sites, splitCsv: null, backend: 'plain' });
      sums = view.timeline.length;
    };
    const crypto = roundCrypto(SITES, 1000);
    const times = await sideBySide(
      {
        study,
        training: () => trainAlone(plan, prepared),
        cryptography: () => {
          for (let sum = 0; sum < sums; sum++) crypto();
        },
      },
      REPETITIONS,
      0, // a study is long enough to be its own warm-up
    );
    const perSecond = (1000 * sums * SITES) / times.study;
    const needed = times.training + times.cryptography;
    const what = 'whole study, one thread';
    return [
      {
        what: `${sums} secure sums × ${SITES} sites`,
        product: `${perSecond.toFixed(0)} site-rounds/s`,
        against: { kind: 'none' },
        yardstick: '',
        ratio: `${milliseconds(times.study / sums)} a secure sum`,
        aim: { text: '≥ 50 × Flower’s simulation', isMet: null },
      },
      timeFigure({
        what,
        productMs: times.study,
        against: { kind: 'limit', name: 'its training + its cryptography' },
        yardstickMs: needed,
      }),
      timeFigure({ what, productMs: times.study, against: { kind: 'limit', name: 'its training alone' }, yardstickMs: times.training }),
    ];
  },
};

function demoNetwork(): Plan {
  const parsed = parsePlan(demoPlan('mlp').replace('fits: 5', 'fits: 1'), 'demo.yaml');
  if (!parsed.ok) throw new Error('the demo plan does not parse');
  return { ...parsed.plan, rounds: { ...parsed.plan.rounds, count: ROUNDS } };
}

function madeHospitals(): ReturnType<typeof makeCohort>['sites'] {
  const sites = Array.from({ length: SITES }, (_, i) => {
    return { ...DEMO_PROFILES[i % DEMO_PROFILES.length]!, id: `hospital-${i}`, name: `Hospital ${i}`, patients: PATIENTS };
  });
  return makeCohort({ sites, seed: 1 }).sites;
}

/** The local training of all sites in all rounds, and nothing else. */
async function trainAlone({ model, algorithm, rounds }: Plan, sites: readonly Prepared[]): Promise<void> {
  if (model.kind !== 'mlp' || algorithm.kind === 'newton') throw new Error('expected a plan that trains a network');
  const uniform = seededUniform(1);
  const shape = { inputs: sites[0]!.width, hidden: model.hidden };
  const weights = initMlp(shape, uniform);
  for (let round = 0; round < rounds.count; round++) {
    for (const { train } of sites) await localUpdate({ shape, weights, rows: train, config: algorithm, uniform, backend: 'plain' });
  }
}
