/** Sites in threads: the same bits as in one, a thread that dies is mended once, and a full memory is a sentence. */
import { stateBytes } from '@consilium/shared/federation';
import { formatPlanErrors, parsePlan } from '@consilium/shared/study';
import { federateInThreads, readMemory, type ThreadedInput } from '@consilium/simulations/fast';
import { describe, expect, it } from 'vitest';
import { fastInThisThread, fourSites as sites, smallPlan } from './fast-world.ts';

const plan = smallPlan('mlp');
const inThreads = (more: Partial<ThreadedInput> = {}) =>
  federateInThreads({ plan, sites, splitCsv: null, backend: 'plain', workers: 2, withSiteResults: false, ...more });

describe('sites in threads', () => {
  it('give the bits of one thread', async () => {
    const one = await fastInThisThread(plan, sites, [0, 0, 0, 0]);
    const many = await inThreads({ workers: 3, withSiteResults: true });
    expect(stateBytes(many.programme)).toEqual(stateBytes(one.programme));
    expect([...many.results]).toEqual([...one.results]);
    expect([...many.reports]).toEqual([...one.reports]);
  });

  it('go on when a thread dies in the middle: it is reported, and its work done once more', async () => {
    const whole = await inThreads();
    const said: string[] = [];
    const threads: { terminate(): unknown }[] = [];
    const mended = await inThreads({
      onReport: (text) => said.push(text),
      onWorker: (worker) => threads.push(worker),
      onRound: ({ kind, round }) => {
        if (kind === 'update' && round > 3 && threads.length === 2) void threads[1]?.terminate();
      },
    });
    expect(said).toEqual([expect.stringMatching(/^A worker died .* started again/)]);
    expect(threads).toHaveLength(3);
    expect(stateBytes(mended.programme)).toEqual(stateBytes(whole.programme));
  });

  it('begin anew when a thread dies that held what its sites keep for themselves', async () => {
    if (plan.algorithm.kind !== 'fedadam') throw new Error('expected the demo to be a FedAdam study');
    const { localEpochs, batchSize, learningRate, clip, bits, weightCap } = plan.algorithm;
    const settings = { localEpochs, batchSize, learningRate, clip, bits, weightCap };
    const parsed = parsePlan(JSON.stringify({ ...plan, algorithm: { kind: 'scaffold', ...settings } }), 'scaffold.json');
    if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
    const whole = await inThreads({ plan: parsed.plan });
    const said: string[] = [];
    const threads: { terminate(): unknown }[] = [];
    let updates = 0;
    const mended = await inThreads({
      plan: parsed.plan,
      onReport: (text) => said.push(text),
      onWorker: (worker) => threads.push(worker),
      onRound: ({ kind }) => {
        if (kind === 'update' && ++updates === 2) void threads[0]?.terminate();
      },
    });
    expect(said).toEqual([expect.stringMatching(/begins anew/)]);
    expect(stateBytes(mended.programme)).toEqual(stateBytes(whole.programme));
  });

  it('give up with a sentence when threads keep dying', async () => {
    const threads: { terminate(): unknown }[] = [];
    const dying = inThreads({
      onWorker: (worker) => {
        threads.push(worker);
        if (threads.length > 2) void worker.terminate();
      },
      onRound: ({ round }) => {
        if (round === 2) void threads[0]?.terminate();
      },
    });
    await expect(dying).rejects.toThrow(/A worker died twice/);
  });

  it('end with the cap in a clear sentence when the memory is full', async () => {
    const said: string[] = [];
    const started: unknown[] = [];
    const full = inThreads({
      memoryBytes: readMemory('64MB'),
      onReport: (text) => said.push(text),
      onWorker: (worker) => started.push(worker),
    });
    await expect(full).rejects.toThrow(/^Out of memory: 4 sites on 2 workers need more than the 64 MB that --memory allows\./);
    expect({ said, started: started.length }).toEqual({ said: [], started: 2 }); // ended threads are not mended
  });
});

describe('--memory', () => {
  it.each([
    ['2GB', 2 ** 31],
    ['512MB', 2 ** 29],
    ['1.5 gb', 1.5 * 2 ** 30],
  ])('reads %s', (text, bytes) => {
    expect(readMemory(text)).toBe(bytes);
  });

  it.each(['2', 'GB', '-1GB', '10MB', '2TB', ''])('refuses "%s" with an example', (text) => {
    expect(() => readMemory(text)).toThrow(/--memory needs a size as 512MB or 2GB/);
  });
});
