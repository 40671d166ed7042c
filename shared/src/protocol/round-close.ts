/**
 * What follows when a phase closes: the next phase, or the end of the round.
 *
 * Rule: a frozen cohort that is incomplete ends the round before any contributors are announced.
 * Source: docs/protocol.md.
 */
import { toHex } from '../crypto/index.ts';
import { roundContext } from './context.ts';
import type { CoordinatorMessage } from './coordinator-messages.ts';
import type { RejectionCode } from './rejections.ts';
import { abortedMessage, advertsMessage, agreementMessage, envelopesMessage, survivorsMessage } from './round-answers.ts';
import { answered, fixedContributors, hasEnough, population, rising, waitingFor } from './round-cohort.ts';
import { reconstruct } from './round-reconstruct.ts';
import type {
  Advertising,
  Agreeing,
  Limit,
  Masking,
  OpenState,
  RoundEffect,
  RoundState,
  Sharing,
  Step,
  Summing,
  Unmasking,
} from './round-state.ts';
import { roundThresholds } from './terms.ts';

const LIMIT = { sharing: 'answer', masking: 'train', agreeing: 'answer', unmasking: 'answer' } as const satisfies Record<string, Limit>;

/**
 * Closes the current phase with the answers there are.
 */
export function closePhase(state: OpenState): Step {
  const code = shortfall(state);
  if (code !== null) return abort(state, code, state.phase === 'unmasking' ? rising(state.faulty) : []);
  switch (state.phase) {
    case 'advertising':
      return openSharing(state);
    case 'sharing':
      return openMasking(state);
    case 'masking':
      return openAgreeing(state);
    case 'agreeing':
      return openUnmasking(state);
    case 'unmasking':
      return openSumming(state);
  }
}

/** Ends a round without a sum and tells everyone who had to do with it. */
export function abort(state: OpenState | Summing, code: RejectionCode, blame: readonly number[]): Step {
  const { terms } = state;
  const announced = 'survivors' in state ? state.survivors.map(({ site }) => site) : state.requiredSurvivors;
  const aborted: RoundState = { phase: 'aborted', terms, code, blame, announced };
  const told = state.phase === 'advertising' ? population(state) : rising(state.adverts.keys());
  const message = abortedMessage(aborted);
  return { state: aborted, effects: [...sendAll(told, () => message), { type: 'abort', code, blame }] };
}

/** Why the answers are not enough, or null. */
function shortfall(state: OpenState): RejectionCode | null {
  const beforeAnnouncement = state.phase !== 'agreeing' && state.phase !== 'unmasking';
  if (beforeAnnouncement && fixedContributors(state)?.some((site) => !answered(state).has(site))) return 'cohort-incomplete';
  if (hasEnough(state)) return null;
  if (state.phase === 'unmasking' && state.faulty.size > 0) return 'bad-share';
  if (state.phase === 'advertising') return 'below-minimum';
  return answered(state).size < state.threshold ? 'below-threshold' : 'below-minimum';
}

function openSharing(state: Advertising): Step {
  const { terms, requiredSurvivors, gone, withdrawn, needing, adverts } = state;
  const limits = roundThresholds(terms, adverts.size);
  const message = advertsMessage(state);
  const context = toHex(roundContext({ terms, adverts: message.adverts, limits }));
  const standing = { terms, requiredSurvivors, gone, withdrawn, needing, adverts };
  const next: Sharing = { phase: 'sharing', ...standing, ...limits, context, shares: new Map() };
  return enter(next, () => message);
}

function openMasking(state: Sharing): Step {
  const next: Masking = { ...state, phase: 'masking', vectors: new Map() };
  return enter(next, (site) => envelopesMessage(next, site));
}

function openAgreeing(state: Masking): Step {
  const survivors = rising(state.vectors.keys()).map((site) => {
    const { hash, signature } = state.vectors.get(site)!;
    return { site, hash, signature };
  });
  const next: Agreeing = { ...state, phase: 'agreeing', survivors, agreements: new Map() };
  return enter(next, () => survivorsMessage(next));
}

function openUnmasking(state: Agreeing): Step {
  const next: Unmasking = { ...state, phase: 'unmasking', answers: new Map(), faulty: new Set() };
  return enter(next, () => agreementMessage(next));
}

function openSumming(state: Unmasking): Step {
  const result = reconstruct(state);
  if (!result.ok) return abort(state, 'bad-reconstruction', result.blame);
  const { masks } = result;
  const masked = state.survivors.map(({ site, hash }) => ({ site, hash }));
  return { state: { ...state, phase: 'summing', masks }, effects: [{ type: 'sum', layout: state.terms.query.layout, masked, masks }] };
}

function enter(state: Exclude<OpenState, Advertising>, message: (site: number) => CoordinatorMessage): Step {
  const { phase } = state;
  return {
    state,
    effects: [...sendAll(population(state), message), { type: 'open-phase', phase, limit: LIMIT[phase], waitingFor: waitingFor(state) }],
  };
}

function sendAll(sites: readonly number[], message: (site: number) => CoordinatorMessage): RoundEffect[] {
  return sites.map((to) => ({ type: 'send', to, message: message(to) }));
}
