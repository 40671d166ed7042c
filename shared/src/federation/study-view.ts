/** What the console and the hospitals are shown of a study. Derived from its state; holds no masked vector and no key of a round. */
import { rosterHash } from '../protocol/index.ts';
import type { SiteStatus, StudyView } from './contracts.ts';
import { expectedSums } from './programme.ts';
import { studyResults } from './study-results.ts';
import { idOf, indexOf, isPresent, type StudySite, type StudyState } from './study-state.ts';
import { successorView } from './study-successor.ts';
import { hasSigned } from './whole-approval.ts';

export function studyView(state: StudyState): StudyView {
  const { plan, programme, round, waiting } = state;
  const query = round === null ? null : round.terms.query;
  const list = state.roster === null ? null : rosterHash(state.roster);
  return {
    study: state.study,
    title: plan.title,
    planHash: state.planHash,
    synthetic: plan.synthetic,
    phase: state.phase,
    reason: state.paused === null ? null : (state.paused.code ?? state.paused.reason),
    sites: state.sites.map((site) => ({
      id: site.id,
      name: site.name,
      index: indexOf(state, site.id),
      connected: site.isConnected,
      ready: isPresent(site),
      bands: site.bands,
      approved: site.hasApproved,
      people: site.signers.map((signer) => ({
        ...{ name: signer.certificate.name, role: signer.certificate.role, refusal: signer.refusal },
        hasSigned: hasSigned(signer, list),
      })),
      status: statusOf(state, site),
    })),
    successor: successorView(state),
    round:
      round === null || query === null
        ? null
        : {
            number: state.roundNumber,
            kind: query.kind,
            label: query.label,
            phase: round.phase,
            waitingFor: (waiting?.sites ?? []).filter((index) => !hasAnswered(state, index)).map((index) => idOf(state, index)),
            limitSeconds: waiting?.limitSeconds ?? 0,
          },
    progress: {
      done: state.sums.length,
      expected: state.sums.length + (programme === null ? 0 : expectedSums(plan, programme)),
    },
    timeline: state.timeline,
    results: programme === null ? null : studyResults(plan, programme),
  };
}

function statusOf(state: StudyState, site: StudySite): SiteStatus {
  if (site.departure !== null) return site.departure.by === 'hospital' ? 'left' : 'put-off';
  const index = indexOf(state, site.id);
  if (!site.isConnected) return state.round !== null && index !== null && hasSentVector(state, index) ? 'counted' : 'absent';
  if (state.phase === 'gathering' || index === null) return isPresent(site) ? 'ready' : 'joined';
  if (state.phase === 'signing') return site.hasApproved ? 'signed' : 'ready';
  const { round } = state;
  if (round === null) return isPresent(site) ? 'waiting' : 'joined';
  if (round.phase === 'aborted') return 'waiting';
  if (hasSentVector(state, index)) return round.phase === 'masking' ? 'uploaded' : 'counted';
  if (round.phase === 'advertising' || round.phase === 'sharing') return round.adverts.has(index) ? 'training' : 'waiting';
  if (!round.adverts.has(index)) return 'late';
  return round.phase === 'masking' && round.shares.has(index) ? 'training' : 'dropped';
}

function hasSentVector({ round }: StudyState, index: number): boolean {
  return round !== null && 'vectors' in round && round.vectors.has(index);
}

function hasAnswered({ round }: StudyState, index: number): boolean {
  if (round === null) return false;
  switch (round.phase) {
    case 'advertising':
      return round.adverts.has(index);
    case 'sharing':
      return round.shares.has(index);
    case 'masking':
      return round.vectors.has(index);
    case 'agreeing':
      return round.agreements.has(index);
    case 'unmasking':
      return round.answers.has(index);
    default:
      return true;
  }
}
