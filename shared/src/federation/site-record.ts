/** What a site writes down before it goes on: rounds, queries with their contributors, releases, and the model it derived. */
import type { StoredRecord } from '../protocol/index.ts';
import type { SiteRecord } from './contracts.ts';
import { addContributors, joinContributors } from './contributors.ts';
import type { DerivedModel } from './derived-model.ts';
import type { StageName } from './stage-name.ts';
import { stateBytes } from './state-bytes.ts';

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
