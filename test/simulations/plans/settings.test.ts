/** `--set`: values of several kinds, every combination, and kinds that know other keys than the one before. */
import { parsePlan } from '@consilium/shared/study';
import { demoPlan } from '@consilium/simulations/cohorts';
import { changePlan, gridOf, readSetOption } from '@consilium/simulations/plans';
import { describe, expect, it } from 'vitest';

describe('one --set', () => {
  it.each([
    ['algorithm.ridge=2', 'algorithm.ridge', [2]],
    ['algorithm.kind=fedavg,fedadam', 'algorithm.kind', ['fedavg', 'fedadam']],
    ['model.hidden=[16, 8],[4]', 'model.hidden', [[16, 8], [4]]],
    ['title="one, two"', 'title', ['one, two']],
    ['evaluation={ bins: 50, smallestCell: 5 }', 'evaluation', [{ bins: 50, smallestCell: 5 }]],
  ])('reads %s', (text, key, values) => {
    expect(readSetOption(text)).toEqual({ key, values });
  });

  it.each(['algorithm', '=2', 'a='])('refuses %s', (text) => {
    expect(() => readSetOption(text)).toThrow(/key=value/);
  });
});

it('makes every combination, each with a name of what varies', () => {
  const settings = gridOf([
    { key: 'algorithm.kind', values: ['fedavg', 'fedadam'] },
    { key: 'rounds.count', values: [5] },
    { key: 'algorithm.localEpochs', values: [1, 2] },
  ]);
  expect(settings.map(({ label }) => label)).toEqual([
    'kind=fedavg, localEpochs=1',
    'kind=fedavg, localEpochs=2',
    'kind=fedadam, localEpochs=1',
    'kind=fedadam, localEpochs=2',
  ]);
  expect(settings[3]?.changes).toEqual({ 'algorithm.kind': 'fedadam', 'rounds.count': 5, 'algorithm.localEpochs': 2 });
});

it('leaves out what another algorithm does not know, and keeps what both know', () => {
  const withMemory = changePlan(demoPlan('mlp'), { 'algorithm.server.beta1': 0.8 });
  const changed = parsePlan(changePlan(withMemory, { 'algorithm.kind': 'fedavg' }), 'plan.yaml');
  expect(changed.ok && changed.plan.algorithm).toMatchObject({
    kind: 'fedavg',
    localEpochs: 4,
    learningRate: 0.05,
    server: { learningRate: 0.03 },
  });
  const wrong = parsePlan(changePlan(withMemory, { 'algorithm.kind': 'fedavgg' }), 'plan.yaml');
  expect(wrong.ok ? '' : wrong.errors.map(({ message }) => message).join()).toContain('did you mean "fedavg"');
});
