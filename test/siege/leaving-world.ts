/** Five hospitals at the signature, one of which will leave; what pages were shown and what a log gives again. */
import { createStudyRunner, type StudyView } from '@consilium/shared/federation';
import { verifyEd25519 } from '@consilium/simulations';
import { smallHospitals } from '../reference/small-hospitals.ts';
import { FIVE, PLAN } from './lies.ts';
import { besiege, type Cheat, type Hospital, listAt, type Siege } from './siege-world.ts';

/** Nothing after the first sums. */
export const SHORT: Cheat = { toSite: (_to, message) => (message.kind === 'open-round' && message.round > 3 ? [] : [message]) };

export const signing = (cheat: Cheat = {}): Promise<Siege> => besiege({ plan: PLAN, inputs: smallHospitals(40, FIVE), cheat });

/** Signs the next list that a hospital's page shows. */
export const signNext = (hospital: Hospital): Promise<void> => hospital.site.succeed(listAt(hospital).successor?.rosterHash ?? '');

export const at = (siege: Siege, id: string): Hospital => {
  const hospital = siege.hospitals.get(id);
  if (hospital === undefined) throw new Error(`no ${id}`);
  return hospital;
};

export const others = (siege: Siege, ...gone: string[]): Hospital[] => [...siege.hospitals.values()].filter(({ id }) => !gone.includes(id));

/** What the log gives again, without the runner that wrote it. */
export async function replayed({ events, blobs }: Siege): Promise<StudyView> {
  const runner = await createStudyRunner({
    events,
    world: {
      append: async () => undefined,
      send: () => undefined,
      setTimer: () => undefined,
      blobs: {
        get: async (name) => blobs.get(name) ?? null,
        put: async () => '',
        has: async (name) => blobs.has(name),
        remove: async () => undefined,
      },
      verify: verifyEd25519,
      notify: () => undefined,
      fail: () => undefined,
    },
  });
  return runner.view();
}
