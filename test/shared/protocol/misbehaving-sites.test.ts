/** Sites that break the rules with their own valid signatures: the round ends or goes on without them, never with a wrong sum. */
import { fromBase64, fromHex, lengthPrefixed, sealEnvelope, sha256, toBase64, toHex } from '@consilium/shared/crypto';
import {
  type RoundState,
  type SiteMessage,
  type SiteSays,
  shareBytes,
  shareCommitment,
  sharePlaintext,
  unmaskBytes,
} from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { exampleInput, exampleSites, exampleTerms, LAYOUT, plainSum, siteKey } from './example.ts';
import { happen, openWorld, post, settle, type World } from './world.ts';

const SITES = exampleSites(5);
const [A, B, C, D, E] = SITES as [number, number, number, number, number];
const terms = exampleTerms(SITES);
const KINDS = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'] as const;

/** One site's messages of one kind are replaced; it signs the replacement itself. */
function playWith<Kind extends (typeof KINDS)[number]>(
  bad: number,
  kind: Kind,
  forge: (message: SiteSays<Kind>, world: World) => SiteMessage,
): World {
  let world: World | null = null;
  world = openWorld({
    terms,
    sites: SITES,
    cheat: {
      toCoordinator: (from, message) =>
        from === bad && message.kind === kind && world !== null ? [forge(message as SiteSays<Kind>, world)] : [message],
    },
  });
  settle(world);
  return world;
}

const contextOf = (state: RoundState) => fromHex((state as Extract<RoundState, { context: string }>).context);
const signer = (world: World, site: number) => ({ roster: terms.roster, round: 7, context: contextOf(world.round), site });

/** Deals other shares than those of the advertised secrets. */
function redeal(
  world: World,
  message: SiteSays<'share-keys'>,
  change: (to: number) => { seal: Uint8Array; commitTo: Uint8Array },
): SiteMessage {
  const { state } = world.sites.get(C)!;
  if (!('secrets' in state)) throw new Error('the dealer is in R1');
  const { envelopeSecret } = state.secrets;
  const context = contextOf(world.round);
  const shares = message.shares.map(({ to }) => {
    const { seal, commitTo } = change(to);
    const recipient = world.sites.get(to)!.said.find(({ kind }) => kind === 'advertise-keys') as SiteSays<'advertise-keys'>;
    const sealed = sealEnvelope({
      nonce: sha256(Uint8Array.of(to)).slice(0, 24),
      plaintext: sharePlaintext(context, C, to, { selfSeedShare: seal, maskKeyShare: seal }),
      recipientPublicKey: fromBase64(recipient.envelopeKey),
      senderSecretKey: envelopeSecret,
    });
    const commitment = shareCommitment(context, SITES.indexOf(to) + 1, commitTo);
    const statement = { to, sealed: toBase64(sealed), selfSeedCommitment: commitment, maskKeyCommitment: commitment };
    return { ...statement, signature: toBase64(siteKey(C).sign(shareBytes(signer(world, C), statement))) };
  });
  return { ...message, shares };
}

describe('a dealer', () => {
  it('that seals another share than it signed is complained about, and the round ends with both names', () => {
    const world = playWith(C, 'share-keys', (message, at) =>
      redeal(at, message, (to) => ({ seal: new Uint8Array(32).fill(to), commitTo: new Uint8Array(32).fill(to === B ? 77 : to) })),
    );
    expect(world.round).toMatchObject({ phase: 'aborted', code: 'bad-share', blame: [C, B] });
    expect(world.sites.get(B)!.outcome).toEqual({ kind: 'refused', code: 'bad-share' });
    expect(world.sites.get(B)!.said.map(({ kind }) => kind)).not.toContain('masked-vector');
  });

  it('whose shares open to another seed than it advertised is blamed, and no sum is published', () => {
    const world = playWith(C, 'share-keys', (message, at) =>
      redeal(at, message, () => ({ seal: new Uint8Array(32).fill(5), commitTo: new Uint8Array(32).fill(5) })),
    );
    expect(world.round).toMatchObject({ phase: 'aborted', code: 'bad-reconstruction', blame: [C] });
  });

  it('whose shares lie on no polynomial is blamed, and no sum is published', () => {
    const world = playWith(C, 'share-keys', (message, at) =>
      redeal(at, message, (to) => ({ seal: sha256(Uint8Array.of(to)), commitTo: sha256(Uint8Array.of(to)) })),
    );
    expect(world.round).toMatchObject({ phase: 'aborted', code: 'bad-reconstruction', blame: [C] });
    expect(world.effects.some(({ type }) => type === 'sum')).toBe(false);
  });
});

