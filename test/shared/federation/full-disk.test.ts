/** A coordinator whose disk was full for a moment: what it did afterwards is what a restart makes of its log. */
import type { StudyEvent } from '@consilium/shared/federation';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { runnerOver } from '../../reference/runner-over.ts';
import { linearPlan, smallHospitals } from '../../reference/small-hospitals.ts';

describe('a study whose disk was full for a moment', () => {
  it('is after every later event what its log says, has its deadline again, and needs every sum', async () => {
    const blobs = new Map<string, Uint8Array>();
    const { events } = await federate({
      ...{ plan: linearPlan(), sites: smallHospitals(), splitCsv: null, backend: 'plain' },
      onUpload: (_site, hash, bytes) => void blobs.set(hash, bytes),
    });
    const [created, ...others] = events;
    const log: StudyEvent[] = [created!];
    const { runner, disk, timers } = await runnerOver(blobs, log);
    let isStruck = false;
    for (const event of others.filter(({ type }) => type !== 'summed')) {
      if (event.type === 'message' && event.message.kind === 'masked-vector' && event.message.round === 2 && !isStruck) {
        isStruck = true;
        disk.isFull = true;
        expect(await runner.dispatch(event)).toMatchObject({ ok: false, code: 'storage-full' });
        disk.isFull = false;
        expect(runner.view()).toMatchObject({ phase: 'paused', reason: 'storage' });
      }
      await runner.dispatch(event);
      while (runner.view().round?.phase === 'summing') await new Promise((resolve) => setImmediate(resolve));
      if (event.type === 'message' && event.message.kind === 'advertise-keys' && event.message.round === 3) break;
    }
    expect(isStruck).toBe(true);
    expect(runner.view()).toMatchObject({ phase: 'paused', round: null, progress: { done: 2 } });
    timers.length = 0;
    await runner.dispatch({ type: 'resume' });
    expect(timers).toContainEqual(expect.objectContaining({ round: 3, phase: 'advertising' }));
    const again = await runnerOver(blobs, [...log]);
    expect(again.runner.view()).toEqual(runner.view());
    for (const event of log) if (event.type === 'summed') expect(again.runner.needsBlob(event.hash)).toBe(true);
    expect(again.runner.needsBlob('0'.repeat(64))).toBe(false);
  });
});
