/**
 * R0 at a site: whether to take part at all; then keys, the round number on disk, and the signed advert.
 *
 * Source: docs/protocol.md, "R0".
 */
import { sha256, toBase64, toHex, x25519KeyPair } from '../crypto/index.ts';
import { rosterEntry } from '../identity/index.ts';
import type { Advert } from './coordinator-messages.ts';
import { end, openPart } from './participant-common.ts';
import { roundSecrets } from './participant-secrets.ts';
import type { OpenEvent, ParticipantIn, ParticipantState, ParticipantStep, RoundSecrets } from './participant-state.ts';
import { answeredQuery, queryHash } from './query.ts';
import type { RejectionCode } from './rejections.ts';
import { advertBytes } from './signed-bytes.ts';
import { type RoundTerms, roundThresholds } from './terms.ts';

/**
 * Begins a round. One that is still open is abandoned: the coordinator has moved on. An older round is refused and changes
 * nothing; the round that is already open is not begun twice.
 */
export function open(state: ParticipantState, event: OpenEvent): ParticipantStep {
  const { terms, ownMinimum, answered, earlier } = event;
  const { index } = state;
  if ('terms' in state && state.terms.round === terms.round) return { state, effects: [] };
  const query = answeredQuery(queryHash({ query: terms.query, planHash: terms.planHash, modelHash: terms.modelHash }), event.queryTag);
  const begun = { index, terms, ownMinimum, query, answered, earlier, held: new Map(), secrets: roundSecrets(event.entropy) };
  const opened: ParticipantIn<'recording-round'> = { ...begun, phase: 'recording-round', work: { kind: 'pending' } };
  const last = Math.max(event.lastRound, 'terms' in state ? state.terms.round : state.lastRound);
  if (terms.round <= last) return { state, effects: end(opened, 'stale-round').effects };
  const code = objection(index, terms, ownMinimum);
  if (code !== null) return end(opened, code);
  return { state: opened, effects: [{ type: 'store', record: { kind: 'round', round: terms.round } }] };
}

function objection(index: number, terms: RoundTerms, ownMinimum: number): RejectionCode | null {
  const { roster, query } = terms;
  if (roster.study !== terms.study) return 'roster-mismatch';
  if (rosterEntry(roster, index) === undefined) return 'not-on-roster';
  const { minimum } = roundThresholds(terms, roster.sites.length);
  const contributors = query.cohort?.length ?? roster.sites.length;
  if (contributors < Math.max(minimum, ownMinimum)) return 'below-minimum';
  return query.cohort !== null && !query.cohort.includes(index) ? 'not-in-cohort' : null;
}

/** The round number is on disk: sign the advert; local work begins meanwhile. */
export function signAdvert(state: ParticipantIn<'recording-round'>): ParticipantStep {
  const { terms } = state;
  const { round } = terms;
  const unsigned = unsignedAdvert(state);
  const message = advertBytes({ roster: terms.roster, round }, unsigned);
  return {
    state: { ...openPart(state), secrets: state.secrets, work: state.work, phase: 'signing-advert', unsigned },
    effects: [
      { type: 'sign', round, purpose: 'advertise-keys', messages: [message] },
      { type: 'work', round, query: terms.query },
    ],
  };
}

/** What the site announces about its secrets. */
function unsignedAdvert(state: {
  readonly index: number;
  readonly terms: RoundTerms;
  readonly secrets: RoundSecrets;
}): Omit<Advert, 'signature'> {
  const { index, terms, secrets } = state;
  return {
    site: index,
    envelopeKey: toBase64(x25519KeyPair(secrets.envelopeSecret).publicKey),
    maskKey: toBase64(x25519KeyPair(secrets.maskSecret).publicKey),
    selfSeedHash: toHex(sha256(secrets.selfSeed)),
    modelHash: terms.modelHash,
    previousTranscript: terms.previousTranscript,
  };
}
