/** Masks hide, they do not check: a hospital may send any numbers. The model may be spoilt by that; the study must not end. */
import type { StudyEvent } from '@consilium/shared/federation';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { runnerOver } from '../../reference/runner-over.ts';
import { networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';

describe('an update round', () => {
  it('is released, teaches nothing and is followed by the next when the sum of weights is negative', async () => {
    const blobs = new Map<string, Uint8Array>();
    const { events, view } = await federate({
      ...{ plan: networkPlan(2), sites: smallHospitals(), splitCsv: null, backend: 'plain' },
      onUpload: (_site, hash, bytes) => void blobs.set(hash, bytes.slice()),
    });
    const { round } = view.timeline.find(({ kind }) => kind === 'update')!;
    const [created, ...others] = events;
    const { runner } = await runnerOver(blobs, [created!]);
    const isLastOf = (event: StudyEvent) => event.type === 'summed' && event.round === round;
    for (const event of others.slice(0, others.findIndex(isLastOf))) {
      const isVector = event.type === 'message' && event.message.kind === 'masked-vector' && event.message.round === round;
      if (isVector && event.message.kind === 'masked-vector' && event.site === 'east') blobs.get(event.message.hash)![7]! ^= 0x80;
      if (event.type !== 'summed') await runner.dispatch(event);
      while (runner.view().round?.phase === 'summing') await new Promise((resolve) => setImmediate(resolve));
    }
    expect(runner.view()).toMatchObject({ phase: 'running', round: { number: round + 1, kind: 'update' } });
    expect(runner.view().timeline.at(-1)).toMatchObject({ round, outcome: 'released' });
  });
});
