/**
 * The cryptography that a round without dropouts cannot do without, and nothing around it: the product's own primitives, as
 * often as docs/protocol.md asks for them at the sites and at the coordinator.
 */
import {
  addKeystream,
  combineShares,
  hkdfSha256,
  openEnvelope,
  sealEnvelope,
  sha256,
  splitSecret,
  x25519KeyPair,
  x25519Shared,
} from '@consilium/shared/crypto';
import { packedLength, thresholds } from '@consilium/shared/secagg';
import { signingKey, verifySignature } from '../shared/protocol/signatures.ts';
import { seedsFrom } from './seeds.ts';

/** Bytes of a share envelope's plaintext, a signed message and a context, near enough for hashing and sealing. */
const ENVELOPE_BYTES = 128;
const SIGNED_BYTES = 256;

/** @returns A function that does it all once, on one thread. */
export function roundCrypto(sites: number, parameters: number): () => void {
  const peers = sites - 1;
  const [key, other, seed, secret] = seedsFrom(5, 4) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const mine = x25519KeyPair(key);
  const theirs = x25519KeyPair(other);
  const signer = signingKey(secret);
  const message = new Uint8Array(SIGNED_BYTES);
  const signature = signer.sign(message);
  const { threshold } = thresholds(sites, 1, 3);
  const splitting = { secret: seed, shares: sites, threshold, randomness: new Uint8Array(32 * (threshold - 1)) };
  const shares = splitSecret(splitting).map((share, i) => ({ x: i + 1, share }));
  const sealing = { nonce: new Uint8Array(24), plaintext: new Uint8Array(ENVELOPE_BYTES) };
  const sealed = sealEnvelope({ ...sealing, recipientPublicKey: theirs.publicKey, senderSecretKey: mine.secretKey });
  const body = new Uint32Array(parameters);
  const vector = new Uint8Array(packedLength({ header: 2, body: parameters, bits: 24 }));

  function site(): void {
    times(2, () => x25519KeyPair(key)); // R0: an envelope key and a mask key
    times(2, () => splitSecret(splitting)); // R1: the self seed and the mask key
    times(peers, () => sealEnvelope({ ...sealing, recipientPublicKey: theirs.publicKey, senderSecretKey: mine.secretKey }));
    times(peers, () => openEnvelope({ sealed, senderPublicKey: mine.publicKey, recipientSecretKey: theirs.secretKey }));
    times(peers, () => hkdfSha256(x25519Shared(mine.secretKey, theirs.publicKey), seed, message, 32)); // R2: pair seeds
    times(sites, () => addKeystream(body, seed, 1)); // its own mask and one a peer
    times(2, () => sha256(vector)); // what it sends, and the sum it gets
    times(peers + 4, () => signer.sign(message)); // advert, a share a peer, vector, agreement, unmasking
    times(4 * peers, () => verifySignature(signer.publicKey, message, signature)); // the peers' adverts, shares, vectors, agreements
  }

  function coordinator(): void {
    times(sites * (peers + 4), () => verifySignature(signer.publicKey, message, signature));
    times(sites, () => combineShares(shares.slice(0, threshold)));
    times(sites, () => addKeystream(body, seed, -1));
    sha256(vector);
  }

  return () => {
    times(sites, site);
    coordinator();
  };
}

function times(count: number, work: () => unknown): void {
  for (let i = 0; i < count; i++) work();
}
