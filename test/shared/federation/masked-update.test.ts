/**
 * A site's trained weights must not be found in what it sends. Oracle: the update computed a second time from the site's own rows;
 * the masked body is compared with its fixed-point form entry by entry, and every blob and message is searched for its floats.
 */
import { lengthPrefixed, randomStream, sha256 } from '@consilium/shared/crypto';
import type { ProgrammeState } from '@consilium/shared/federation';
import { prepare, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { encodeUpdate, gridWeight, unpackVector } from '@consilium/shared/secagg';
import { planHash, tableSpec } from '@consilium/shared/study';
import { localUpdate } from '@consilium/shared/training';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';

describe('a masked update', () => {
  it('shows nothing of the weights it hides', async () => {
    const plan = networkPlan(1);
    if (plan.algorithm.kind === 'newton' || plan.model.kind !== 'mlp') throw new Error('expected a network');
    const sites = smallHospitals();
    const captured: { state: ProgrammeState; hash: string }[] = [];
    const seen: Buffer[] = [];
    const uploads = new Map<string, Uint8Array>();
    await federate({
      plan,
      sites,
      splitCsv: null,
      backend: 'plain',
      onUpload: (_site, name, sent) => uploads.set(name, sent),
      onSend: (site, message) => {
        seen.push(Buffer.from(JSON.stringify(message)));
        const state = site.site()?.state().programme;
        if (site.id === 'north' && message.kind === 'masked-vector' && state?.stage.kind === 'update')
          captured.push({ state, hash: message.hash });
      },
    });
    const [{ state, hash } = { state: null, hash: '' }] = captured;
    const north = sites[0];
    if (state?.scaling == null || state.network === null || north === undefined) throw new Error('no update was seen');

    const table = checkTable(readCsv(north.csv), tableSpec(plan));
    const { train } = prepare(plan, table, splitRows(plan, table, 'north', null).sets, state.scaling);
    const { localEpochs, batchSize, learningRate, bits, clip, weightCap } = plan.algorithm;
    const { delta } = await localUpdate({
      shape: { inputs: train.width, hidden: plan.model.hidden },
      weights: state.network.weights,
      rows: train,
      config: { localEpochs, batchSize, learningRate },
      uniform: randomStream(sha256(lengthPrefixed(['consilium batches 1', planHash(plan), 1, 'north']))).uniform,
      backend: 'plain',
    });
    const weight = gridWeight(train.rows, weightCap);
    const tensors = [{ length: delta.length, clip }];
    const plain = encodeUpdate({ delta, weight, tensors, bits, sites: 4, seed: new Uint8Array(32) }).body;
    const bytes = uploads.get(hash);
    if (bytes === undefined) throw new Error('the masked vector was not uploaded');
    const masked = unpackVector(bytes, { header: 4, body: delta.length, bits }).body;
    const alike = masked.filter((value, i) => Math.abs(value - (plain[i] ?? 0)) <= 1).length;
    expect(delta.length).toBeGreaterThan(15);
    expect(alike).toBe(0);

    const trained = state.network.weights.map((value, i) => value + (delta[i] ?? 0));
    const floats = [delta, trained].flatMap((values) => [
      Buffer.from(values.slice(0, 2).buffer),
      Buffer.from(Float32Array.from(values.slice(0, 2)).buffer),
    ]);
    const texts = [delta, trained].map((values) => Buffer.from(String(values[0])));
    for (const pattern of [...floats, ...texts]) {
      expect(seen.some((message) => message.includes(pattern))).toBe(false);
      expect(Buffer.from(bytes).includes(pattern)).toBe(false);
    }
  });
});
