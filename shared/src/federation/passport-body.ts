/** What a finished study has for its passport; the coordinator adds its log's head and its signature. */
import { toBase64 } from '../crypto/index.ts';
import { toAdvert } from '../protocol/index.ts';
import { PASSPORT_FORMAT, type PassportBody } from './passport.ts';
import { stateBytes, stateHash } from './state-bytes.ts';
import { studyResults } from './study-results.ts';
import type { StudyState } from './study-state.ts';
import { wholeApproval } from './whole-approval.ts';

/**
 * @returns null until a study has closed: its last sum adds nothing, but its adverts are signed over the model that the results are
 *   read from.
 */
export function passportBody(state: StudyState): Omit<PassportBody, 'log'> | null {
  const { study, plan, planHash, roster, programme, lastReleased } = state;
  if (state.phase !== 'finished' || roster === null || programme === null || lastReleased?.phase !== 'released') return null;
  const closing = { ...programme, stage: { kind: 'closing' } as const };
  const results = studyResults(plan, closing);
  if (results === null) return null;
  const { adverts, terms } = lastReleased;
  return {
    format: PASSPORT_FORMAT,
    study,
    plan,
    planHash,
    roster,
    certificates: state.certificates.filter((one) => roster.sites.some(({ rootKey }) => rootKey === one.rootKey)),
    approvals: roster.sites.flatMap(({ index: site, id }) => {
      const given = wholeApproval(state, id);
      return given === null ? [] : [{ site, ...given }];
    }),
    model: {
      hash: stateHash(closing),
      state: toBase64(stateBytes(closing)),
      round: terms.round,
      adverts: [...adverts.values()].map(toAdvert),
    },
    // As it will be read back: what JSON cannot hold becomes null here, not on the way.
    results: JSON.parse(JSON.stringify(results)) as PassportBody['results'],
  };
}
