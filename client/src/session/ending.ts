/**
 * How a hospital's part ends: stop now, leave the study, delete what this browser keeps of it. The link is closed first, whatever the
 * network does; what is written afterwards stays here.
 */
import type { JoinedSite } from './joined-site.ts';
import type { LocalStore, Membership } from './local-store.ts';
import type { Step } from './session-view.ts';
import { forgetSite } from './tab-memory.ts';

export interface EndingWorld {
  readonly store: LocalStore;
  readonly member: Membership;
  site(): JoinedSite | null;
  /** Ends chamber and link and shows a step. */
  leave(step: Step): void;
}

/** How a hospital's part has ended: a person stopped it, or left with or without the coordinator being told. */
export type Ended = NonNullable<Membership['halted']>;

const endedStep = (code: Ended): Step => ({ step: 'stopped', trouble: { code, text: '' } });

/** The step of a hospital whose part a person had ended on an earlier visit; null where nobody had. */
export const haltedStep = ({ halted }: Membership): Step | null => (halted === undefined ? null : endedStep(halted));

/** What is still being written of an ended part; a deletion comes after it. */
let writing: Promise<unknown> = Promise.resolve();

/**
 * Nothing is sent from this call on, online or not, also after a reload, until a person goes on. Who leaves says so first, in one last message; where
 * nobody could be told, that is what is kept and shown.
 */
export function endPart(world: EndingWorld, how: 'stopped' | 'left'): Promise<Membership> {
  const ended = how === 'left' ? writeLeave(world) : writeEnd(world, how);
  writing = ended.catch(() => undefined);
  return ended;
}

/** Kept as untold before anything is tried: a page that is closed meanwhile has not told anybody as far as it knows. */
async function writeLeave(world: EndingWorld): Promise<Membership> {
  const joined = world.site();
  const untold = { ...world.member, halted: 'left-untold' } as const;
  await world.store.putMembership(untold);
  const isTold = (await joined?.leave()) ?? false;
  return writeEnd({ ...world, site: () => joined }, isTold ? 'left' : 'left-untold');
}

async function writeEnd({ store, member, site, leave }: EndingWorld, how: Ended): Promise<Membership> {
  const joined = site();
  const stopping = how === 'stopped' ? joined?.stop() : undefined;
  leave(endedStep(how));
  const halted = { ...member, halted: how };
  await store.putMembership(halted);
  await joined?.mark(how === 'stopped' ? how : 'left');
  await stopping;
  return halted;
}

/** A person goes on after a stop. */
export async function goOn({ store, member }: Pick<EndingWorld, 'store' | 'member'>): Promise<Membership> {
  const { halted: _, ...membership } = member;
  await store.putMembership(membership);
  return membership;
}

/** Removes everything this browser keeps of the study, keys last. Nothing of it can be brought back. */
export async function deleteTraces(world: EndingWorld): Promise<void> {
  const joined = world.site();
  const stopping = joined?.stop();
  world.leave(endedStep('left'));
  await Promise.all([stopping, joined?.audit.settled(), writing]);
  forgetSite();
  await world.store.forget(world.member.study, world.member.site);
}
