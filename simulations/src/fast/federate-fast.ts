/**
 * A whole federation without the masks: the stages of the study as the product has them (what is asked, how a site answers, what a
 * sum teaches), and the sums in the same rings, so that every released sum is bit for bit the one the secure protocol releases.
 *
 * Rule: nothing is kept of a round but one line for the timeline; memory does not grow with rounds.
 */
import {
  emptyProgramme,
  expectedSums,
  nextQuery,
  type ProgrammeState,
  type RoundOutcome,
  type SiteDataReport,
  type SiteResults,
  type StudyResults,
  stageOf,
  studyResults,
  withContributors,
} from '@consilium/shared/federation';
import type { Query } from '@consilium/shared/protocol';
import { type EncodedVector, thresholds } from '@consilium/shared/secagg';
import type { Plan } from '@consilium/shared/study';
import { SimulationError } from '../input/simulation-error.ts';
import type { SiteInput } from '../input/site-input.ts';
import type { Wire } from '../world/post-office.ts';
import { type CheckpointFile, checkpointWriter, readCheckpoint } from './checkpoint.ts';
import { countWire } from './counted-wire.ts';
import { addToSum, reduceSum } from './ring-sum.ts';
import type { Shard } from './shard.ts';

export interface FastFederation {
  readonly view: { readonly timeline: readonly RoundOutcome[]; readonly results: StudyResults | null };
  readonly reports: ReadonlyMap<string, SiteDataReport>;
  readonly results: ReadonlyMap<string, SiteResults>;
  readonly programme: ProgrammeState;
  readonly wire: ReadonlyMap<string, Wire>;
}

