/** A hospital leaves while a study goes on: the others sign the list without it, or the study says why it cannot go on. */
import { toBase64 } from '@consilium/shared/crypto';
import { leaveBytes } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { networkPlan, smallHospitals } from '../reference/small-hospitals.ts';
import { at, others, replayed, SHORT, signing, signNext } from './leaving-world.ts';
import { FIVE, PLAN } from './lies.ts';
import { besiege, listAt } from './siege-world.ts';

describe('a hospital that leaves before the first sum', () => {
  it('is told to the others, who sign the list without it; the study goes on with those who remain, to its end', async () => {
    const siege = await signing();
    await siege.leave('zenith');
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: { version: 2, without: ['zenith'], signed: [] } });
    expect(siege.runner.view().sites.find(({ id }) => id === 'zenith')?.status).toBe('left');
    for (const hospital of others(siege, 'zenith')) {
      expect(listAt(hospital)).toMatchObject({ version: 1, successor: { version: 2, left: ['zenith'], putOff: [], isSigned: false } });
      await signNext(hospital);
      expect(listAt(hospital).successor?.isSigned).not.toBe(false);
    }
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'finished', successor: null });
    const { version, sites, isConfirmed } = listAt(at(siege, 'north'));
    expect({ version, isConfirmed, names: sites.map(({ name }) => name) }).toEqual({
      ...{ version: 2, isConfirmed: true },
      names: FIVE.filter((name) => name !== 'zenith'),
    });
    for (const { survivors } of siege.runner.view().timeline.slice(1)) expect(survivors).not.toContain('zenith');
    expect(await replayed(siege)).toEqual(siege.runner.view());
    const [last] = at(siege, 'zenith').said.slice(-1);
    expect(last?.kind).toBe('leave');
  });

  it('has signed the list without itself, so that t of the list before are one fewer of the others; who was away signs the plan when back', async () => {
    const siege = await signing(SHORT);
    await siege.leave('zenith');
    await siege.run();
    for (const id of ['north', 'east', 'south']) await signNext(at(siege, id));
    await siege.run();
    // In force with 4 of 5 signatures, yet no sum before west has signed the plan under it.
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: null });
    const released = siege.runner.view().progress.done;
    const west = at(siege, 'west');
    expect(listAt(west)).toMatchObject({ version: 2, isConfirmed: true, successor: null });
    expect(west.record.rosterHash).toBe(null);
    await west.site.approve(listAt(west).rosterHash);
    await siege.run();
    expect(siege.runner.view().phase).not.toBe('signing');
    expect(siege.runner.view().progress.done).toBeGreaterThan(released);
  });

  it('counts only by its own signature', async () => {
    const siege = await signing(SHORT);
    const signature = toBase64(at(siege, 'north').sign(leaveBytes({ study: PLAN.study, id: 'zenith' })));
    const message = { protocol: 1, study: PLAN.study, kind: 'leave', signature, successor: null } as const;
    expect(await siege.runner.dispatch({ type: 'message', site: 'zenith', message })).toMatchObject({ ok: false, code: 'bad-signature' });
    await siege.settle();
    expect(siege.runner.view()).toMatchObject({ phase: 'running', successor: null });
  });

  it('and too few that remain: the study says so and asks nobody', async () => {
    const siege = await besiege({ plan: PLAN, inputs: smallHospitals(40, FIVE.slice(0, 3)) });
    await siege.leave('south');
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'paused', reason: 'too-few-left', successor: null });
    expect(siege.mail.some(({ message }) => message.kind === 'proposal')).toBe(false);
  });
});

describe('a hospital that leaves after its numbers are in a sum', () => {
  it('ends an exact fit: no list is proposed, since the sums without it would show it', async () => {
    const siege = await signing(SHORT);
    await siege.settle();
    await siege.leave('zenith');
    siege.cheat = {};
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'paused', reason: 'hospital-left', successor: null });
    expect(await siege.runner.dispatch({ type: 'resume' })).toMatchObject({ ok: true });
    expect(siege.runner.view()).toMatchObject({ phase: 'paused', reason: 'hospital-left' });
    expect(await siege.runner.dispatch({ type: 'put-off', site: 'north' })).toMatchObject({ ok: false, code: 'cohort-frozen' });
  });

  it('lets a network be trained on, by those who remain and sign', async () => {
    const siege = await besiege({
      plan: networkPlan(3),
      inputs: smallHospitals(40, FIVE),
      cheat: { toSite: (_to, message) => (message.kind === 'open-round' && message.query.kind === 'update' ? [] : [message]) },
    });
    await siege.settle();
    const before = siege.runner.view().progress.done;
    expect(before).toBeGreaterThan(0);
    await siege.leave('zenith');
    siege.cheat = {};
    await siege.run();
    expect(siege.runner.view()).toMatchObject({ phase: 'signing', successor: { version: 2 } });
    for (const hospital of others(siege, 'zenith')) await signNext(hospital);
    await siege.run();
    const { timeline, phase, reason } = siege.runner.view();
    // Trained to the end; what is then asked of the test patients of the first cohort is not.
    expect([phase, reason]).toEqual(['paused', 'hospital-left']);
    const updates = timeline.filter(({ kind, outcome }) => kind === 'update' && outcome === 'released');
    expect(updates.length).toBe(3);
    for (const { survivors } of updates) expect(survivors).not.toContain('zenith');
  });
});

describe('a hospital that nobody answers for', () => {
  it('can be put off by the coordinator, and every page says that only the coordinator says so', async () => {
    const siege = await signing(SHORT);
    expect(await siege.runner.dispatch({ type: 'put-off', site: 'zenith' })).toMatchObject({ ok: true });
    await siege.run();
    for (const hospital of others(siege, 'zenith')) {
      expect(listAt(hospital).successor).toMatchObject({ left: [], putOff: ['zenith'] });
      await signNext(hospital);
    }
    await siege.settle();
    expect(siege.runner.view()).toMatchObject({ phase: 'running', successor: null });
  });

  it('is not believed to have left where the coordinator forges its word', async () => {
    const forged = { site: 4, signature: Buffer.alloc(64, 1).toString('base64') };
    const siege = await signing({
      toSite: (_to, message) => [message.kind === 'proposal' ? { ...message, departures: [forged] } : message],
    });
    await siege.runner.dispatch({ type: 'put-off', site: 'zenith' });
    await siege.run();
    for (const hospital of others(siege, 'zenith')) expect(listAt(hospital).successor).toMatchObject({ left: [], putOff: ['zenith'] });
  });
});