describe('a holder', () => {
  const forge = (holder: number) => (message: SiteSays<'unmask'>, world: World) => {
    const selfSeedShares = message.selfSeedShares.map((share) =>
      share.of === C ? { ...share, share: toBase64(new Uint8Array(32)) } : share,
    );
    const signature = toBase64(siteKey(holder).sign(unmaskBytes(signer(world, holder), { ...message, selfSeedShares })));
    return { ...message, selfSeedShares, signature };
  };

  it('that signs another share than it was dealt is named; the others still open the right sum', () => {
    const world = playWith(B, 'unmask', forge(B));
    expect(world.effects).toContainEqual({ type: 'reject', to: B, round: 7, kind: 'unmask', code: 'bad-share' });
    expect(world.round.phase).toBe('released');
    const sum = plainSum(
      LAYOUT,
      SITES.map((site) => exampleInput(site, 7, LAYOUT)),
    );
    expect(world.sites.get(A)!.outcome).toMatchObject({ kind: 'released', sum });
  });

  it('ends the round by name when too few honest ones are left', () => {
    let world: World | null = null;
    const bad = new Set([A, B]);
    world = openWorld({
      terms,
      sites: SITES,
      cheat: {
        toCoordinator: (from, message) => [
          bad.has(from) && message.kind === 'unmask' && world !== null ? forge(from)(message, world) : message,
        ],
      },
    });
    settle(world);
    expect(world.round).toMatchObject({ phase: 'aborted', code: 'bad-share', blame: [A, B] });
  });

  it('that leaves a share out, or adds one of the other kind, is not heard', () => {
    const missing = playWith(B, 'unmask', (message) => ({ ...message, selfSeedShares: message.selfSeedShares.slice(1) }));
    expect(missing.effects).toContainEqual({ type: 'reject', to: B, round: 7, kind: 'unmask', code: 'bad-share' });
    const both = playWith(B, 'unmask', (message) => ({ ...message, maskKeyShares: [message.selfSeedShares[2]!] }));
    expect(both.effects).toContainEqual({ type: 'reject', to: B, round: 7, kind: 'unmask', code: 'bad-share' });
  });
});

describe('a site that answers twice', () => {
  it('gets the identical bytes for the identical message, in every later phase', () => {
    const world = openWorld({ terms, sites: SITES });
    for (const kind of KINDS) {
      const first = world.sites.get(A)!.said.find((message) => message.kind === kind)!;
      expect(post(world, A, kind)).toEqual([]);
      expect(happen(world, { type: 'message', from: A, message: structuredClone(first) })).toEqual([
        { type: 'reject', to: A, round: 7, kind, code: 'duplicate' },
      ]);
      const heard = world.effects.length;
      for (const site of SITES.slice(1)) post(world, site, kind);
      const answer = world.effects.slice(heard).find((effect) => effect.type === 'send' && effect.to === A);
      expect(answer).toBeDefined();
      const again = happen(world, { type: 'message', from: A, message: structuredClone(first) });
      expect(JSON.stringify(again)).toBe(JSON.stringify([answer]));
    }
    for (const kind of KINDS) {
      const first = world.sites.get(A)!.said.find((message) => message.kind === kind)!;
      expect(happen(world, { type: 'message', from: A, message: first })).toMatchObject([
        { type: 'send', to: A, message: { kind: 'released' } },
      ]);
    }
  });

  it('with something else is told conflict, and its first answer stands', () => {
    const world = openWorld({ terms, sites: SITES });
    post(world, A, 'advertise-keys');
    const before = world.round;
    const advert = world.sites.get(A)!.said[0] as SiteSays<'advertise-keys'>;
    const reloaded = { ...advert, maskKey: advert.envelopeKey };
    expect(happen(world, { type: 'message', from: A, message: reloaded })).toEqual([
      { type: 'reject', to: A, round: 7, kind: 'advertise-keys', code: 'conflict' },
    ]);
    expect(world.round).toEqual(before);
  });

  it('after it refused is told conflict', () => {
    const world = openWorld({ terms, sites: SITES });
    happen(world, { type: 'message', from: A, message: { protocol: 1, study: 'example', round: 7, kind: 'refuse', code: 'stopped' } });
    expect(post(world, A)).toMatchObject([{ type: 'reject', to: A, code: 'conflict' }]);
  });
});

it('a complaint counts only signed, about a sharer, and while vectors are awaited', () => {
  const world = openWorld({ terms, sites: SITES, slow: [E] });
  const complaint = (against: number): SiteMessage => ({
    protocol: 1,
    study: 'example',
    round: 7,
    kind: 'complain',
    against,
    signature: toBase64(new Uint8Array(64)),
  });
  const complain = (against: number) => happen(world, { type: 'message', from: D, message: complaint(against) });
  expect(complain(C)).toMatchObject([{ code: 'wrong-phase' }]);
  settle(world);
  expect(complain(99)).toMatchObject([{ code: 'malformed' }]);
  expect(complain(C)).toMatchObject([{ code: 'bad-signature' }]);
  happen(world, { type: 'deadline', phase: 'masking' });
  expect(complain(C)).toMatchObject([{ code: 'late' }]);
});

it('a commitment is SHA-256 of context, place and share', () => {
  const context = new Uint8Array(32).fill(1);
  const share = new Uint8Array(32).fill(2);
  expect(shareCommitment(context, 3, share)).toBe(toHex(sha256(lengthPrefixed([context, 3, share]))));
});
