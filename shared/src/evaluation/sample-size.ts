/**
 * Whether there are enough patients for a prediction model of an outcome that happens or not, or of a quantity: the criteria of Riley, from sums
 * alone. Before training with a planned R², after it with the one of the fit.
 * Source: Riley et al. 2019, "Minimum sample size for developing a multivariable prediction model: part II" (Statistics in Medicine 38:1276), and
 * part I for quantities (38:1262).
 */

export interface SampleSizeQuestion {
  readonly parameters: number;
  /** Share with the event, in (0, 1). */
  readonly prevalence: number;
  /** Cox and Snell's R², in (0, its maximum). */
  readonly rSquared: number;
}

export interface SampleSize {
  /** Shrinkage of at most a tenth. */
  readonly shrinkage: number;
  /** Optimism of Nagelkerke's R² of at most 0.05. */
  readonly optimism: number;
  /** The overall risk known to ± 0.05, of classes that of each; of a quantity, the residual standard deviation known to a tenth. */
  readonly overallRisk: number;
  /** The largest of these. */
  readonly rows: number;
  /** Null for a quantity and for classes. */
  readonly events: number | null;
}

/** Least shrinkage factor of the first criterion, and most optimism of Nagelkerke's R² of the second. */
export const SHRINKAGE = 0.9;
export const OPTIMISM = 0.05;

/** The largest Cox-Snell R² that a prevalence allows. */
export function largestRSquared(prevalence: number): number {
  const logLikelihood = prevalence * Math.log(prevalence) + (1 - prevalence) * Math.log(1 - prevalence);
  return 1 - Math.exp(2 * logLikelihood);
}

/**
 * Rows that are needed.
 *
 * @throws RangeError when a prevalence or R² is out of range.
 * @example sampleSize({ parameters: 24, prevalence: 0.174, rSquared: 0.288 }).shrinkage // 623
 */
export function sampleSize({ parameters, prevalence, rSquared }: SampleSizeQuestion): SampleSize {
  if (!(prevalence > 0 && prevalence < 1)) throw new RangeError(`sampleSize: expected a prevalence in (0, 1), got ${prevalence}`);
  const most = largestRSquared(prevalence);
  if (!(rSquared > 0 && rSquared < most)) throw new RangeError(`sampleSize: expected an R² in (0, ${most.toFixed(3)}), got ${rSquared}`);
  const rowsFor = (shrinkage: number) => Math.ceil(parameters / ((shrinkage - 1) * Math.log(1 - rSquared / shrinkage)));
  const shrinkage = rowsFor(SHRINKAGE);
  const optimism = rowsFor(rSquared / (rSquared + OPTIMISM * most));
  const overallRisk = Math.ceil((1.959963984540054 / 0.05) ** 2 * prevalence * (1 - prevalence));
  const rows = Math.max(shrinkage, optimism, overallRisk);
  return { shrinkage, optimism, overallRisk, rows, events: Math.ceil(rows * prevalence) };
}

/** Degrees of freedom at which the 95 % interval of a standard deviation is within a tenth of it. */
const SPREAD_FREEDOM = 234;

/**
 * Rows that a model of a quantity needs. The criterion for the mean is left out: a tenth of a mean depends on where the unit has its zero.
 *
 * @param question.rSquared - Adjusted R², in (0, 1).
 * @throws RangeError when it is out of range.
 * @example sampleSizeOfQuantity({ parameters: 25, rSquared: 0.2 }).rows // 918
 */
export function sampleSizeOfQuantity({ parameters, rSquared }: Pick<SampleSizeQuestion, 'parameters' | 'rSquared'>): SampleSize {
  if (!(rSquared > 0 && rSquared < 1)) throw new RangeError(`sampleSizeOfQuantity: expected an R² in (0, 1), got ${rSquared}`);
  const apparent = (n: number): number => (rSquared * (n - parameters - 1) + parameters) / (n - 1);
  const shrinkageOf = (n: number): number => 1 + (parameters - 2) / (n * Math.log(1 - apparent(n)));
  let shrinkage = parameters + 2;
  while (shrinkageOf(shrinkage) < 0.9) shrinkage += 1;
  const optimism = Math.ceil(1 + (parameters * (1 - rSquared)) / 0.05);
  const overallRisk = SPREAD_FREEDOM + parameters;
  return { shrinkage, optimism, overallRisk, rows: Math.max(shrinkage, optimism, overallRisk), events: null };
}

/** Cox and Snell's R² of an ended fit, from its log-loss and that of the prevalence alone. */
export function likelihoodRSquared(rows: number, events: number, loss: number): number {
  const p = events / rows;
  const empty = -(events * Math.log(p) + (rows - events) * Math.log(1 - p));
  return ratioRSquared(rows, empty - loss);
}

/** Cox and Snell's R² of how much lower a fit's log-loss, summed over rows, is than that without columns. */
export const ratioRSquared = (rows: number, gain: number): number => 1 - Math.exp((-2 * gain) / rows);

/**
 * R² less its expected optimism: times the shrinkage of van Houwelingen and le Cessie from the likelihood ratio (Riley et al. 2019, equation 7).
 *
 * @param apparent - Of the fit on its own rows. @returns 0 or less where nothing is left of it.
 */
export const adjustedRSquared = (rows: number, parameters: number, apparent: number): number =>
  apparent > 0 ? (1 + parameters / (rows * Math.log(1 - apparent))) * apparent : 0;
