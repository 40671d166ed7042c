/** The log is the study: replaying any prefix of it gives the state that the coordinator had, and the study goes on from there. */
import { createStudyRunner, type StudyEvent } from '@consilium/shared/federation';
import { federate, verifyEd25519 } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { linearPlan, networkPlan, smallHospitals } from '../../reference/small-hospitals.ts';

const base = { sites: smallHospitals(), splitCsv: null, backend: 'plain' } as const;

describe.each([
  ['exact fit', linearPlan()],
  ['network', networkPlan(2)],
])('replaying the log of an %s', (_name, plan) => {
  it('gives the same view after every prefix', async () => {
    const views: string[] = [];
    const { events, blobs, view } = await federate({ ...base, plan, onChange: (now) => views.push(JSON.stringify(now)) });
    const replay = async (log: readonly StudyEvent[]) => {
      const runner = await createStudyRunner({
        events: log,
        world: {
          append: async () => undefined,
          send: () => undefined,
          setTimer: () => undefined,
          blobs,
          verify: verifyEd25519,
          notify: () => undefined,
          fail: (error) => {
            throw error;
          },
        },
      });
      return JSON.stringify(runner.view());
    };
    expect(await replay(events)).toBe(JSON.stringify(view));
    for (let length = 2; length <= events.length; length += 23) expect(await replay(events.slice(0, length))).toBe(views[length - 2]);
  });
});
