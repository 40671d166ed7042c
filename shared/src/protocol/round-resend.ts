/**
 * What a site that lost its connection, but not its page, has to be told again.
 */
import type { CoordinatorMessage } from './coordinator-messages.ts';
import { PROTOCOL } from './fields.ts';
import { abortedMessage, advertsMessage, agreementMessage, envelopesMessage, releasedMessage, survivorsMessage } from './round-answers.ts';
import type { RoundState } from './round-state.ts';
import type { SiteMessageKind } from './site-messages.ts';

/**
 * Messages to send again to a site that is connected again, in order.
 *
 * @param site - Roster index.
 * @returns Empty while there is nothing to say: in `advertising` the runner repeats `open-round` itself. A site that missed a
 *   closed phase gets `rejected` with `late`.
 */
export function resendFor(state: RoundState, site: number): CoordinatorMessage[] {
  if (state.phase === 'aborted') return [abortedMessage(state)];
  if (state.phase === 'advertising') return [];
  if (!state.adverts.has(site)) return [late(state, 'advertise-keys')];
  if (state.phase === 'sharing') return [advertsMessage(state)];
  if (!state.shares.has(site)) return [late(state, 'share-keys')];
  if (state.phase === 'masking') return [envelopesMessage(state, site)];
  if (!state.vectors.has(site)) return [late(state, 'masked-vector')];
  if (state.phase === 'agreeing') return [survivorsMessage(state)];
  const agreed = [survivorsMessage(state), agreementMessage(state)];
  return state.phase === 'released' ? [...agreed, releasedMessage(state)] : agreed;
}

function late({ terms }: RoundState, rejected: SiteMessageKind): CoordinatorMessage {
  return { protocol: PROTOCOL, study: terms.study, kind: 'rejected', round: terms.round, rejected, code: 'late' };
}
