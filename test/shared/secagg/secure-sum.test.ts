/** The secure sum as a whole, against the slow twin and against plain sums. */
import { packVector } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slowMask, slowPack, slowSeedsOf, slowSum } from '../../reference/secagg-slow-twin.ts';
import { asPeer, receive, type StorySite, send, stories, story, survivors } from './stories.ts';

const slow = ({ vector }: StorySite) => ({ header: [...vector.header], body: [...vector.body].map(BigInt) });

it('gives the plain sum of the vectors that were sent, whoever dropped out', () => {
  let withDropouts = 0;
  fc.assert(
    fc.property(stories, (told) => {
      const expected = slowSum(survivors(told).map(slow), told.layout.bits);
      const { header, body } = receive(told);
      expect([...header]).toEqual(expected.header);
      expect([...body].map(BigInt)).toEqual(expected.body);
      if (told.dropped.size > 0) withDropouts++;
    }),
  );
  expect(withDropouts).toBeGreaterThan(30); // of 100 stories
});

it('sends the bytes the slow twin sends', () => {
  fc.assert(
    fc.property(stories, (told) => {
      for (const site of told.sites) {
        const expected = slowMask(slow(site), told.layout.bits, slowSeedsOf(site.index, told.sites, told.context));
        expect(send(site, told).bytes).toEqual(slowPack(expected, told.layout.bits));
      }
    }),
    { numRuns: 30 },
  );
});

it('gives the same sum bit for bit when ε moves from one site to another', () => {
  fc.assert(
    fc.property(stories, fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), fc.integer({ min: 1, max: 65535 }), (told, large, small) => {
      const [from, to] = survivors(told) as [StorySite, StorySite];
      const before = packVector(receive(told), told.layout);
      const bound = 2 ** told.layout.bits;
      for (const [site, sign] of [
        [from, -1],
        [to, 1],
      ] as const) {
        for (let index = 0; index < site.vector.header.length; index++) site.vector.header[index]! += large * BigInt(sign);
        for (let index = 0; index < site.vector.body.length; index++) {
          site.vector.body[index] = (site.vector.body[index]! + sign * small + bound) % bound;
        }
      }
      expect(packVector(receive(told), told.layout)).toEqual(before);
    }),
    { numRuns: 40 },
  );
});

it('gives something else when sites were shown different contexts', () => {
  const told = story(new Uint8Array(32), [0, 1, 2], { header: 1, body: 4, bits: 24 }, 0);
  const sum = packVector(receive(told), told.layout);
  const [first] = told.sites as [StorySite, ...StorySite[]];
  const misled = { ...told, context: new Uint8Array(32).fill(1) };
  expect(send(first, misled).bytes).not.toEqual(send(first, told).bytes);
  expect(packVector(receive(misled), told.layout)).toEqual(sum); // a context all agree on changes nothing
});

it('sends vectors that differ in every entry from the plain ones and between rounds', () => {
  const layout = { header: 20, body: 200, bits: 32 } as const;
  const told = story(new Uint8Array(32), [0, 1, 2, 3], layout, 0);
  const again = { ...told, context: new Uint8Array(32).fill(7) };
  for (const site of told.sites) {
    const plain = packVector(site.vector, layout);
    const sent = [send(site, told).bytes, send(site, again).bytes] as const;
    for (const [a, b] of [[plain, sent[0]], [plain, sent[1]], sent] as const) {
      const equal = a.reduce((count, byte, index) => count + (byte === b[index] ? 1 : 0), 0);
      expect(equal).toBeLessThan(25); // 960 bytes, 3.75 expected by chance, standard deviation 1.9
    }
  }
});

it('names peers by keys that both sides turn into the same seed', () => {
  const told = story(new Uint8Array(32).fill(5), [3, 1], { header: 0, body: 1, bits: 16 }, 0);
  const seeds = told.sites.map(({ index }) => slowSeedsOf(index, told.sites, told.context)[1]);
  expect(seeds[0]?.seed).toEqual(seeds[1]?.seed);
  expect(seeds.map((seed) => seed?.sign)).toEqual([-1, 1]);
  expect(asPeer(told.sites[0]!).publicKey).toHaveLength(32);
});
