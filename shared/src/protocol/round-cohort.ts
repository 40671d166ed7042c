/**
 * Who belongs to a phase, who has answered, who is waited for.
 *
 * Rule: `gone` sites are not waited for but may answer; `withdrawn` sites are never waited for.
 */

import { rosterEntry } from '../identity/index.ts';
import { MAX_SITES } from './fields.ts';
import type { OpenState, RoundState, Standing } from './round-state.ts';
import { roundThresholds } from './terms.ts';

/** Whether a phase is waiting for sites. */
export function isOpen(state: RoundState): state is OpenState {
  return state.phase !== 'summing' && state.phase !== 'released' && state.phase !== 'aborted';
}

/** The contributors that are fixed beforehand, or null: the query's frozen cohort, else those of an earlier attempt. */
export function fixedContributors({ terms, requiredSurvivors }: Pick<Standing, 'terms' | 'requiredSurvivors'>): readonly number[] | null {
  return terms.query.cohort ?? requiredSurvivors;
}

/** Whether a site may take part: on the roster and, where contributors are fixed, one of them. */
export function isMember(standing: Pick<Standing, 'terms' | 'requiredSurvivors'>, site: number): boolean {
  return rosterEntry(standing.terms.roster, site) !== undefined && (fixedContributors(standing)?.includes(site) ?? true);
}

/** The sites a phase may hear from, by rising index. */
export function population(state: OpenState): readonly number[] {
  switch (state.phase) {
    case 'advertising':
      return rising(new Set([...state.expected, ...state.adverts.keys()]));
    case 'sharing':
      return rising(state.adverts.keys());
    case 'masking':
      return rising(state.shares.keys());
    case 'agreeing':
    case 'unmasking':
      return state.survivors.map(({ site }) => site);
  }
}

/** What was accepted in the current phase, by site. */
export function answered(state: OpenState): ReadonlyMap<number, unknown> {
  switch (state.phase) {
    case 'advertising':
      return state.adverts;
    case 'sharing':
      return state.shares;
    case 'masking':
      return state.vectors;
    case 'agreeing':
      return state.agreements;
    case 'unmasking':
      return state.answers;
  }
}

/** Fewest answers with which the phase may close. */
export function needed(state: OpenState): number {
  if (state.phase === 'advertising') return roundThresholds(state.terms, Math.max(1, state.adverts.size)).minimum;
  if (state.phase === 'agreeing' || state.phase === 'unmasking') return state.threshold;
  return Math.max(state.threshold, state.minimum);
}

export function hasEnough(state: OpenState): boolean {
  return answered(state).size >= needed(state);
}

/** Connected sites whose answer is outstanding. */
export function waitingFor(state: OpenState): readonly number[] {
  const done = answered(state);
  return population(state).filter((site) => !done.has(site) && !state.gone.has(site) && !state.withdrawn.has(site));
}

/** Whether the phase could not close well even if everyone who may still answer did. */
export function isHopeless(state: OpenState): boolean {
  const done = answered(state);
  const lost = (site: number) => !done.has(site) && state.withdrawn.has(site);
  if (state.phase === 'agreeing' || state.phase === 'unmasking') return reachable(state, lost) < needed(state);
  if (fixedContributors(state)?.some(lost)) return true;
  return state.phase !== 'advertising' && reachable(state, lost) < needed(state);
}

function reachable(state: OpenState, lost: (site: number) => boolean): number {
  return population(state).filter((site) => !lost(site)).length;
}

/** Roster indices by rising index. */
export function rising(sites: Iterable<number>): number[] {
  return [...sites].sort((a, b) => a - b).slice(0, MAX_SITES);
}
