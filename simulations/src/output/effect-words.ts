/** The effect of a treatment as rows of a table and sentences, for a terminal and the report alike. No word goes above the evidence. */
import type { EffectMessage, EffectRefusal, EffectResult } from '@consilium/shared/effects';
import type { Plan } from '@consilium/shared/study';
import { primaryOutcome } from '@consilium/shared/study';
import { align } from './align.ts';

const REFUSALS: Readonly<Record<EffectRefusal, string>> = {
  'one-arm': 'all patients had the same treatment',
  'one-outcome': 'all patients had the same outcome',
  'too-few-sites': 'too few sites have patients in both arms',
  'too-few-in-arms': 'too few sites have enough patients in both arms',
  'no-overlap': 'too many patients could in practice have got only one of the two',
  'fit-failed': 'a fit did not end',
  'propensity-failed': 'who got which treatment could not be modelled',
};

export const EFFECT_HEAD = ['outcome', 'odds ratio', '95 %', 'risk without', 'risk with', 'without − with', '95 %'] as const;

/** One row an outcome, the primary first; empty where no effect is shown. */
export function effectRows(plan: Plan, { primary, harms }: EffectResult): string[][] {
  const effects = [{ name: primaryOutcome(plan).name, effect: primary }, ...harms];
  return effects.flatMap(({ name, effect }) => {
    if (effect === null) return [];
    const { relative, absolute } = effect;
    return [
      [
        name,
        relative.oddsRatio.toFixed(3),
        range(relative.interval),
        absolute.riskWithout.toFixed(3),
        absolute.riskWith.toFixed(3),
        absolute.difference.toFixed(3),
        range(absolute.interval),
      ],
    ];
  });
}

/** What has to be said with the figures. */
export function effectSentences({ messages, counts, primary, interactions }: EffectResult): string[] {
  const arms =
    counts === null
      ? []
      : [
          `Training patients: ${counts.treated} treated (${counts.eventsTreated} events), ${counts.comparator} compared (${counts.eventsComparator} events), at ${counts.sites} sites.`,
        ];
  const isUnclear = primary !== null && primary.absolute.interval[0] <= 0 && primary.absolute.interval[1] >= 0;
  const unclear = isUnclear ? ['The interval of the difference holds 0: this study cannot tell whether there is one on average.'] : [];
  const terms =
    interactions === null
      ? []
      : [`Shrunken interactions: ${interactions.map(({ name, coefficient }) => `${name} ${coefficient.toFixed(3)}`).join(', ')}.`];
  return [...arms, ...unclear, ...terms, ...messages.map(sentence)];
}

export function effectTable(plan: Plan, effect: EffectResult): string {
  const rows = effectRows(plan, effect);
  const title = `effect of ${plan.treatment?.column ?? 'the treatment'}`;
  const table = rows.length === 0 ? [] : [align([[title, ...EFFECT_HEAD.slice(1)], ...rows])];
  return [...table, effectSentences(effect).join('\n')].join('\n');
}

function sentence(message: EffectMessage): string {
  switch (message.code) {
    case 'effect-refused':
      return `No effect is shown: ${REFUSALS[message.reason]}.`;
    case 'evidence-randomised':
      return 'Treatment was assigned by lot.';
    case 'evidence-observational':
      return `Treatment was chosen, not assigned by lot: an association. An unmeasured cause tied to both by a risk ratio of ${message.eValue.toFixed(2)} could explain it away; ${message.eValueLimit.toFixed(2)} for its interval.`;
    case 'no-difference-in-relative-effect': {
      const power = message.detectableRatio === null ? '' : `; it could have detected a ratio of ${message.detectableRatio.toFixed(2)}`;
      return `This study found no reliable difference in relative effect (p = ${message.pValue.toFixed(3)}${power}); the absolute difference still varies with risk.`;
    }
    case 'difference-in-relative-effect':
      return `The relative effect differs between patients (p ${message.pValue < 0.001 ? '< 0.001' : `= ${message.pValue.toFixed(3)}`}).`;
    case 'harms-not-estimated':
      return 'Harms were not estimated in this study.';
    case 'harm-failed':
      return `The harm "${message.harm}" could not be estimated.`;
    case 'small-arms':
      return `${message.sites} sites had fewer than ten patients in an arm and took no part in weighting or learners.`;
    case 'unassigned':
      return `${message.patients} patients had neither of the two treatments.`;
    case 'research-view':
      return 'Research view: learners of individual effects are shown; they have not been validated.';
    case 'research-view-refused':
      return `The research view could not be computed: ${message.reason === 'fit-failed' ? 'a fit did not end' : 'too few patients in an arm'}.`;
    case 'outside-overlap':
      return `${(100 * message.share).toFixed(1)} % of the patients could in practice have got only one of the two.`;
  }
}

const range = ([low, high]: readonly [number, number]): string => `${low.toFixed(3)} to ${high.toFixed(3)}`;
