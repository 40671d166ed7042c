/**
 * The attacks of a coordinator that cheats, as data: what it changes, whom it lies to, and the reason the hospital must name. Every
 * message it makes up passes the parser; where it needs a signature, a hospital that works with it signs.
 */
import { sha256, toBase64, toHex, x25519KeyPair } from '@consilium/shared/crypto';
import { emptyProgramme, stateBytes } from '@consilium/shared/federation';
import type { RejectionCode } from '@consilium/shared/protocol';
import { SITE_IDS } from '../reference/small-hospitals.ts';
import { advertsSaid, FIVE, lie, PLAN, signedBy, swap, without } from './lies.ts';
import { type Cheat, keep, type Siege } from './siege-world.ts';

const ZERO_KEY = toBase64(new Uint8Array(32));
const NO_SIGNATURE = toBase64(new Uint8Array(64));

/** The coordinator's own keys, which it would like a hospital to encrypt to. */
const OWN_KEY = toBase64(x25519KeyPair(sha256(Buffer.from('coordinator'))).publicKey);

/** A model nobody derived: the empty one of another plan. */
const MALICIOUS = stateBytes(emptyProgramme('66'.repeat(32), FIVE.length));
const MALICIOUS_HASH = toHex(sha256(MALICIOUS));

export interface Attack {
  /** As docs/threat-model.md names it. */
  readonly name: string;
  readonly code: RejectionCode;
  /** Hospitals that must see it: one, or all of them. */
  readonly victims: readonly string[];
  readonly cheat: Cheat;
  /** Hospitals have signed two lists for one query, so nobody ever answers it again. */
  readonly isFinal?: boolean;
  /** The last thing a victim says in the round before it refuses. */
  readonly after: 'nothing' | 'need-model' | 'advertise-keys' | 'share-keys' | 'masked-vector' | 'consistency' | 'unmask';
}

const one = ['north'];
/** Another model than the one everybody derived, with the words of whoever has vouched for anything. */
const otherModel = (victims: readonly string[]): Cheat => ({
  toSite: (to, message, siege) => {
    if (message.kind !== 'open-round' || !victims.includes(to)) return [message];
    keep(siege.blobs, MALICIOUS);
    return [{ ...message, modelHash: MALICIOUS_HASH }];
  },
  toCoordinator: (from, message, siege): readonly never[] | readonly [typeof message] => {
    if (message.kind !== 'need-model') return [message];
    const adverts = advertsSaid(siege, message.round);
    const catchUp = { protocol: 1, study: PLAN.study, round: message.round, kind: 'catch-up', state: MALICIOUS_HASH, adverts } as const;
    siege.hospitals.get(from)?.site.receive(catchUp);
    return [];
  },
});

/** Two halves are shown lists of their own, and afterwards every signature there is. */
const twoLists: Cheat = {
  toSite: (to, message) =>
    message.kind === 'survivors' && FIVE.indexOf(to) < 2 ? [{ ...message, survivors: without(message.survivors, 4) }] : [message],
  toCoordinator: (_from, message, { hospitals }) => {
    if (message.kind !== 'consistency') return [message];
    const signatures = [...hospitals.values()].flatMap(({ said }, site) =>
      said.flatMap((other) =>
        other.kind === 'consistency' && other.round === message.round ? [{ site, signature: other.signature }] : [],
      ),
    );
    const { protocol, study, round } = message;
    if (signatures.length === FIVE.length)
      for (const { site } of hospitals.values()) site.receive({ protocol, study, round, kind: 'agreement', signatures });
    return [];
  },
};

