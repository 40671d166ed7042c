/** Worlds around the product's own rules. The oracle is arithmetic: what a link carries in a second, and which sites a round counted. */
import { readCsv } from '@consilium/shared/reading';
import type { StudyInput } from '@consilium/simulations';
import { attackVector, federate, readWorld, spoilFiles, type World } from '@consilium/simulations/world';
import { describe, expect, it } from 'vitest';
import { networkPlan, SITE_IDS, smallHospitals } from '../../reference/small-hospitals.ts';

const data: StudyInput = { sites: smallHospitals(80), splitCsv: null };
const world = (text: string): World => readWorld(text, 'world.yaml', SITE_IDS);
const run = (text: string, plan = networkPlan(4)) => federate({ ...data, plan, backend: 'plain', world: world(text) });
const updates = (federation: Awaited<ReturnType<typeof run>>) =>
  federation.view.timeline.filter(({ kind, outcome }) => kind === 'update' && outcome === 'released');

describe('a world', () => {
  it('that delays nothing changes no weight', async () => {
    const plain = await federate({ ...data, plan: networkPlan(1), backend: 'plain' });
    const same = await run('', networkPlan(1));
    expect(same.programme.network?.weights).toEqual(plain.programme.network?.weights);
    expect(Math.max(...[...(same.rounds ?? new Map()).values()].map(({ to }) => to))).toBeLessThan(1);
  });

  it('takes the time that latency and training take', async () => {
    const federation = await run(
      'network: { latencyMs: 500 }\ntraining: { secondsPerThousandRows: 100 }\nsites: { west: { slower: 3 } }',
      networkPlan(2),
    );
    const rounds = updates(federation).map(({ round }) => federation.rounds?.get(round) ?? { from: 0, to: 0 });
    // Slowest: 110 rows × 0.1 s × 3 from the opening, then its vector (0.5 s), two more answers (2 × 1 s), the first message down (0.5 s).
    const expected = 0.5 + 110 * 0.1 * 3 + 0.5 + 2;
    for (const { from, to } of rounds) expect(Math.abs(to - from - expected)).toBeLessThan(0.6);
  });

  it('leaves a straggler behind when its deadline comes, and ends the round then', async () => {
    const plan = { ...networkPlan(2), rounds: { ...networkPlan(2).rounds, trainSeconds: 20 } };
    const federation = await run('training: { secondsPerThousandRows: 100 }\nsites: { west: { slower: 10 } }', plan);
    expect(federation.view.phase).toBe('finished');
    for (const { survivors } of updates(federation)) expect(survivors).toEqual(['north', 'east', 'south']);
    const [first] = updates(federation);
    const times = federation.rounds?.get(first?.round ?? 0) ?? { from: 0, to: 0 };
    expect(times.to - times.from).toBeGreaterThanOrEqual(20);
    expect(times.to - times.from).toBeLessThan(21);
  });

  it('closes a tab for the rounds it is away, and counts it before and after', async () => {
    const federation = await run('sites: { east: { away: [{ from: 2, to: 3 }] } }');
    const counted = updates(federation).map(({ survivors }) => survivors.includes('east'));
    expect(counted).toEqual([true, false, false, true]);
  });

  it('lets a late joiner in from its round on', async () => {
    const federation = await run('sites: { south: { joins: 3 } }');
    const counted = updates(federation).map(({ survivors }) => survivors.includes('south'));
    expect(counted).toEqual([false, false, true, true]);
  });

  it('drops sites by chance, the same ones every time', async () => {
    const text = 'dropout: { rate: 0.3 }';
    const [first, again] = [await run(text, networkPlan(3)), await run(text, networkPlan(3))];
    const lost = updates(first).filter(({ survivors }) => survivors.length < 4).length;
    expect(lost).toBeGreaterThan(0);
    expect(first.view.timeline).toEqual(again.view.timeline);
    expect(first.view.phase).toBe('finished');
  });

  it('carries an attack into the sum', async () => {
    const plan = networkPlan(2);
    const [honest, flipped] = [await run('', plan), await run('sites: { west: { attack: { kind: sign-flip } } }', plan)];
    const loss = (federation: typeof honest) => federation.view.results?.models.federated?.logLoss ?? Number.NaN;
    expect(flipped.programme.network?.weights).not.toEqual(honest.programme.network?.weights);
    expect(updates(flipped).every(({ survivors }) => survivors.length === 4)).toBe(true); // nothing in a secure sum can tell
    expect(loss(flipped)).not.toBe(loss(honest));
  });
});

it('turns an update round in its ring, and never wraps it', () => {
  const vector = { header: BigUint64Array.of(7n), body: Uint32Array.of(5, 2 ** 24 - 3, 0) };
  expect(attackVector({ kind: 'sign-flip' }, vector, 24, 4)).toEqual({ header: vector.header, body: Uint32Array.of(2 ** 24 - 5, 3, 0) });
  const most = 2 ** 23 / 4 - 1;
  expect([...attackVector({ kind: 'scale', factor: 1e6 }, vector, 24, 4).body]).toEqual([most, 2 ** 24 - most, 0]);
});

it('spoils only the files it names, in the way it says', () => {
  const spoiled = spoilFiles(
    networkPlan(1),
    data,
    world('sites: { north: { unit: { feature: pressure, factor: 0.1333 } }, east: { flipLabels: 1 }, west: { keepRows: 12 } }'),
  );
  const column = (site: number, at: number, study = data) => readCsv(study.sites[site]!.csv).rows.map((cells) => Number(cells[at]));
  expect(column(0, 2, spoiled)[3]).toBeCloseTo((column(0, 2)[3] ?? 0) * 0.1333, 2);
  expect(column(1, 4, spoiled)).toEqual(column(1, 4).map((label) => 1 - label));
  expect(spoiled.sites[2]).toBe(data.sites[2]);
  expect(readCsv(spoiled.sites[3]!.csv).rows).toHaveLength(12);
});

it.each([
  ['trainin: {}', /line 1.*"trainin".*did you mean "training"/],
  ['network:\n  latencyMs: -1', /line 2.*latencyMs/],
  ['sites:\n  nroth: { slower: 2 }', /line 2.*no site "nroth".*did you mean "north"/],
  ['sites: { north: { slow: 2 } }', /"sites.north.slow".*did you mean "slower"/],
])('says where a world file is wrong: %s', (text, sentence) => {
  expect(() => world(text)).toThrow(sentence);
});
