/**
 * A finished study says what it said at its end. Its passport holds the model with which it closed and none from the middle; no hospital changes
 * it afterwards by signing again, and no word of one fills the log.
 */
import { sha256, toBase64, toHex } from '@consilium/shared/crypto';
import {
  checkPassport,
  type PassportBody,
  type ProgrammeState,
  passportBytes,
  stateFromBytes,
  studyResults,
} from '@consilium/shared/federation';
import { approveBytes, bandOf, type CoordinatorSays, readyBytes, rosterHash, type SiteMessage } from '@consilium/shared/protocol';
import { planHash } from '@consilium/shared/study';
import { verifyEd25519 } from '@consilium/simulations';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallHospitals } from '../reference/small-hospitals.ts';
import { signingKey } from '../shared/protocol/signatures.ts';
import { advertsSaid, FIVE, PLAN } from './lies.ts';
import { besiege, type Siege } from './siege-world.ts';

let siege: Siege;
let body: Omit<PassportBody, 'log'>;

beforeAll(async () => {
  siege = await besiege({ plan: PLAN, inputs: smallHospitals(60, FIVE) });
  await siege.run();
  expect(siege.runner.view().phase).toBe('finished');
  body = siege.runner.passport()!;
}, 60_000);

/** As the coordinator signs whatever it likes; the checks that fail. */
function wrongIn(one: Omit<PassportBody, 'log'>): string[] {
  const whole = { ...one, log: { events: 1, head: '0'.repeat(64) } };
  const signature = toBase64(signingKey(sha256(Buffer.from('siege coordinator'))).sign(passportBytes(whole)));
  return checkPassport({ ...whole, signature }, verifyEd25519).flatMap(({ ok, id }) => (ok ? [] : [id]));
}

/** Every state that hospitals derived and signed for, by its hash. */
const derived = (): ReadonlyMap<string, Uint8Array> =>
  new Map(
    [...siege.hospitals.values()]
      .flatMap(({ stored }) => stored.flatMap(({ record }) => (record.model === null ? [] : [record.model.state])))
      .map((state) => [toHex(sha256(state)), state]),
  );

describe('the passport of a finished study', () => {
  it('is of the end: a state from the middle, signed by every hospital and with its own results, is named', () => {
    expect(wrongIn(body)).toEqual([]);
    const states = derived();
    const seen = new Set<string>();
    for (const { round } of siege.runner.view().timeline) {
      const adverts = advertsSaid(siege, round).sort((a, b) => a.site - b.site);
      const state = states.get(adverts[0]?.modelHash ?? '');
      if (state === undefined) continue;
      const programme = stateFromBytes(state) as ProgrammeState;
      const results = JSON.parse(JSON.stringify(studyResults(PLAN, programme)));
      const forged = { ...body, model: { hash: adverts[0]!.modelHash, state: toBase64(state), round, adverts }, results };
      const { kind } = programme.stage;
      expect([kind, wrongIn(forged)]).toEqual([kind, kind === 'closing' ? [] : ['end']]);
      seen.add(kind);
    }
    expect(seen).toContain('closing');
    expect(seen.size).toBeGreaterThan(2);
  });
});

describe('a hospital that goes on talking', () => {
  const say = (message: SiteMessage) => siege.runner.dispatch({ type: 'message', site: 'west', message });
  const common = { protocol: 1, study: PLAN.study } as const;

  it('signs for other programs as often as it likes: it is answered, the yes that all have seen stays, nothing is logged', async () => {
    const west = siege.hospitals.get('west')!;
    const roster = siege.runner.roster()!;
    const site = roster.sites.find(({ id }) => id === 'west')!.index;
    const logged = siege.events.length;
    for (let at = 1; at <= 60; at++) {
      const given = { planHash: planHash(PLAN), rosterHash: rosterHash(roster), clientHash: String(at).padStart(64, '1') };
      const signature = toBase64(west.sign(approveBytes({ roster, site }, given)));
      expect(await say({ ...common, kind: 'approve', ...given, signature })).toEqual({ ok: true });
      const told = siege.mail.at(-1)!.message as CoordinatorSays<'study-phase'>;
      expect([told.kind, told.signed.includes('west')]).toEqual(['study-phase', true]);
    }
    expect(siege.events.length).toBe(logged);
    expect(wrongIn(siege.runner.passport()!)).toEqual([]);
  });

  it('says again and again that its rows are ready: the same word leaves nothing, others are taken fifty times a page load', async () => {
    const west = siege.hospitals.get('west')!;
    const ready = (rows: number) => {
      const said = { rows: bandOf(rows), events: bandOf(20), checks: 'pass' } as const;
      const signature = toBase64(west.sign(readyBytes({ study: PLAN.study, id: 'west', ...said })));
      return say({ ...common, kind: 'ready', ...said, signature });
    };
    const taken = () => siege.events.filter((event) => event.type === 'message' && event.site === 'west').length;
    const before = taken();
    await ready(1000);
    for (let at = 0; at < 80; at++) expect((await ready(1000)).ok).toBe(true);
    expect(taken()).toBe(before + 1);
    for (let at = 0; at < 80; at++) await ready(at % 2 === 0 ? 100 : 1000);
    expect(taken()).toBeLessThanOrEqual(before + 50);
    expect(await ready(100)).toMatchObject({ ok: false, code: 'too-many-changes' });
    // Another page load begins anew.
    await siege.runner.dispatch({ type: 'connected', site: 'west', load: 'another load' });
    expect((await ready(100)).ok).toBe(true);
  });
});
