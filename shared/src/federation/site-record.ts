/** What a site writes down before it goes on: rounds, queries with their contributors, releases, and the model it derived. */
import type { Roster, StoredRecord } from '../protocol/index.ts';
import { arrivalOf } from './arrival.ts';
import type { SiteRecord } from './contracts.ts';
import { addContributors, type Contributors, joinContributors } from './contributors.ts';
import type { DerivedModel } from './derived-model.ts';
import { joinKeyed, noEarlierSums, placedContributors } from './lineage.ts';
import type { ProgrammeState } from './programme-state.ts';
import { joinSketches } from './row-sketch.ts';
import { newSiteRecord, type SiteInit } from './site-contract.ts';
import type { StageName } from './stage-name.ts';
import { stateBytes } from './state-bytes.ts';

/** A record as a page opens with it: with what an older build did not keep, and what other versions of the study say. */
export function openedRecord(
  study: string,
  device: string,
  init: Pick<SiteInit, 'record' | 'earlier' | 'earlierRows' | 'isRecovered'>,
): SiteRecord {
  const record = { ...newSiteRecord(study, init.record.tagKey), ...init.record };
  const earlier = joinKeyed(record.earlier, init.earlier ?? noEarlierSums);
  const earlierRows = joinSketches(record.earlierRows, init.earlierRows ?? []);
  return { ...record, earlier, earlierRows, arrival: arrivalOf(record, device, init.isRecovered === true) };
}

/** Contributors of every sum that the next one must not be differenced with. */
export const allContributors = (record: SiteRecord, programme: ProgrammeState, roster: Roster): Contributors =>
  joinContributors(joinContributors(record.contributors, programme.contributors), placedContributors(record.earlier, roster));

/** The change that a `store` effect asks for. A signed set of contributors counts as released: what others did is not known. */
export function recorded(record: SiteRecord, stored: StoredRecord, stage: StageName): Partial<SiteRecord> {
  switch (stored.kind) {
    case 'round':
      return { lastRound: stored.round };
    case 'query':
      return {
        answered: [...record.answered, { query: stored.query, survivors: stored.survivors }],
        contributors: addContributors(record.contributors, stage, stored.sites),
      };
    case 'released':
      return { released: [...record.released, stored.query] };
  }
}

/** The change that a derived or vouched model brings. Its list of contributors outlives it: another plan version begins without one. */
export const remembered = (record: SiteRecord, { programme, transcript }: DerivedModel, round: number): Partial<SiteRecord> => ({
  model: { round, transcript, state: stateBytes(programme) },
  contributors: joinContributors(record.contributors, programme.contributors),
});
