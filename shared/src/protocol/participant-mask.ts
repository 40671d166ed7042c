/**
 * R2 at a site: the local result, masked. Round keys and the unmasked vector end here.
 *
 * Source: docs/protocol.md, "R2".
 */
import { fromBase64, sha256, toHex } from '../crypto/index.ts';
import { type EncodedVector, type Layout, maskVector, pairMasks } from '../secagg/index.ts';
import { end, type OpenParticipant, sharersPart, signerOf } from './participant-common.ts';
import type { ParticipantStep } from './participant-state.ts';
import type { RejectionCode } from './rejections.ts';
import { maskedVectorBytes } from './signed-bytes.ts';

/** Takes up the local result; it is masked as soon as the sharers are known. */
export function worked(state: OpenParticipant, vector: EncodedVector): ParticipantStep {
  if (!('work' in state) || state.work.kind === 'done') return { state, effects: [] };
  const code = flawIn(vector, state.terms.query.layout);
  return code === null ? mask({ ...state, work: { kind: 'done', vector } }) : end(state, code);
}

/** Masks, once both the sharers and the local result are there; otherwise goes on waiting. */
export function mask(state: OpenParticipant): ParticipantStep {
  if (state.phase !== 'working' || state.work.kind === 'pending') return { state, effects: [] };
  const { terms, adverts, context, secrets, sharers, index } = state;
  const { round } = terms;
  const peers = adverts
    .filter(({ site }) => site !== index && sharers.includes(site))
    .map(({ site, maskKey }) => ({ index: site, publicKey: fromBase64(maskKey) }));
  const pairs = pairMasks({ index, secretKey: secrets.maskSecret, context, peers });
  const vector = maskVector(state.work.vector, terms.query.layout, secrets.selfSeed, pairs);
  const sizeBytes = vector.bytes.length;
  const hash = toHex(sha256(vector.bytes));
  return {
    state: { ...sharersPart(state), sizeBytes, vectorHash: hash, phase: 'signing-vector' },
    effects: [
      { type: 'upload', round, vector, hash },
      { type: 'sign', round, purpose: 'masked-vector', messages: [maskedVectorBytes(signerOf(state, index), { sizeBytes, hash })] },
    ],
  };
}

function flawIn({ header, body }: EncodedVector, layout: Layout): RejectionCode | null {
  if (header.length !== layout.header || body.length !== layout.body) return 'wrong-size';
  const bound = 2 ** layout.bits;
  return body.every((entry) => entry < bound) ? null : 'out-of-range';
}
