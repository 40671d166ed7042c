/**
 * The page has signed: the message goes out, and the site waits for its answer.
 *
 * Rule: as many signatures as were asked for, 64 bytes each; anything else is the page's fault and ends the round.
 */
import { toBase64 } from '../crypto/index.ts';
import { unmaskAnswer } from './participant-agree.ts';
import { contextPart, end, inRound, type OpenParticipant, openPart, survivorsPart, vectorPart } from './participant-common.ts';
import type { ParticipantState, ParticipantStep } from './participant-state.ts';
import type { SiteMessage } from './site-messages.ts';

/** Takes up the signatures of the last `sign` effect; ignored when none was asked for. */
export function sendSigned(state: OpenParticipant, signatures: readonly Uint8Array[]): ParticipantStep {
  const asked = state.phase === 'signing-shares' ? state.dealt.length : 1;
  const isWellFormed = signatures.length === asked && signatures.every(({ length }) => length === 64);
  const [signature = ''] = signatures.map(toBase64);
  const { terms } = state;
  switch (state.phase) {
    case 'signing-advert': {
      if (!isWellFormed) return end(state, 'bad-signature');
      const advert = { ...state.unsigned, signature };
      const next = { ...openPart(state), secrets: state.secrets, work: state.work, phase: 'advertised', advert } as const;
      return said(next, { ...inRound(terms), kind: 'advertise-keys', ...advert });
    }
    case 'signing-shares': {
      if (!isWellFormed) return end(state, 'bad-signature');
      const shares = state.dealt.map((share, i) => ({ ...share, signature: toBase64(signatures[i]!) }));
      const next = { ...contextPart(state), secrets: state.secrets, work: state.work, phase: 'shared' } as const;
      return said(next, { ...inRound(terms), kind: 'share-keys', shares });
    }
    case 'complaining': {
      if (!isWellFormed) return end(state, 'bad-signature');
      const complaint = { ...inRound(terms), kind: 'complain', against: state.against, signature } as const;
      const ended = end(state, 'bad-share', 'quietly');
      return { state: ended.state, effects: [{ type: 'send', message: complaint }, ...ended.effects] };
    }
    case 'signing-vector': {
      if (!isWellFormed) return end(state, 'bad-signature');
      const { sizeBytes, vectorHash: hash } = state;
      return said({ ...vectorPart(state), phase: 'sent' }, { ...inRound(terms), kind: 'masked-vector', sizeBytes, hash, signature });
    }
    case 'signing-agreement': {
      if (!isWellFormed) return end(state, 'bad-signature');
      return said({ ...survivorsPart(state), phase: 'agreed' }, { ...inRound(terms), kind: 'consistency', signature });
    }
    case 'signing-unmask': {
      if (!isWellFormed) return end(state, 'bad-signature');
      const next = { ...survivorsPart(state), shares: [], phase: 'answered' } as const; // what was handed over is not kept
      return said(next, { ...inRound(terms), kind: 'unmask', ...unmaskAnswer(state), signature });
    }
    default:
      return { state, effects: [] };
  }
}

function said(state: ParticipantState, message: SiteMessage): ParticipantStep {
  return { state, effects: [{ type: 'send', message }] };
}
