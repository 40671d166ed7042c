/** What a plan's keys must mean together, beyond what each must be alone. */
import { outcomeColumns } from '../schema/index.ts';
import { type BrokenRule, broken } from './broken-rule.ts';
import { minimumContributors, type Plan, patientColumnOf } from './plan.ts';
import { classWeightRules } from './plan-class-weight-rules.ts';
import { columnRules, subgroupRules } from './plan-column-rules.ts';
import { effectSourceRules } from './plan-effect-source-rules.ts';
import { imageRules } from './plan-image-rules.ts';
import { outcomeRules } from './plan-outcome-rules.ts';
import { sourceRules } from './plan-source-rules.ts';
import { treatmentRules } from './plan-treatment-rules.ts';

/**
 * Checks a plan's keys against one another.
 *
 * @param plan - A plan of the right shape.
 * @returns Every broken rule; none means the plan can be run.
 */
export function brokenRules(plan: Plan): BrokenRule[] {
  return [
    ...outcomeRules(plan),
    ...treatmentRules(plan),
    ...sourceRules(plan),
    ...dictionaryRules(plan),
    ...columnRules(plan),
    ...effectSourceRules(plan),
    ...subgroupRules(plan),
    ...splitRules(plan),
    ...preprocessRules(plan),
    ...fittingRules(plan),
    ...imageRules(plan),
    ...stopRules(plan),
    ...roundRules(plan),
    ...versionRules(plan),
  ];
}

function* dictionaryRules(plan: Plan): Generator<BrokenRule> {
  const names = [...plan.outcomes.map(({ name }) => name), ...plan.features.map(({ name }) => name)];
  const predicted = new Set(plan.outcomes.flatMap(outcomeColumns));
  const columns = new Map<string, string>();
  const patientColumn = patientColumnOf(plan);
  for (const [index, feature] of plan.features.entries()) {
    const path = ['features', index];
    if (names.indexOf(feature.name) !== plan.outcomes.length + index) yield broken([...path, 'name'], `"${feature.name}" is used twice`);
    if (predicted.has(feature.column))
      yield broken([...path, 'column'], `"${feature.column}" is the outcome's column; it cannot predict itself`);
    if (feature.column === patientColumn)
      yield broken([...path, 'column'], `"${feature.column}" identifies patients; it cannot be a feature`);
    const other = columns.get(feature.column);
    if (other !== undefined) yield broken([...path, 'column'], `"${feature.column}" is already the column of "${other}"`);
    columns.set(feature.column, feature.name);
    if (feature.type === 'number') continue;
    const both = feature.codes.find(({ code }) => feature.missing.includes(code));
    if (both) yield broken([...path, 'missing'], `holds "${both.code}", which is also one of the codes`);
  }
}

function* splitRules(plan: Plan): Generator<BrokenRule> {
  const { split } = plan;
  if (split.by === 'time' && split.validation !== null && split.validation >= split.test) {
    yield broken(['split', 'validation'], `is ${split.validation}; validation must begin before the test, on ${split.test}`);
  }
  if (split.by === 'site' && new Set(split.test).size < minimumContributors(plan)) {
    yield broken(
      ['split', 'test'],
      `names too few hospitals: with fewer than ${minimumContributors(plan)} the test figures would be those of one or two`,
    );
  }
  if (split.by === 'file' && (split.file.keys.row === undefined) === (split.file.keys.patientId === undefined)) {
    yield broken(['split', 'file', 'keys'], 'must name exactly one of row and patientId');
  } else if (split.by === 'file' && split.file.keys.row !== undefined && split.file.keys.site === undefined) {
    yield broken(['split', 'file', 'keys'], 'must name site beside row: rows of every site are numbered from 1');
  }
  if ((split.by === 'patient-id' || split.by === 'row') && split.test + split.validation > 0.9) {
    yield broken(['split'], 'leaves less than a tenth of the patients for training: test + validation must be at most 0.9');
  }
}

