/** Oracles: mt19937ar's published first outputs of seed 5489, and what numpy prints for RandomState. */
import { expect, it } from 'vitest';
import { mersenneTwister, permutation } from './mersenne-twister.ts';

it('draws the published numbers: the first of seed 5489, and its ten thousandth (C++ standard, rand.predef)', () => {
  const draw = mersenneTwister(5489);
  expect(draw()).toBe(3_499_211_612);
  for (let i = 2; i < 10_000; i++) draw();
  expect(draw()).toBe(4_123_659_995);
});

it('orders as numpy does: RandomState(1000).permutation(10), RandomState(1039).permutation(17), numpy 2.4.6', () => {
  expect([...permutation(mersenneTwister(1000), 10)]).toEqual([2, 6, 5, 1, 4, 9, 0, 8, 7, 3]);
  expect([...permutation(mersenneTwister(1039), 17)]).toEqual([5, 13, 2, 3, 11, 9, 4, 1, 8, 14, 16, 7, 15, 12, 6, 10, 0]);
});
