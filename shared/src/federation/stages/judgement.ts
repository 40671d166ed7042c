/**
 * What is judged once every model has been evaluated, over the evaluation's cohort: each model in the declared groups of patients, its figures
 * across hospitals, and whether the network may take the exact model's place, which validation rows decide. All questions that
 * are open share one sum; the test part is scored by the models of one plan version only, and each of them once.
 */
import { groupCells, groupNames, hiddenGroups, type Predictions, subgroupSums } from '../../evaluation/index.ts';
import type { Prepared } from '../../preparation/index.ts';
import { subgroupsOf } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { canPromote, classesOf, hasAcrossSites, judgedLabels, withheldGroups } from '../judged.ts';
import { scoresWithOwnPart } from '../personal-model.ts';
import type { Judgement, ModelLabel, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { predictionsOf } from '../scores.ts';
import { headerOnly, type SiteRows, type Stage } from '../stage.ts';
import { taskOptions } from '../task-options.ts';
import { acrossParts } from './across-parts.ts';
import { lastStages } from './effect.ts';
import { type JudgementPart, stepOf } from './judgement-part.ts';
import { promotionParts } from './promotion-parts.ts';

export const judgement: Stage = {
  query: (plan, state) => ({
    kind: 'evaluation',
    label: 'judgement',
    options: { part: 'judgement', pass: passOf(state) },
    layout: { header: partsOf(plan, state).reduce((sum, { length }) => sum + length, 0), body: 0, bits: 32 },
    step: stepOf(state),
    clips: [],
    cohort: required(Object.values(state.evaluations)[0], 'evaluation').cohort,
  }),

  answer: async (plan, state, rows) => {
    const prepared = rows.prepared(required(state.scaling, 'scaling'));
    const sums = partsOf(plan, state).flatMap((part) => Array.from(part.answer(rows, prepared)));
    return headerOnly(encodeStatistics(Float64Array.from(sums), stepOf(state), state.sites));
  },

  advance: (plan, state, sum) => {
    const sums = decodeStatistics(sum.header, stepOf(state));
    let judged = state.judgement ?? EMPTY;
    let at = 0;
    for (const { length, take } of partsOf(plan, state)) {
      judged = take(judged, sums.slice(at, at + length));
      at += length;
    }
    const next = { ...state, judgement: { ...judged, passes: judged.passes + 1 } };
    return partsOf(plan, next).length > 0 ? next : { ...next, stage: lastStages(plan, next) };
  },
};

const EMPTY: Judgement = { passes: 0, subgroups: {}, figures: {}, first: {}, second: {}, promotion: null };
const passOf = ({ judgement: judged }: ProgrammeState): number => judged?.passes ?? 0;

/** The questions that are open; none when all is known, or nothing is asked. */
export function partsOf(plan: Plan, state: ProgrammeState): JudgementPart[] {
  return [
    ...judgedLabels(state).flatMap((label) => {
      const predictions = (rows: SiteRows, prepared: Prepared) => testPredictions(plan, state, label, rows, prepared);
      const across = hasAcrossSites(plan, state) ? acrossParts(plan, state, label, predictions) : [];
      return [...subgroupPart(plan, state, label), ...across];
    }),
    ...(canPromote(plan, state) ? promotionParts(plan, state) : []),
  ];
}

function subgroupPart(plan: Plan, state: ProgrammeState, label: ModelLabel): JudgementPart[] {
  const declared = subgroupsOf(plan);
  if (declared.length === 0 || state.judgement?.subgroups[label] !== undefined) return [];
  const withheld = withheldGroups(plan, state);
  const options = taskOptions(plan, state, label);
  const { length } = groupNames(options);
  return [
    {
      length: declared.reduce((sum, { groups }) => sum + groups.length * length, 0),
      answer: (rows, prepared) => {
        const predictions = testPredictions(plan, state, label, rows, prepared);
        const { labels, groups } = rows.testGroups();
        return Float64Array.from(
          groups.flatMap((own, feature) => {
            const lonely = withheld[feature]!;
            const hidden = hiddenGroups(groupCells(classesOf(plan), labels, own, lonely.length), plan.evaluation.smallestCell);
            const left = hidden.map((isHidden, group) => isHidden || lonely[group]!);
            return Array.from(subgroupSums(predictions, prepared.test, own, left, options));
          }),
        );
      },
      take: (judged, sums) => ({ ...judged, subgroups: { ...judged.subgroups, [label]: sums } }),
    },
  ];
}

/** As the evaluation scored them: with the site's own part, where the plan gives it one. */
function testPredictions(plan: Plan, state: ProgrammeState, label: ModelLabel, rows: SiteRows, prepared: Prepared): Predictions {
  const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, prepared.test) : null;
  return own === null ? predictionsOf(plan, state, label, prepared.test, prepared.train) : { task: 'binary', probability: own };
}
