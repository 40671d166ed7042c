/** How many bytes a hospital sends in a study, told from the plan alone: upper bounds, for the people who run its network. */
import { BENEFIT_CELLS_LENGTH } from '../effects/index.ts';
import { emptyProgramme, expectedSums, largestModel, nextQuery } from '../federation/index.ts';
import { type SiteMessage, sentLength } from '../protocol/index.ts';
import { packedLength } from '../secagg/index.ts';
import { type Plan, planHash } from '../study/index.ts';

export interface PaperFigures {
  readonly hospitals: number;
  /** Bytes of the signed messages of one sum, without the masked numbers. */
  readonly messageBytes: number;
  /** Bytes of the largest masked vector of any sum. */
  readonly vectorBytes: number;
  /** Sums of a study in which nothing fails: what is usual, not a bound. */
  readonly sums: number;
  /** Bytes up in all: every sum as the largest. */
  readonly totalBytes: number;
}

const HASH = 'f'.repeat(64);
const KEY = base64Of(32);
const SIGNATURE = base64Of(64);
/** A share, its indices and the context it belongs to, in an envelope; with room. */
const SEALED = base64Of(240);

/** @param hospitals - How many are expected; the plan's quorum where nobody knows better. */
export function paperFigures(plan: Plan, hospitals: number): PaperFigures {
  const vectorBytes = largestVector(plan, hospitals);
  const messageBytes = roundMessages(plan.study, hospitals).reduce((sum, message) => sum + sentLength(message), 0);
  const sums = expectedSums(plan, emptyProgramme(planHash(plan), hospitals));
  return { hospitals, messageBytes, vectorBytes, sums, totalBytes: sums * (messageBytes + vectorBytes) };
}

function largestVector(plan: Plan, hospitals: number): number {
  const first = nextQuery(plan, emptyProgramme(planHash(plan), hospitals));
  const size = largestModel(plan);
  const { bins, thresholds } = plan.evaluation;
  const exact = 8 * (2 + size + (size * (size + 1)) / 2);
  // Tables of scores: by time and event, of each class, or of two classes.
  const tables = plan.outcomes.map((outcome) =>
    outcome.task === 'time-to-event' ? 120 * bins : outcome.task === 'multiclass' ? outcome.codes.length * (2 * bins + 8) : 2 * bins,
  );
  const evaluation = 8 * (256 + 2 * thresholds.length + Math.max(...tables));
  const { algorithm } = plan;
  // Everything that training by rounds sends beside the weights is in the header; SCAFFOLD sends the weights twice.
  const update = algorithm.kind === 'newton' ? 0 : packedLength({ header: 64, body: 2 * algorithm.fits * size, bits: algorithm.bits });
  const columns = plan.features.length + plan.interactions.length;
  const isExactLarge = algorithm.kind === 'newton' ? exact : 8 * (2 + columns + (columns * (columns + 1)) / 2) * 4;
  return Math.max(first === null ? 0 : packedLength(first.layout), isExactLarge, evaluation, update, effectBytes(plan, columns + 2));
}

/** The largest sum of an effect: the tables of benefit of every model, or the fits of all folds. @param size - Coefficients of one fit. */
function effectBytes({ treatment, outcomes }: Plan, size: number): number {
  if (treatment === null) return 0;
  const fit = 3 + size + (size * (size + 1)) / 2;
  const benefit = (treatment.level === 3 ? 6 : 2) * BENEFIT_CELLS_LENGTH + outcomes.length * (size + 4);
  const nuisance = treatment.level === 3 ? (2 + 2 * treatment.folds) * fit : fit;
  return 8 * Math.max(benefit, nuisance, 4 * fit);
}

/** What a site says in one sum, at its length. */
function roundMessages(study: string, hospitals: number): readonly SiteMessage[] {
  const heading = { protocol: 1, study, round: 10_000 } as const;
  const peers = Array.from({ length: hospitals - 1 }, (_, at) => at);
  const sealed = { sealed: SEALED, selfSeedCommitment: HASH, maskKeyCommitment: HASH, signature: SIGNATURE };
  const keys = { envelopeKey: KEY, maskKey: KEY, selfSeedHash: HASH, modelHash: HASH, previousTranscript: HASH, signature: SIGNATURE };
  const shares = [...peers, hospitals].map((of) => ({ of, share: KEY }));
  return [
    { ...heading, kind: 'advertise-keys', site: hospitals, ...keys },
    { ...heading, kind: 'share-keys', shares: peers.map((to) => ({ to, ...sealed })) },
    { ...heading, kind: 'masked-vector', sizeBytes: 10_000_000, hash: HASH, signature: SIGNATURE },
    { ...heading, kind: 'consistency', signature: SIGNATURE },
    { ...heading, kind: 'unmask', selfSeedShares: shares, maskKeyShares: [], signature: SIGNATURE },
  ];
}

function base64Of(bytes: number): string {
  return 'A'.repeat(4 * Math.ceil(bytes / 3));
}
