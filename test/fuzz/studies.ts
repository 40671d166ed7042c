/**
 * Whole studies under fire: real hospitals and the coordinator's runner; before each honest message to one of them, or from one of them, come mutated ones. The study
 * must say of none of them that something failed inside, its log must replay to what it shows, and once the fire ends it must go on.
 */
import { createStudyRunner } from '@consilium/shared/federation';
import { type CoordinatorMessage, parseCoordinatorMessage, parseSiteMessage, type SiteMessage } from '@consilium/shared/protocol';
import { verifyEd25519 } from '@consilium/simulations';
import fc from 'fast-check';
import { linearPlan, smallHospitals } from '../reference/small-hospitals.ts';
import { besiege, type Siege } from '../siege/siege-world.ts';
import { type Mutation, mutate, mutation } from './mutation.ts';
import { count, HANG_MS, type Tally } from './tally.ts';

const MUTANTS = 8;

/** One study; its mutants are counted as cases, by what each of them met. */
export async function fuzzStudy(tally: Tally, seed: number): Promise<void> {
  const changes = fc.sample(mutation, { numRuns: 4000, seed });
  const said: SiteMessage[] = [];
  const heard: CoordinatorMessage[] = [];
  let next = 0;
  let isFiring = true;
  // One hospital a study: two of four that miss one release leave too few to vouch for the model (docs/threat-model.md).
  const isAtSite = seed % 2 === 0;
  const changed = <Message>(
    message: Message,
    others: readonly Message[],
    parse: (value: unknown) => { ok: boolean; message?: Message },
    phase: string,
  ): Message[] => {
    const mutants: Message[] = [];
    for (let i = 0; i < MUTANTS && next < changes.length; i++) {
      const change: Mutation = changes[next++]!;
      if (change.how === 'same') continue;
      tally.cases += 1;
      count(tally.phases, phase);
      const parsed = parse(mutate(message, others[change.spot % Math.max(1, others.length)] ?? message, change));
      count(tally.outcomes, parsed.ok ? 'a message' : 'malformed');
      if (parsed.ok) mutants.push(parsed.message!);
    }
    return mutants;
  };
  const began = performance.now();
  const siege: Siege = await besiege({
    ...{ plan: linearPlan(), inputs: smallHospitals(40) },
    cheat: {
      toSite: (to, message, { runner }) => {
        heard.push(message);
        const { phase } = runner.view();
        // Before it has signed, a hospital takes the first list it is shown; people compare it, not the program.
        if (!isFiring || !isAtSite || to !== 'north' || phase === 'gathering' || phase === 'signing') return [message];
        return [...changed(message, heard, parseCoordinatorMessage, `site, ${runner.view().round?.phase ?? runner.view().phase}`), message];
      },
      toCoordinator: (from, message, { runner }) => {
        said.push(message);
        if (!isFiring || isAtSite || from !== 'west') return [message];
        return [...changed(message, said, parseSiteMessage, `coordinator, ${runner.view().round?.phase ?? runner.view().phase}`), message];
      },
    },
  });
  await siege.run(12);
  isFiring = false;
  for (let tries = 0; tries < 4 && siege.runner.view().phase !== 'finished'; tries += 1) {
    if (siege.runner.view().phase === 'paused') await siege.runner.dispatch({ type: 'resume' });
    await siege.run(12);
  }
  const took = performance.now() - began;
  tally.slowestMs = Math.max(tally.slowestMs, took / Math.max(1, next));
  if (took > 30 * HANG_MS) tally.hangs.push(`study of seed ${seed}: ${took.toFixed(0)} ms`);
  for (const { id, reports } of siege.hospitals.values()) {
    for (const progress of reports)
      if (progress.type === 'error') tally.crashes.push(`seed ${seed}, ${id}: ${progress.code}: ${progress.text}`);
  }
  const view = siege.runner.view();
  count(tally.outcomes, `study ${view.phase}`);
  if (view.phase !== 'finished')
    tally.crashes.push(`seed ${seed}: the study did not go on: ${view.phase} ${view.reason ?? ''} ${JSON.stringify(view.timeline.at(-1))}`);
  const replayed = await createStudyRunner({ events: siege.events, world: silent(siege) });
  if (JSON.stringify(replayed.view()) !== JSON.stringify(view))
    tally.crashes.push(`seed ${seed}: the log does not replay to what the study shows`);
}

const silent = ({ blobs }: Siege) => ({
  append: async () => undefined,
  send: () => undefined,
  setTimer: () => undefined,
  blobs: {
    get: async (hash: string) => blobs.get(hash) ?? null,
    put: async () => '',
    has: async () => true,
    remove: async () => undefined,
  },
  verify: verifyEd25519,
  notify: () => undefined,
  fail: () => undefined,
});