export const ATTACKS: readonly Attack[] = [
  { name: 'different models to different sites', code: 'model-not-derived', victims: one, after: 'need-model', cheat: otherModel(one) },
  { name: 'one malicious model shown to all', code: 'model-not-derived', victims: FIVE, after: 'need-model', cheat: otherModel(FIVE) },
  {
    name: 'a site that vouches for another model',
    ...{ code: 'model-not-derived', victims: one, after: 'advertise-keys' },
    cheat: lie('adverts', one, ({ adverts, round }, _, siege) => ({
      adverts: adverts.map((advert) => (advert.site === 2 ? signedBy(siege, advert, { modelHash: MALICIOUS_HASH }, round) : advert)),
    })),
  },
  {
    name: 'swapped key for masks',
    code: 'bad-signature',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts }) => ({ adverts: swap(adverts, 2, { maskKey: OWN_KEY }) })),
  },
  {
    name: 'swapped key for envelopes',
    code: 'bad-signature',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts }) => ({ adverts: swap(adverts, 2, { envelopeKey: OWN_KEY }) })),
  },
  {
    name: 'unsigned advert',
    code: 'bad-signature',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts }) => ({ adverts: swap(adverts, 2, { signature: NO_SIGNATURE }) })),
  },
  {
    name: 'advert signed for an older round',
    ...{ code: 'bad-signature', victims: one, after: 'advertise-keys' },
    cheat: lie('adverts', one, ({ adverts, round }, _, siege) => ({
      adverts: adverts.map((advert) => (advert.site === 2 ? signedBy(siege, advert, {}, round + 7) : advert)),
    })),
  },
  {
    name: 'two adverts of one site',
    code: 'adverts-inconsistent',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts }) => ({ adverts: [...adverts, adverts[4]!] })),
  },
  {
    name: 'advert of a site nobody knows',
    code: 'adverts-inconsistent',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts }) => ({ adverts: [...adverts, { ...adverts[4]!, site: 9 }] })),
  },
  {
    name: 'own advert of another page load',
    code: 'adverts-inconsistent',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts, round }, _, siege) => ({
      adverts: [signedBy(siege, adverts[0]!, { maskKey: OWN_KEY }, round), ...adverts.slice(1)],
    })),
  },
  {
    name: 'zero key',
    ...{ code: 'zero-key', victims: one, after: 'advertise-keys' },
    cheat: lie('adverts', one, ({ adverts, round }, _, siege) => ({
      adverts: adverts.map((advert) => (advert.site === 2 ? signedBy(siege, advert, { maskKey: ZERO_KEY }, round) : advert)),
    })),
  },
  {
    name: 'below the minimum',
    code: 'below-minimum',
    victims: one,
    after: 'advertise-keys',
    cheat: lie('adverts', one, ({ adverts }) => ({ adverts: adverts.slice(0, 2) })),
  },
  {
    name: 'below the threshold',
    code: 'below-threshold',
    victims: one,
    after: 'share-keys',
    cheat: lie('envelopes', one, ({ sharers, envelopes }) => ({ sharers: sharers.slice(0, 3), envelopes: envelopes.slice(0, 2) })),
  },
  {
    name: "a stranger's share",
    ...{ code: 'bad-signature', victims: one, after: 'share-keys' },
    cheat: lie('envelopes', one, ({ envelopes }, _, siege) => {
      const others = siege.hospitals.get('east')!.said.find(({ kind }) => kind === 'share-keys');
      if (others?.kind !== 'share-keys') return {};
      const { to: __, ...meant } = others.shares.find(({ to }) => to === 3)!;
      return { envelopes: envelopes.map((envelope) => (envelope.from === 1 ? { from: 1, ...meant } : envelope)) };
    }),
  },
  {
    name: 'a share of another round',
    code: 'bad-signature',
    victims: one,
    after: 'share-keys',
    cheat: lie('envelopes', one, ({ envelopes }) => ({
      envelopes: envelopes.map((envelope) => ({ ...envelope, maskKeyCommitment: '00'.repeat(32) })),
    })),
  },
  {
    name: 'overlapping lists: a contributor that never shared its keys',
    code: 'survivors-inconsistent',
    victims: one,
    after: 'masked-vector',
    cheat: lie('survivors', one, ({ survivors }) => ({ survivors: [...survivors, { ...survivors[4]!, site: 9 }] })),
  },
  {
    name: 'overlapping lists: a contributor named twice',
    code: 'survivors-inconsistent',
    victims: one,
    after: 'masked-vector',
    cheat: lie('survivors', one, ({ survivors }) => ({ survivors: [...survivors, survivors[4]!] })),
  },
  {
    name: "another vector under a hospital's name",
    code: 'bad-signature',
    victims: one,
    after: 'masked-vector',
    cheat: lie('survivors', one, ({ survivors }) => ({ survivors: swap(survivors, 2, { hash: '00'.repeat(32) }) })),
  },
  {
    name: 'too few contributors',
    code: 'below-threshold',
    victims: one,
    after: 'masked-vector',
    cheat: lie('survivors', one, ({ survivors }) => ({ survivors: without(survivors, 3, 4) })),
  },
  { name: 'two different U3', code: 'survivors-inconsistent', victims: SITE_IDS, after: 'consistency', isFinal: true, cheat: twoLists },
  {
    name: 'two different lists of contributors, one after the other',
    ...{ code: 'conflict', victims: one, after: 'masked-vector' },
    cheat: {
      toSite: (to, message) =>
        message.kind === 'survivors' && to === 'north' ? [message, { ...message, survivors: without(message.survivors, 4) }] : [message],
    },
  },
  {
    name: 'signatures of too few hospitals on the list of contributors',
    ...{ code: 'survivors-inconsistent', victims: one, after: 'consistency' },
    cheat: lie('agreement', one, ({ signatures }) => ({ signatures: Array.from({ length: 5 }, () => signatures[0]!) })),
  },
  {
    name: 'wrong sum published',
    code: 'sum-mismatch',
    victims: one,
    after: 'unmask',
    cheat: {
      blob: (site, hash, bytes, siege) =>
        site === 'north' && isSum(siege, hash) && bytes !== null ? bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) : bytes,
    },
  },
  {
    name: 'sum withheld',
    code: 'blob-missing',
    victims: one,
    after: 'unmask',
    cheat: { blob: (site, hash, bytes, siege) => (site === 'north' && isSum(siege, hash) ? null : bytes) },
  },
  {
    name: 'wrong seed published',
    code: 'bad-reconstruction',
    victims: one,
    after: 'unmask',
    cheat: lie('released', one, ({ selfSeeds }) => ({ selfSeeds: swap(selfSeeds, 2, { seed: ZERO_KEY }) })),
  },
  {
    name: 'another history published',
    code: 'sum-mismatch',
    victims: one,
    after: 'unmask',
    cheat: lie('released', one, () => ({ transcript: '00'.repeat(32) })),
  },
];

function isSum({ mail }: Siege, hash: string): boolean {
  return mail.some(({ message }) => message.kind === 'released' && message.sum === hash);
}
