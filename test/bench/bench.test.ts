/** The parts of `pnpm bench` that do not measure: its command line, medians, table, and whether its limit does the same work. */
import { initMlp } from '@consilium/shared/models';
import { mlpGradient } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { madeRows, seededUniform } from '../reference/made-rows.ts';
import { type Measurement, speedFigure, timeFigure } from './measurement.ts';
import { helpText, readOptions } from './options.ts';
import { roundInMemory, saidBySite } from './round-in-memory.ts';
import { median, sideBySide } from './side-by-side.ts';
import { figureTable } from './table.ts';
import { tightEpoch } from './tight-loop.ts';

const NAMES = ['first', 'second'];

describe('the command line', () => {
  it('runs everything unless told which', () => {
    const limits = { sites: null, turns: null };
    expect(readOptions([], NAMES)).toEqual({ kind: 'run', only: [], asJson: false, limits });
    expect(readOptions(['--json', '--only', 'second'], NAMES)).toEqual({ kind: 'run', only: ['second'], asJson: true, limits });
  });

  it('takes sizes and turns for a shorter run', () => {
    expect(readOptions(['--sites', '10,100', '--turns', '1'], NAMES)).toMatchObject({ limits: { sites: [10, 100], turns: 1 } });
    for (const words of [['--sites', '10,many'], ['--turns', '0'], ['--turns', '1,2'], ['--sites']]) {
      expect(readOptions(words, NAMES)).toMatchObject({ kind: 'wrong', message: expect.stringContaining(words[0]!) });
    }
  });

  it('names what it does not know, and what it does', () => {
    expect(readOptions(['--only', 'third'], NAMES)).toEqual({ kind: 'wrong', message: '--only needs one of: first, second; got "third".' });
    expect(readOptions(['--only'], NAMES)).toMatchObject({ kind: 'wrong' });
    expect(readOptions(['first'], ['first', 'first-of-many', 'second'])).toMatchObject({ only: ['first', 'first-of-many'] });
    expect(readOptions(['third'], NAMES)).toMatchObject({ kind: 'wrong', message: expect.stringContaining('first, second') });
    expect(readOptions(['--fast'], NAMES)).toMatchObject({ kind: 'wrong', message: expect.stringContaining('--fast') });
    expect(readOptions(['--json', '--help'], NAMES)).toEqual({ kind: 'help' });
    for (const name of NAMES) expect(helpText(NAMES)).toContain(name);
  });
});

describe('a comparison', () => {
  it('takes turns and leaves the first ones out', async () => {
    const order: string[] = [];
    const times = await sideBySide({ a: () => order.push('a'), b: async () => order.push('b') }, 2, 1);
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(Object.keys(times)).toEqual(['a', 'b']);
  });

  it('takes the middle of its times', () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 100])).toBe(3);
    expect(() => median([])).toThrow(RangeError);
  });

  it('meets an aim about time from below and one about speed from above', () => {
    const time = { what: 'x', against: { kind: 'limit', name: 'y' }, yardstickMs: 2, most: 1.5 } as const;
    expect(timeFigure({ ...time, productMs: 3 })).toMatchObject({ ratio: '1.50 × its time', aim: { isMet: true } });
    expect(timeFigure({ ...time, productMs: 3.1 })).toMatchObject({ aim: { isMet: false } });
    const speed = { what: 'x', against: { kind: 'peer', name: 'y' }, yardstick: 2, unit: 'rows/s', least: 4 } as const;
    expect(speedFigure({ ...speed, product: 8 })).toMatchObject({ ratio: '4.00 × its speed', aim: { isMet: true } });
    expect(speedFigure({ ...speed, product: 7 })).toMatchObject({ aim: { isMet: false } });
  });

  it('says in the table what was a limit, what a peer, and whether the aim was met', () => {
    const measurement: Measurement = { name: 'first', title: 'First', run: async () => [] };
    const figure = timeFigure({ what: 'x', productMs: 3, against: { kind: 'limit', name: 'y' }, yardstickMs: 1, most: 2 });
    const open = { ...figure, against: { kind: 'none' }, aim: { text: 'z', isMet: null } } as const;
    const lines = figureTable(
      [measurement],
      [figure, open].map((each) => ({ measurement: 'first', ...each })),
    ).split('\n');
    expect(lines.slice(-3)[0]).toBe('First  (--only first)');
    expect(lines.at(-2)).toMatch(/limit: y .*3\.00 × its time +≤ 2 × +not met$/);
    expect(lines.at(-1)).toMatch(/z +not measured$/);
  });
});

it('the loop that limits local training takes the steps of the product’s own', () => {
  const shape = { inputs: 5, hidden: [4, 3] };
  const rows = madeRows(11, shape.inputs);
  const weights = initMlp(shape, seededUniform(2));
  const network = { inputs: 5, first: 4, second: 3, weights: weights.slice() };
  tightEpoch(network, rows.x, rows.y, 4, 0.1);
  const gradientOf = mlpGradient(shape, rows);
  for (const batch of [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9, 10],
  ]) {
    const gradient = gradientOf(weights, Uint32Array.from(batch));
    for (let i = 0; i < weights.length; i++) weights[i]! -= 0.1 * gradient[i]!;
  }
  const largest = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - network.weights[i]!)), 0);
  expect(largest).toBeLessThan(1e-12);
});

it('the round that is measured is a whole one: every site says all five things', () => {
  const round = roundInMemory(4, { header: 2, body: 8, bits: 24 });
  const played = round.play();
  const kinds = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'];
  expect(saidBySite(played).map((said) => said.map(({ kind }) => kind))).toEqual(Array.from({ length: 4 }, () => kinds));
  expect(() => round.coordinatorAlone(played)).not.toThrow();
});
