/** A small campaign of `pnpm fuzz`, and that it reaches every phase: noise alone would prove nothing. */
import { describe, expect, it } from 'vitest';
import { fuzzCoordinator, fuzzNoise, fuzzParticipant, record } from './machines.ts';
import { fuzzSockets } from './sockets.ts';
import { fuzzStudy } from './studies.ts';
import { newTally, type Tally } from './tally.ts';

const expectUnharmed = ({ crashes, hangs }: Tally): void => {
  expect(crashes).toEqual([]);
  expect(hangs).toEqual([]);
};

describe('mutated messages', () => {
  const recording = record();

  it('crash neither machine, in any phase, and are refused by many different names', () => {
    const [coordinator, site, noise] = [newTally('coordinator'), newTally('site'), newTally('noise')];
    fuzzCoordinator(recording, coordinator, 1200, 42);
    fuzzParticipant(recording, site, 1200, 42);
    fuzzNoise(noise, 300, 42);
    for (const tally of [coordinator, site, noise]) expectUnharmed(tally);
    for (const phase of ['advertising', 'sharing', 'masking', 'agreeing', 'unmasking'])
      expect(coordinator.phases.get(phase), phase).toBeGreaterThan(50);
    for (const phase of ['advertised', 'shared', 'sent', 'agreed', 'answered']) expect(site.phases.get(phase), phase).toBeGreaterThan(50);
    const beyondTheParser = (tally: Tally) => tally.cases - (tally.outcomes.get('malformed') ?? 0);
    expect(beyondTheParser(coordinator)).toBeGreaterThan(300);
    expect(beyondTheParser(site)).toBeGreaterThan(300);
    for (const code of ['bad-signature', 'conflict', 'not-on-roster', 'wrong-round', 'accepted as it was'])
      expect(coordinator.outcomes.get(code), code).toBeGreaterThan(0);
    for (const code of ['bad-signature', 'adverts-inconsistent', 'survivors-inconsistent', 'accepted as it was'])
      expect(site.outcomes.get(code), code).toBeGreaterThan(0);
    expect(noise.outcomes.get('a message') ?? 0).toBe(0);
  });

  it('within a whole study bring nothing down, and it finishes when they end', async () => {
    const tally = newTally('study');
    await fuzzStudy(tally, 3);
    await fuzzStudy(tally, 4);
    expectUnharmed(tally);
    expect(tally.cases).toBeGreaterThan(100);
    expect(tally.outcomes.get('a message')).toBeGreaterThan(50);
  });

  it('on real sockets close at most their own connection', async () => {
    const tally = newTally('sockets');
    await fuzzSockets(tally, 60, 5);
    expectUnharmed(tally);
    expect(tally.outcomes.get('malformed')).toBeGreaterThan(10);
  });
});