export interface FastInput {
  readonly plan: Plan;
  readonly planHash: string;
  readonly sites: readonly SiteInput[];
  /** Between them they hold every site once. */
  readonly shards: readonly Shard[];
  /** The stages of the study; others than the product's where the researcher brings an algorithm. */
  readonly stageFor?: typeof stageOf | undefined;
  /** Counts the bytes the protocol would have sent. */
  readonly isCounted?: boolean;
  /** Roster indices that do not answer in a round; exact sums cannot do without anyone. */
  readonly absent?: (round: number, query: Query) => readonly number[];
  readonly onRound?: (outcome: RoundOutcome, programme: ProgrammeState) => void;
  readonly onProgress?: (done: number, expected: number) => void;
  /** Each site's results for its own eyes: a model of its own rows tuned by cross-validation, and its predictions. */
  readonly withSiteResults?: boolean;
  /** Where the federation is kept while it runs, and taken up again. */
  readonly checkpoint?: CheckpointFile | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** As in the product: after so many rounds in a row without enough sites, it is over. */
const MOST_FAILURES = 3;

/** @throws SimulationError with a plain sentence when a file cannot be used or the study ends without its results. */
export async function federateFast(input: FastInput): Promise<FastFederation> {
  const { plan, sites, shards, onProgress } = input;
  const everyone = sites.map((_, index) => index);
  const { minimum } = thresholds(Math.max(1, sites.length), plan.rounds.colluders, plan.rounds.minContributors);
  if (sites.length < Math.max(minimum, plan.rounds.quorum)) {
    throw new SimulationError(`The plan asks for at least ${Math.max(minimum, plan.rounds.quorum)} sites; there are ${sites.length}.`);
  }
  const loaded = (await Promise.all(shards.map((shard) => shard.load()))).flat().sort((a, b) => a.index - b.index);
  const reports = new Map(loaded.map(({ index, report }) => [sites[index]?.id ?? '', report]));
  const ready = loaded.map((site) => site.ready);
  const ids = sites.map(({ id }) => id);
  const before = input.checkpoint === undefined ? null : await readCheckpoint(input.checkpoint, input.planHash, ids);
  const keep = input.checkpoint === undefined ? null : checkpointWriter(input.checkpoint);
  const count = input.isCounted === true ? countWire(plan, input.planHash, sites, ready, before?.wire) : null;
  const timeline: RoundOutcome[] = [...(before?.timeline ?? [])];
  const names = new Map<readonly number[], readonly string[]>();
  const namesOf = (indices: readonly number[]): readonly string[] => {
    const known = names.get(indices);
    if (known !== undefined) return known;
    const found = indices.map((index) => ids[index] ?? '');
    if (indices === everyone) names.set(indices, found);
    return found;
  };

  let programme = before?.programme ?? emptyProgramme(input.planHash, sites.length);
  let failures = 0;
  let done = timeline.filter(({ outcome }) => outcome === 'released').length;
  for (let round = timeline.length + 1; ; round++) {
    input.signal?.throwIfAborted();
    const query = nextQuery(plan, programme);
    if (query === null) break;
    onProgress?.(done, done + expectedSums(plan, programme));
    const asked = query.cohort ?? everyone;
    const { sum, survivors, failed, hasKept } = await askAll(input, programme, query, round, everyone);
    const isComplete = query.cohort === null || survivors === everyone || query.cohort.every((index) => survivors.includes(index));
    const isEnough = survivors.length >= Math.max(minimum, thresholds(asked.length, plan.rounds.colluders, minimum).threshold);
    const outcome: RoundOutcome = {
      round,
      kind: query.kind,
      label: query.label,
      outcome: isComplete && isEnough ? 'released' : 'aborted',
      code: isComplete && isEnough ? null : isComplete ? 'below-minimum' : 'cohort-incomplete',
      survivors: isComplete && isEnough ? namesOf(survivors) : [],
      dropped: survivors === everyone ? [] : namesOf(asked.filter((index) => !survivors.includes(index))),
    };
    timeline.push(outcome);
    if (outcome.outcome === 'released') {
      const stage = (input.stageFor ?? stageOf)(programme);
      if (stage === null) throw new TypeError('federateFast: the study is done');
      programme = withContributors(stage.advance(plan, programme, sum, survivors), programme.stage, survivors);
      count?.round(round, query, survivors);
      failures = 0;
      done++;
      const current = () => ({ planHash: input.planHash, sites: ids, programme, timeline, wire: count?.wire() ?? new Map() });
      await keep?.(hasKept, current);
    } else if (++failures >= MOST_FAILURES || failed.length > 0) {
      throw new SimulationError(['The study did not finish: too few sites answered.', ...new Set(failed)].join(' '));
    }
    input.onRound?.(outcome, programme);
  }
  count?.finish(timeline.length);
  const results = new Map<string, SiteResults>();
  if (input.withSiteResults !== false) {
    const found = new Map((await Promise.all(shards.map((shard) => shard.results(programme)))).flat());
    for (const { id } of sites) {
      const own = found.get(id);
      if (own !== undefined) results.set(id, own);
    }
  }
  return {
    view: { timeline, results: studyResults(plan, programme) },
    reports,
    results,
    programme,
    wire: count?.wire() ?? new Map(),
  };
}

interface Asked {
  readonly sum: EncodedVector;
  readonly survivors: readonly number[];
  readonly failed: readonly string[];
  readonly hasKept: boolean;
}

/** The reduced sum over all shards, who is in it, and why others are not. */
async function askAll(
  { absent, shards }: FastInput,
  programme: ProgrammeState,
  query: Query,
  round: number,
  everyone: readonly number[],
): Promise<Asked> {
  const away = absent?.(round, query) ?? [];
  const answers = await Promise.all(shards.map((shard) => shard.answer(programme, away)));
  const [first, ...rest] = answers;
  if (first === undefined) throw new TypeError('askAll: expected at least one shard');
  for (const { sum } of rest) addToSum(first.sum, sum);
  const failed = answers.flatMap((answer) => answer.failed);
  const out = new Set([...away, ...failed.map(({ index }) => index)]);
  const survivors = out.size === 0 ? everyone : everyone.filter((index) => !out.has(index));
  const hasKept = answers.some((answer) => answer.hasKept);
  return { sum: reduceSum(first.sum, query.layout), survivors, failed: failed.map(({ text }) => text), hasKept };
}
