/**
 * Some of the sites of a simulation, held together: their rows, prepared once, and the sum of their answers to a query. Whole
 * federations are one shard in this thread, or several in threads of their own; partial sums add up to the same bits in any division.
 */
import {
  loadRows,
  nextQuery,
  type ProgrammeState,
  type SiteDataReport,
  SiteError,
  type SiteMemory,
  type SiteResults,
  type SiteRows,
  type Stage,
  siteResults,
  stageOf,
} from '@consilium/shared/federation';
import type { Prepared, Scaling } from '@consilium/shared/preparation';
import { type Band, bandOf } from '@consilium/shared/protocol';
import { type EncodedVector, zeroVector } from '@consilium/shared/secagg';
import type { Plan } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { refuseUnready } from '../input/refuse-unready.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { type SiteInput, siteFile } from '../input/site-input.ts';
import { addToSum } from './ring-sum.ts';
import { roundingSeed } from './rounding-seed.ts';

/** A site and its place in the roster. */
export interface ShardSite {
  readonly index: number;
  readonly input: SiteInput;
}

export interface ShardInput {
  readonly plan: Plan;
  readonly planHash: string;
  readonly sites: readonly ShardSite[];
  readonly splitCsv: Uint8Array | null;
  readonly backend: BackendName;
  /** Address of a researcher's algorithm, for shards in threads of their own. */
  readonly algorithm?: string | null;
}

export interface ShardAnswer {
  readonly sum: EncodedVector;
  /** Whether a site kept something of its training for its next round, which no copy of the state holds. */
  readonly hasKept: boolean;
  /** Sites whose answer failed, with a plain sentence each; they are not in the sum. */
  readonly failed: readonly { readonly index: number; readonly text: string }[];
}

/** What a site says of its rows when they are checked: bands and nothing else. */
export interface SiteReadiness {
  readonly rows: Band;
  readonly events: Band;
  readonly checks: 'pass' | 'warn';
}

export interface LoadedSite {
  readonly index: number;
  readonly report: SiteDataReport;
  readonly ready: SiteReadiness;
}

export interface Shard {
  /** Reads and checks every file. @throws SimulationError that begins with the site's name. */
  load(): Promise<readonly LoadedSite[]>;
  /** The sum over its sites but those that are absent; the body unreduced. */
  answer(state: ProgrammeState, absent: readonly number[]): Promise<ShardAnswer>;
  /** Each site's own results, by site id. */
  results(state: ProgrammeState): Promise<readonly (readonly [string, SiteResults])[]>;
  close(): Promise<void>;
}

/** @param stageFor - The stage that answers; another one than the product's where the researcher brings an algorithm. */
export function createShard(input: ShardInput, stageFor: (state: ProgrammeState) => Stage | null = stageOf): Shard {
  const { plan, planHash, splitCsv, backend } = input;
  const rows = new Map<number, SiteRows>();
  const memories = new Map<number, SiteMemory>();
  let hasKept = false;
  let scaling: Scaling | null = null;

  /** The scaling never changes once it is there: one object for it, however often the state is copied. */
  function withKnownScaling(state: ProgrammeState): ProgrammeState {
    scaling ??= state.scaling;
    return scaling === state.scaling ? state : { ...state, scaling };
  }

  return {
    load: async () => {
      const loaded: LoadedSite[] = [];
      for (const site of input.sites) loaded.push(await loadSite(site));
      return loaded;
    },
    answer: async (given, absent) => {
      const state = withKnownScaling(given);
      const stage = stageFor(state);
      const query = nextQuery(plan, state);
      if (stage === null || query === null) throw new TypeError('answer: the study is done');
      const sum = zeroVector(query.layout);
      const failed: { index: number; text: string }[] = [];
      const missing = new Set(absent);
      for (const { index, input: site } of input.sites) {
        if (missing.has(index)) continue;
        let draws = 0;
        const freshSeed = () => roundingSeed({ seed: plan.seed, planHash, site: site.id }, state.stage, draws++);
        try {
          addToSum(
            sum,
            await stage.answer(plan, state, rowsOf(index), {
              planHash,
              backend,
              memory: memoryOf(index),
              freshSeed,
              onProgress: () => undefined,
            }),
          );
        } catch (error) {
          failed.push({ index, text: `${site.name}: ${sentenceOf(error)}` });
        }
      }
      return { sum, failed, hasKept };
    },
    results: async (given) => {
      const state = withKnownScaling(given);
      return input.sites.flatMap(({ index, input: { id } }) => {
        const results = siteResults(plan, state, rowsOf(index));
        return results === null ? [] : [[id, results] as const];
      });
    },
    close: async () => rows.clear(),
  };

  async function loadSite({ index, input }: ShardSite): Promise<LoadedSite> {
    const { id, name } = input;
    try {
      const loaded = await loadRows(plan, id, siteFile(input, splitCsv));
      if (loaded.counts.rows === 0) throw new SiteError('no-usable-rows');
      refuseUnready(loaded.report);
      const keep = (held: SiteRows) => void rows.set(index, held);
      keep(plan.treatment === null ? compact(loaded.rows, keep) : loaded.rows);
      memories.set(index, loaded.memory);
      const { report, counts } = loaded;
      const checks = report.checks.every(({ status }) => status === 'pass') ? 'pass' : 'warn';
      return { index, report: { ...report, preview: [] }, ready: { rows: bandOf(counts.rows), events: bandOf(counts.events), checks } };
    } catch (error) {
      throw new SimulationError(`${name}: ${sentenceOf(error)}`);
    }
  }

  function memoryOf(index: number): SiteMemory {
    const own = memories.get(index);
    if (own === undefined) throw new TypeError(`memoryOf: site ${index} is not loaded`);
    return {
      recall: own.recall,
      keep: (name, round, value) => {
        hasKept = true;
        own.keep(name, round, value);
      },
    };
  }

  function rowsOf(index: number): SiteRows {
    const found = rows.get(index);
    if (found === undefined) throw new TypeError(`rowsOf: site ${index} is not loaded`);
    return found;
  }
}

/** Once the matrices are there, the table they came from is let go. */
function compact(full: SiteRows, replace: (smaller: SiteRows) => void): SiteRows {
  return {
    ...full,
    prepared: (scaling) => {
      const prepared: Prepared = full.prepared(scaling);
      const groups = full.testGroups();
      replace({
        ...full,
        statistics: gone,
        flow: gone,
        testClasses: gone,
        validationOutcomes: gone,
        testGroups: () => groups,
        effect: gone,
        effectTestRows: gone,
        prepared: () => prepared,
      });
      return prepared;
    },
  };
}

function gone(): never {
  throw new TypeError('compact: the table was let go after the statistics');
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
