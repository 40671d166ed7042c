/**
 * The seed of a site's stochastic rounding, named after site and stage rather than drawn: a simulation with masks and one without,
 * on one thread or on many, round alike.
 */
import { lengthPrefixed, sha256 } from '@consilium/shared/crypto';
import type { StageName } from '@consilium/shared/federation';

export interface RoundingSource {
  readonly seed: number;
  readonly planHash: string;
  readonly site: string;
}

/** @param draw - Which seed of this answer, from 0. @returns 32 bytes. */
export function roundingSeed({ seed, planHash, site }: RoundingSource, stage: StageName, draw: number): Uint8Array {
  return sha256(lengthPrefixed(['simulated rounding', seed, planHash, site, positionOf(stage), draw]));
}

const positionOf = (stage: StageName): string => ('round' in stage ? `${stage.kind} ${stage.round}` : stage.kind);
