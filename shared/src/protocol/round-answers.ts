/**
 * The messages by which the coordinator answers, each made from the state alone: asked twice, it says the same bytes.
 */
import type { Advert, CoordinatorMessage, CoordinatorSays } from './coordinator-messages.ts';
import { PROTOCOL } from './fields.ts';
import { rising } from './round-cohort.ts';
import type { Aborted, Agreeing, Masking, Released, RoundState, Summing, Unmasking } from './round-state.ts';
import type { SiteMessageKind, SiteSays } from './site-messages.ts';
import type { RoundTerms } from './terms.ts';

const inRound = ({ study, round }: RoundTerms) => ({ protocol: PROTOCOL, study, round }) as const;

type WithAdverts = Exclude<RoundState, Aborted>;
type WithShares = Masking | Agreeing | Unmasking | Summing | Released;
type WithSurvivors = Agreeing | Unmasking | Summing | Released;
type WithAgreements = Unmasking | Summing | Released;

/** An R0 answer as the others see it. */
export function toAdvert({
  site,
  envelopeKey,
  maskKey,
  selfSeedHash,
  modelHash,
  previousTranscript,
  signature,
}: SiteSays<'advertise-keys'>): Advert {
  return { site, envelopeKey, maskKey, selfSeedHash, modelHash, previousTranscript, signature };
}

/** All adverts by rising index. */
export function advertsMessage({ terms, adverts }: WithAdverts): CoordinatorSays<'adverts'> {
  return { ...inRound(terms), kind: 'adverts', adverts: rising(adverts.keys()).map((site) => toAdvert(adverts.get(site)!)) };
}

/** One sharer's envelopes from all other sharers. */
export function envelopesMessage({ terms, shares }: WithShares, recipient: number): CoordinatorSays<'envelopes'> {
  const sharers = rising(shares.keys());
  const envelopes = sharers
    .filter((from) => from !== recipient)
    .map((from) => {
      const { to: _, ...envelope } = shares.get(from)!.shares.find(({ to }) => to === recipient)!;
      return { from, ...envelope };
    });
  return { ...inRound(terms), kind: 'envelopes', sharers, envelopes };
}

/** U3. */
export function survivorsMessage({ terms, survivors }: WithSurvivors): CoordinatorSays<'survivors'> {
  return { ...inRound(terms), kind: 'survivors', survivors: [...survivors] };
}

/** The R3 signatures by rising index. */
export function agreementMessage({ terms, agreements }: WithAgreements): CoordinatorSays<'agreement'> {
  const signatures = rising(agreements.keys()).map((site) => ({ site, signature: agreements.get(site)!.signature }));
  return { ...inRound(terms), kind: 'agreement', signatures };
}

/** The sum and what is needed to check it. */
export function releasedMessage({ terms, sum, sumSizeBytes, transcript, masks }: Released): CoordinatorSays<'released'> {
  const selfSeeds = [...masks.selfSeeds];
  return { ...inRound(terms), kind: 'released', sum, sumSizeBytes, transcript, selfSeeds, maskKeys: [...masks.dropped] };
}

/** The end without a sum. */
export function abortedMessage({ terms, code }: Aborted): CoordinatorSays<'aborted'> {
  return { ...inRound(terms), kind: 'aborted', code };
}

/**
 * What followed a message of a phase that has closed, for a site that took part in that phase.
 *
 * @returns Null while that phase is open or its answer is not there yet.
 */
export function answerTo(state: RoundState, site: number, kind: SiteMessageKind): CoordinatorMessage | null {
  if (state.phase === 'aborted') return abortedMessage(state);
  if (state.phase === 'released') return releasedMessage(state);
  switch (kind) {
    case 'advertise-keys':
      return state.phase === 'advertising' ? null : advertsMessage(state);
    case 'share-keys':
      return 'vectors' in state ? envelopesMessage(state, site) : null;
    case 'masked-vector':
      return 'survivors' in state ? survivorsMessage(state) : null;
    case 'consistency':
      return 'answers' in state ? agreementMessage(state) : null;
    default:
      return null;
  }
}
