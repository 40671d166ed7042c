/**
 * The terms of one round: everything that is known before the first message and that all sites must agree on.
 *
 * Rule: a site fills these in from what it holds itself (signed plan, accepted roster, derived model); it takes only the
 * round number from the coordinator. What differs then ends in a refusal or in masks that do not cancel.
 */
import type { DeviceKeys, Roster } from '../identity/index.ts';
import { thresholds } from '../secagg/index.ts';
import type { Query } from './query.ts';

export type { Verify } from '../identity/index.ts';

export interface RoundTerms {
  readonly study: string;
  /** SHA-256 of the signed plan, hex. */
  readonly planHash: string;
  readonly roster: Roster;
  /** Which device signs for each site: certified by its root key on the roster when this round opened. */
  readonly keys: DeviceKeys;
  /** Rises strictly over the study's life, aborted rounds included. */
  readonly round: number;
  readonly query: Query;
  /** SHA-256 of the model the query is about, hex. */
  readonly modelHash: string;
  /** Transcript of the last released round, hex; `NO_HASH` before the first. */
  readonly previousTranscript: string;
  /** Sites that may collude with the coordinator, at least 1. */
  readonly colluders: number;
  /** Fewest contributors by the plan. */
  readonly minimum: number;
}

/** Threshold t of the sharing and fewest contributors, both as numbers of sites. */
export interface Thresholds {
  readonly threshold: number;
  readonly minimum: number;
}

/**
 * Threshold and minimum of a round with a given number of advertisers.
 *
 * @param sites - Number of sites that advertised.
 */
export function roundThresholds(terms: RoundTerms, sites: number): Thresholds {
  return thresholds(sites, terms.colluders, Math.max(terms.minimum, terms.roster.policy.minimum));
}
