/**
 * How a hospital's part ends: stop now, leave the study, delete what this browser keeps of it. The link is closed first, whatever the
 * network does; what is written afterwards stays here.
 */
import { openDeviceKey } from './device-key.ts';
import type { JoinedSite } from './joined-site.ts';
import { tellLeaving } from './leaving.ts';
import type { LedgerEntry } from './ledger.ts';
import type { LocalStore, Membership } from './local-store.ts';
import type { Step } from './session-view.ts';
import { openSiteRecord, type SiteRecordLog } from './site-record.ts';
import { forgetSite } from './tab-memory.ts';

export interface EndingWorld {
  readonly store: LocalStore;
  readonly member: Membership;
  site(): JoinedSite | null;
  /** Something was written into the list of what left. */
  sent(entry: LedgerEntry): void;
  /** Ends chamber and link and shows a step. */
  leave(step: Step): void;
}

/** How a hospital's part has ended: a person stopped it, or left with or without the coordinator being told. */
export type Ended = NonNullable<Membership['halted']>;

const endedStep = (code: Ended): Step => ({ step: 'stopped', trouble: { code, text: '' }, halted: code });

/** The step of a hospital whose part a person had ended on an earlier visit; null where nobody had. */
export const haltedStep = ({ halted }: Membership): Step | null => (halted === undefined ? null : endedStep(halted));

/** What is still being written of an ended part; a deletion comes after it. */
let writing: Promise<unknown> = Promise.resolve();

/**
 * Nothing is sent from this call on, online or not, also after a reload, until a person goes on. Who leaves says so first, in one last message; where
 * nobody could be told, that is what is kept and shown.
 */
export function endPart(world: EndingWorld, how: 'stopped' | 'left'): Promise<Membership> {
  const end = how === 'left' ? writeLeave(world) : writeStop(world);
  writing = end.catch(() => undefined);
  return end;
}

/**
 * Everything stops first, as for a stop; then the coordinator is told. Kept as untold before that: a page that is closed meanwhile has not told
 * anybody as far as it knows.
 */
async function writeLeave(world: EndingWorld): Promise<Membership> {
  const { store, member, sent } = world;
  const joined = world.site();
  await Promise.all([joined?.stop(), store.putMembership({ ...member, halted: 'left-untold' })]);
  world.leave({ step: 'leaving' });
  const audit = joined?.audit ?? openSiteRecord(store, await openDeviceKey(store, member.key), member, '');
  const isTold = await tellLeaving({ store, member, audit, sent }).catch(() => false);
  return ended(world, isTold ? 'left' : 'left-untold', audit);
}

async function writeStop(world: EndingWorld): Promise<Membership> {
  const joined = world.site();
  const stopping = joined?.stop();
  world.leave(endedStep('stopped'));
  const halted = await ended(world, 'stopped', joined?.audit ?? null);
  await stopping;
  return halted;
}

async function ended({ store, member, sent, leave }: EndingWorld, how: Ended, audit: SiteRecordLog | null): Promise<Membership> {
  const halted = { ...member, halted: how };
  await store.putMembership(halted);
  const type = how === 'stopped' ? how : 'left';
  const entry = { at: Date.now(), kind: type, round: null, sizeBytes: 0, hash: '', shape: '' };
  await store.addToLedger(member.study, member.site, entry);
  sent(entry);
  await audit?.note({ type });
  leave(endedStep(how));
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
