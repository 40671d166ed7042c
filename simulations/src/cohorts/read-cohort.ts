/** A cohort file, read and checked as a whole. */
import { nearHint, readDeclared } from '../input/declared-file.ts';
import { type CohortFile, cohortSchema } from './cohort-schema.ts';
import { sumOfTerms } from './cohort-terms.ts';

/** @throws SimulationError with the line, the key and the nearest valid one. */
export function readCohort(text: string, name: string): CohortFile {
  const { value, fault } = readDeclared(text, name, 'cohort', cohortSchema);
  const { features, outcome, treatment, unitErrors, sites } = value;
  const names = features.map((feature) => feature.name);
  const columns = [...names, outcome.name, ...(treatment === undefined ? [] : [treatment.name]), 'patient', 'days'];
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined) throw fault(['features'], `"${twice}" names two columns.`);
  for (const [at, feature] of features.entries()) {
    if (feature.type === 'number') {
      if (!(feature.range[0] < feature.mean && feature.mean < feature.range[1]))
        throw fault(['features', at, 'range'], `"features.${at}.range" must hold the mean of ${feature.name}.`);
      if (feature.isLogNormal && feature.mean <= 0)
        throw fault(['features', at, 'mean'], `"features.${at}.mean" must be above 0: the logarithm of ${feature.name} is normal.`);
    }
    if (feature.type === 'category') {
      const total = feature.shares.reduce((sum, share) => sum + share, 0);
      if (feature.shares.length !== Object.keys(feature.codes).length || Math.abs(total - 1) > 1e-9)
        throw fault(['features', at, 'shares'], `"features.${at}.shares" needs one share a code, adding up to 1.`);
    }
  }
  const tables = [
    [['outcome', 'terms'], outcome.terms],
    [['treatment', 'choice'], treatment?.choice ?? {}],
    [['treatment', 'interactions'], treatment?.interactions ?? {}],
  ] as const;
  for (const [path, terms] of tables) {
    const sum = sumOfTerms(terms, features);
    if ('wrong' in sum) throw fault([...path, sum.term], `"${path.join('.')}": ${sum.wrong}${nearHint(sum.term, names)}`);
  }
  if (treatment !== undefined && outcome.kind !== 'risk')
    throw fault(['treatment'], '"treatment" needs an outcome of kind risk: effects are estimated on what happens or not.');
  if (outcome.kind === 'hazard' && outcome.followUp[0] >= outcome.followUp[1])
    throw fault(['outcome', 'followUp'], '"outcome.followUp" needs a last day after the first.');
  for (const [at, error] of unitErrors.entries()) {
    if (features.find((feature) => feature.name === error.feature)?.type !== 'number')
      throw fault(
        ['unitErrors', at, 'feature'],
        `"unitErrors.${at}.feature": ${error.feature} is not a number among the features${nearHint(error.feature, names)}`,
      );
    if (error.sites > sites.count) throw fault(['unitErrors', at, 'sites'], `"unitErrors.${at}.sites" is more than there are.`);
  }
  return value;
}
