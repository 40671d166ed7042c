/** What splines, interactions and classes must mean together with the rest of a plan: the columns of the model, and how many there are. */
import type { Feature } from '../schema/index.ts';
import { type BrokenRule, broken } from './broken-rule.ts';
import type { Plan } from './plan.ts';

/** Largest softmax whose Hessian one sum carries; above it a bound of the Hessian serves, which cannot be tuned in folds. */
const MOST_NEWTON = 500;
const MOST_PARAMETERS = 20_000;

/** Groups are of features, and where a feature is measured its cuts make them. */
export function* subgroupRules({ evaluation, features }: Plan): Generator<BrokenRule> {
  for (const [index, { feature: name, cuts }] of evaluation.subgroups.entries()) {
    const path = ['evaluation', 'subgroups', index];
    const feature = features.find((candidate) => candidate.name === name);
    if (feature === undefined) yield broken([...path, 'feature'], `is "${name}", which is not a feature`);
    if (evaluation.subgroups.findIndex((other) => other.feature === name) !== index)
      yield broken([...path, 'feature'], `is "${name}" a second time`);
    if (feature?.type === 'number' && cuts.length === 0)
      yield broken([...path, 'cuts'], `is empty, and "${name}" is a number: say where groups begin`);
    if (feature !== undefined && feature.type !== 'number' && cuts.length > 0)
      yield broken([...path, 'cuts'], `is for numbers; the groups of "${name}" are its codes`);
    if (cuts.some((cut, at) => at > 0 && !(cut > cuts[at - 1]!))) yield broken([...path, 'cuts'], 'must rise from one to the next');
  }
}

export function* columnRules(plan: Plan): Generator<BrokenRule> {
  yield* splineRules(plan);
  yield* interactionRules(plan);
  const parameters = plan.features.reduce((sum, feature) => sum + columnsOf(feature), 1) + interactionColumns(plan);
  for (const [index, outcome] of plan.outcomes.entries()) {
    if (outcome.task !== 'multiclass') continue;
    const size = (outcome.codes.length - 1) * parameters;
    const { ridge } = plan.algorithm.kind === 'newton' ? plan.algorithm : plan.exact;
    if (size > MOST_NEWTON && ridge === 'cv') {
      yield broken(
        [plan.algorithm.kind === 'newton' ? 'algorithm' : 'exact', 'ridge'],
        `is cv, but ${size} coefficients for ${outcome.codes.length} classes are too many to fit in folds; give a number`,
        '1',
      );
    }
    if (size > MOST_PARAMETERS) {
      yield broken(
        ['outcomes', index, 'codes'],
        `needs ${size} coefficients for ${outcome.codes.length} classes, and an exact fit carries at most ${MOST_PARAMETERS}; join classes or leave features out`,
      );
    }
  }
}

function* splineRules({ features }: Plan): Generator<BrokenRule> {
  for (const [index, feature] of features.entries()) {
    if (feature.type !== 'number' || !Array.isArray(feature.spline)) continue;
    const knots = feature.spline;
    const [low, high] = feature.range;
    if (knots.some((knot, at) => at > 0 && !(knot > knots[at - 1]!))) {
      yield broken(['features', index, 'spline'], 'must rise from one knot to the next');
    }
    if (knots.some((knot) => knot <= low || knot >= high)) {
      yield broken(['features', index, 'spline'], `has a knot outside ${low} to ${high}, the range of "${feature.name}"`);
    }
  }
}

function* interactionRules({ interactions, features, model, treatment }: Plan): Generator<BrokenRule> {
  const names = features.map(({ name }) => name);
  const pairs = interactions.map((pair) => [...pair].sort().join(' '));
  for (const [index, pair] of interactions.entries()) {
    const path = ['interactions', index];
    const [a, b] = pair;
    const unknown = pair.find((name) => !names.includes(name));
    if (unknown !== undefined) yield broken(path, `names "${unknown}", which is not a feature`);
    if (a === b) yield broken(path, `is "${a}" with itself; a curve is asked for by the feature's own key "spline"`);
    if (pairs.indexOf(pairs[index]!) !== index) yield broken(path, `names "${a}" and "${b}" a second time`);
  }
  if (interactions.length > 0 && model.kind === 'additive') {
    yield broken(['interactions'], 'cannot be part of an additive network, which has one part a feature; choose mlp or linear');
  }
  if (interactions.length > 0 && treatment !== null) {
    yield broken(
      ['interactions'],
      'are not part of the model of an effect in this release; those with the treatment are asked for by treatment.level and treatment.tests',
    );
  }
}

function interactionColumns({ interactions, features }: Plan): number {
  const straight = (name: string): number =>
    features.filter((feature) => feature.name === name).reduce((sum, feature) => sum + straightColumns(feature), 0);
  return interactions.reduce((sum, [a, b]) => sum + straight(a) * straight(b), 0);
}

const straightColumns = (feature: Feature): number => (feature.type === 'category' ? feature.codes.length - 1 : 1);

function columnsOf(feature: Feature): number {
  if (feature.type !== 'number' || !feature.spline) return straightColumns(feature);
  return feature.spline === true ? 3 : feature.spline.length - 1;
}