function* preprocessRules({ preprocess, treatment }: Plan): Generator<BrokenRule> {
  if (!preprocess.indicators) return;
  if (treatment?.assignment === 'observational') {
    yield broken(
      ['preprocess', 'indicators'],
      'must be false beside an observational treatment: what is missing can tell the hospital',
      'false',
    );
  }
  if (preprocess.impute === 'drop-row') {
    yield broken(['preprocess', 'indicators'], 'has nothing to mark under impute: drop-row; choose federated-mean', 'false');
  }
}

function* fittingRules(plan: Plan): Generator<BrokenRule> {
  const { model, algorithm } = plan;
  if (model.kind !== 'linear' && algorithm.kind === 'newton') {
    yield broken(['algorithm', 'kind'], 'is newton, which fits linear models only; choose fedavg or fedadam for a network', 'fedavg');
  }
  yield* personalRules(plan);
  yield* classWeightRules(plan);
  const { thresholds } = plan.evaluation;
  if (thresholds.some((value, index) => index > 0 && !(value > thresholds[index - 1]!))) {
    yield broken(['evaluation', 'thresholds'], 'must rise from one to the next');
  }
}

function* personalRules({ model, algorithm, personal, outcomes }: Plan): Generator<BrokenRule> {
  const isBatch = model.kind === 'mlp' && model.norm === 'batch';
  if (isBatch && personal !== 'fedbn') {
    yield broken(['model', 'norm'], 'is batch, whose statistics are every site’s own: it needs personal: fedbn; or choose layer', 'layer');
  }
  if (personal === 'fedbn' && !(model.kind === 'mlp' && model.norm !== 'none')) {
    yield broken(['personal'], 'is fedbn, but the model has no normalisation of its own; choose model.norm: batch or layer', 'intercept');
  }
  if ((personal === 'head' || personal === 'fedper') && (model.kind === 'linear' || algorithm.kind === 'newton')) {
    yield broken(['personal'], `is ${personal}, which needs a network with a last layer`, 'recalibrate');
  }
  const isBinary = outcomes.find(({ role }) => role === 'primary')?.task === 'binary';
  if (!isBinary && personal !== 'none' && personal !== 'intercept') {
    yield broken(['personal'], `is ${personal}, which this release offers for binary outcomes only`, 'none');
  }
}

function* stopRules({ rounds, split, algorithm }: Plan): Generator<BrokenRule> {
  if (rounds.stop.patience === 0) return;
  const path = ['rounds', 'stop', 'patience'];
  if (algorithm.kind === 'newton') yield broken(path, 'asks for looks while training, but an exact fit stops by itself', '0');
  if ((split.by === 'patient-id' || split.by === 'row') && split.validation === 0) {
    yield broken(path, 'asks for looks at validation rows, but split.validation is 0', '0');
  }
}

function* roundRules(plan: Plan): Generator<BrokenRule> {
  const { quorum, colluders } = plan.rounds;
  const minimum = minimumContributors(plan);
  if (quorum < minimum) {
    yield broken(
      ['rounds', 'quorum'],
      `is ${quorum}, but no sum is revealed with fewer than ${minimum} sites (3, colluders + 2 and minContributors)`,
      String(minimum),
    );
    return;
  }
  // protocol.md §3: t = max(⌊2n/3⌋ + 1, ⌊(n + c)/2⌋ + 1), here for n = quorum.
  const threshold = Math.max(Math.floor((2 * quorum) / 3) + 1, Math.floor((quorum + colluders) / 2) + 1);
  if (threshold > quorum) yield broken(['rounds', 'quorum'], `is ${quorum}, but ${threshold} of ${quorum} sites would have to answer`);
}

function* versionRules({ version, previous }: Plan): Generator<BrokenRule> {
  if (previous !== null && version === 1) yield broken(['version'], 'is 1, but the plan names a version before it', '2');
}
