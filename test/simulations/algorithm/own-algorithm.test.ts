/** Own algorithms: the product's FedAvg written as one gives its bits; the contract finds every way to break it; refusals in sentences. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Plan } from '@consilium/shared/study';
import { formatPlanErrors, parsePlan } from '@consilium/shared/study';
import { type Algorithm, simulate } from '@consilium/simulations';
import { checkAlgorithm, compileAlgorithm, importAlgorithm } from '@consilium/simulations/algorithm';
import { afterAll, describe, expect, it } from 'vitest';
import { fourSites as sites, smallPlan } from '../fast/fast-world.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../../simulations/examples/server-momentum.ts');
const folder = mkdtempSync(join(tmpdir(), 'consilium-own-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fedavg(): Plan {
  const { algorithm, ...plan } = smallPlan('mlp');
  if (algorithm.kind === 'newton') throw new Error('expected a plan with rounds');
  const { localEpochs, batchSize, learningRate } = algorithm;
  const parsed = parsePlan(JSON.stringify({ ...plan, algorithm: { kind: 'fedavg', localEpochs, batchSize, learningRate } }), 'own.json');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}
const data = { sites, splitCsv: null };
const example = await importAlgorithm(await compileAlgorithm(EXAMPLE));

describe('an own algorithm', () => {
  it('that is FedAvg ends with the weights of the product’s FedAvg, bit for bit', async () => {
    const plain = join(folder, 'plain.mjs');
    writeFileSync(
      plain,
      `import { algorithm as example } from ${JSON.stringify(await compileAlgorithm(EXAMPLE))};\nexport const algorithm = { name: 'plain', train: example.train };\n`,
    );
    const product = await simulate({ plan: fedavg(), data, secure: 'off' });
    const own = await simulate({ plan: fedavg(), data, secure: 'off', algorithm: plain, workers: 2 });
    expect(own.programme.network?.weights).toEqual(product.programme.network?.weights);
    expect(own.result.ownAlgorithm).toBe('plain');
    expect(product.result).not.toHaveProperty('ownAlgorithm');
    const momentum = await simulate({ plan: fedavg(), data, secure: 'off', algorithm: EXAMPLE });
    expect(momentum.programme.network?.weights).not.toEqual(product.programme.network?.weights);
  }, 60_000);

  it.each([
    ['where masks are on', { secure: 'on', algorithm: EXAMPLE }, /add --secure off/],
    ['in the place of another algorithm', { secure: 'off', algorithm: EXAMPLE, plan: smallPlan('mlp') }, /set algorithm\.kind to fedavg/],
    ['that is not there', { secure: 'off', algorithm: join(folder, 'none.ts') }, /There is no file/],
  ] as const)('is refused %s', async (_where, more, sentence) => {
    await expect(simulate({ plan: fedavg(), data, ...more })).rejects.toThrow(sentence);
  });

  it('whose types are wrong is refused with the compiler’s line', async () => {
    const wrong = join(folder, 'wrong.ts');
    writeFileSync(
      wrong,
      `import type { Algorithm } from '@consilium/simulations';\nexport const algorithm: Algorithm = { name: 'x', train: () => ({ update: [1] }) };\n`,
    );
    await expect(compileAlgorithm(wrong)).rejects.toThrow(/does not compile:\s.*wrong\.ts\(2,/s);
  });

  it('without the export is refused with the place to read', async () => {
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, 'export const other = 1;\n');
    await expect(importAlgorithm(await compileAlgorithm(empty))).rejects.toThrow(/must export `algorithm`.*docs\/own-algorithm\.md/);
  });
});

describe('the contract', () => {
  it('is kept by the example', async () => {
    expect((await checkAlgorithm(example)).filter(({ ok }) => !ok)).toEqual([]);
  });

  let calls = 0;
  let velocity = 0;
  const broken: readonly (readonly [string, Partial<Algorithm>])[] = [
    ['finite update', { train: ({ weights }) => ({ update: weights.map(() => Number.NaN) }) }],
    ['finite update', { train: () => ({ update: new Float64Array(1) }) }],
    ['same bits for the same input', { train: ({ weights }) => ({ update: weights.map(() => ++calls * 1e-3) }) }],
    [
      'changes nothing it is given',
      {
        train: ({ weights }) => {
          weights[0]! += 1;
          return { update: weights.map(() => 0) };
        },
      },
    ],
    ['without rows', { train: ({ weights }) => ({ update: weights.map(() => 0.1) }) }],
    [
      'from a copy of its state',
      {
        step: ({ weights, mean }) => {
          velocity += 1;
          return { weights: weights.map((value, i) => value + velocity * mean[i]!), state: [] };
        },
      },
    ],
    [
      'step changes nothing',
      {
        step: ({ weights, mean }) => {
          for (let i = 0; i < weights.length; i++) weights[i]! += mean[i]!;
          return { weights, state: [] };
        },
      },
    ],
    ['the loss falls', { train: ({ weights }) => ({ update: weights.map(() => 0) }) }],
    ['the loss falls', { step: ({ weights, mean }) => ({ weights: weights.map((value, i) => value - mean[i]!), state: [] }) }],
  ];
  it.each(broken)('finds what breaks "%s"', async (clause, parts) => {
    const checks = await checkAlgorithm({ ...example, ...parts });
    expect(checks.filter(({ ok }) => !ok).map(({ what }) => what)).toContainEqual(expect.stringContaining(clause));
  });

  it('says what was thrown', async () => {
    const checks = await checkAlgorithm({
      name: 'x',
      train: () => {
        throw new Error('no luck');
      },
    });
    expect(checks[0]).toMatchObject({ ok: false, reason: 'it threw: no luck' });
  });
});
