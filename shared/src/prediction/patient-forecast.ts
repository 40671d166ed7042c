/**
 * The answer for one patient at one site: refused where the study does not cover them, else the model's risk with its uncertainty and the part
 * of each value in it.
 */
import { siteEffects } from '../effects/index.ts';
import type { Predictions } from '../evaluation/index.ts';
import {
  effectSettings,
  exactFit,
  MAIN_FIT,
  type ModelLabel,
  type PatientRow,
  type PatientValues,
  type ProgrammeState,
  personalModel,
  predictionsOf,
  rowsOf,
  type SitePersonalModel,
  type SiteRows,
  shapeOf,
} from '../federation/index.ts';
import { networkOutputs, type Rows, sigmoid } from '../models/index.ts';
import { designNames, type Part, type Scaling } from '../preparation/index.ts';
import { type Plan, trainsByRounds } from '../study/index.ts';
import { hazardRiskInterval, intervalOf, type NewtonState, ownPartOf, siteIntercept } from '../training/index.ts';
import { featureReasons } from './feature-reasons.ts';
import type { Forecast, ForecastUncertainty, SiteForecast } from './forecast.ts';
import { integratedGradients } from './integrated-gradients.ts';
import { refusalsOf } from './refusals.ts';
import { valueForecast } from './value-forecast.ts';

const LABEL: ModelLabel = 'federated';

/** @param state - Of a study that is done. */
export function patientForecast(plan: Plan, state: ProgrammeState, rows: SiteRows, values: PatientValues): SiteForecast {
  const { scaling } = state;
  const refusals = refusalsOf(plan, rows, values);
  if (scaling === null || state.stage.kind !== 'done') return { kind: 'refused', refusals: [{ reason: 'no-model' }] };
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const prepared = rows.prepared(scaling);
  const patient = rows.patient(scaling, values);
  const average = rows.patient(scaling, {});
  const of = (part: Part) => predictionsOf(plan, state, LABEL, part, prepared.train);
  const imputed = plan.features.flatMap(({ name }) => (Number.isNaN(values[name] ?? Number.NaN) ? [name] : []));
  const value = valueForecast(plan, state, { scaling, patient: patient.part, average: average.part, imputed });
  if (value !== null) return value;
  const shared = curveOf(of(patient.part));
  const reference = curveOf(of(average.part));
  if (shared === null || reference === null) return { kind: 'refused', refusals: [{ reason: 'no-model' }] };
  // The hospital's own model, where the plan has one: for a binary outcome.
  const own = personalModel(plan, state, rows.site, prepared);
  const riskOf = (part: Part, without: number): number => own?.score(part)[0] ?? without;
  return {
    kind: 'shown',
    risk: riskOf(patient.part, shared.risk),
    // FedPer and FedBN have no shared model to speak of: a part of it is each hospital's own.
    shared: own === null || ownPartOf(plan.personal) !== null ? null : shared.risk,
    uncertainty: uncertaintyOf(plan, state, { scaling, patient: patient.part, train: prepared.train, own }),
    reference: riskOf(average.part, reference.risk),
    curve: shared.curve,
    reasons: reasonsOf(plan, state, { scaling, patient: patient.part, average: average.part, own }),
    imputed,
    effect: effectOf(plan, state, rows, patient),
  };
}

/** The risk and, over time, its curve; null for predictions that are no risk. */
function curveOf(predictions: Predictions): Pick<Forecast, 'risk' | 'curve'> | null {
  if (predictions.task === 'binary') {
    const risk = predictions.probability[0]!;
    return Number.isFinite(risk) ? { risk, curve: null } : null;
  }
  if (predictions.task !== 'time-to-event') return null;
  const curve = predictions.cuts.map((time, at) => ({ time, risk: 1 - predictions.survival[at]! }));
  const last = curve.at(-1);
  return last === undefined || !Number.isFinite(last.risk) ? null : { risk: last.risk, curve };
}

interface Asked {
  readonly scaling: Scaling;
  readonly patient: Part;
  readonly own: SitePersonalModel | null;
}

function uncertaintyOf(plan: Plan, state: ProgrammeState, asked: Asked & { readonly train: Part }): ForecastUncertainty | null {
  const { scaling, patient, train, own: personal } = asked;
  // Weights trained on here have no spread that the federation could tell.
  if (personal !== null && !personal.isCalibration) return null;
  if (trainsByRounds(plan)) return instability(plan, state, patient, personal);
  const { newton } = state;
  if (newton === null) return null;
  const { spec, outcome } = exactFit(plan, scaling, MAIN_FIT);
  const kind = newton.ridge > 0 ? 'spread' : 'interval';
  if (spec.kind === 'logistic') {
    const found = intervalOf(newton, sigmoid)?.([1, ...patient.x]) ?? null;
    if (found === null || personal === null) return found === null ? null : { kind, low: found.low, high: found.high };
    // The own part is estimated too; its error is not in the covariance.
    const ends = [found.low, found.high].map((risk) => moved(personal, patient, logitOf(risk)));
    return { kind: 'spread', low: Math.min(...ends), high: Math.max(...ends) };
  }
  if (spec.kind !== 'hazard') return null;
  const own = train.rows === 0 ? 0 : siteIntercept(spec.cuts, rowsOf(train, outcome), newton.coefficients);
  const found = hazardRiskInterval(newton, spec.cuts.length, patient.x, spec.cuts.length, own);
  // The site's intercept is estimated too, and penalised; its error is not in the covariance.
  return found === null ? null : { kind: 'spread', low: found.low, high: found.high };
}

/** Lowest and highest risk among the fits that the study trained from other starts. */
function instability(plan: Plan, state: ProgrammeState, patient: Part, own: SitePersonalModel | null): ForecastUncertainty | null {
  const { network } = state;
  if (network === null || network.others.length === 0) return null;
  const risks = [network.weights, ...network.others.map(({ weights }) => weights)].flatMap((weights) => {
    const told = curveOf(predictionsOf(plan, { ...state, network: { ...network, weights } }, LABEL, patient, null));
    return told === null ? [] : [own === null ? told.risk : moved(own, patient, logitOf(told.risk))];
  });
  if (risks.length < 2) return null;
  return { kind: 'instability', low: Math.min(...risks), high: Math.max(...risks), fits: risks.length };
}

/** The risk of a patient whose log odds by the shared model are `logit`, after the hospital's own intercept and slope. */
const moved = (own: SitePersonalModel, patient: Part, logit: number): number => sigmoid(own.logits(patient, Float64Array.of(logit))[0]!);
const logitOf = (risk: number): number => Math.log(risk) - Math.log1p(-risk);

function reasonsOf(plan: Plan, state: ProgrammeState, asked: Asked & { readonly average: Part }): Forecast['reasons'] {
  const { scaling, patient, average, own } = asked;
  const names = designNames(plan, scaling);
  const logOdds = (row: Rows): number => {
    const shared = sharedLogOdds(plan, state, row);
    return own === null ? shared : own.logits(row, Float64Array.of(shared))[0]!;
  };
  const isLinear = !trainsByRounds(plan) && (own === null || own.isCalibration);
  const parts = isLinear
    ? linearTerms(state.newton!, patient.x, average.x).map((term) => term * slopeOf(own, patient))
    : integratedGradients((x) => logOdds(oneRow(patient, x)), patient.x, average.x);
  const featureOf = new Map(scaling.columns.map(({ name, feature }) => [name, feature]));
  const items = featureReasons(
    names.map((name) => featureOf.get(name) ?? name),
    parts,
  );
  return { kind: trainsByRounds(plan) ? 'integrated-gradients' : 'exact', items };
}

/** What a hospital's own calibration multiplies the shared log odds by. */
const slopeOf = (own: SitePersonalModel | null, row: Rows): number =>
  own === null ? 1 : own.logits(row, Float64Array.of(1))[0]! - own.logits(row, Float64Array.of(0))[0]!;

/** What the shared model says on the log odds: of the outcome, or of the event by the horizon. */
function sharedLogOdds(plan: Plan, state: ProgrammeState, row: Rows): number {
  const told = predictionsOf(plan, state, LABEL, row, null);
  if (told.task === 'binary' && trainsByRounds(plan)) return networkOutputs(shapeOf(plan, state), state.network!.weights, row)[0]!;
  return logitOf(curveOf(told)!.risk);
}

/** β · (x − reference): together the whole difference of the linear predictors. */
const linearTerms = ({ coefficients, free }: NewtonState, x: Float64Array, reference: Float64Array): Float64Array =>
  x.map((value, j) => coefficients[free + j]! * (value - reference[j]!));

function effectOf(plan: Plan, state: ProgrammeState, rows: SiteRows, { effect: row }: PatientRow): Forecast['effect'] {
  const { effect, scaling, cohort } = state;
  if (effect === null || effect.step !== 'done' || scaling === null || cohort === null || row === null) return null;
  return siteEffects(effectSettings(plan, scaling, cohort.length), effect, rows.effect(scaling), row)[0] ?? null;
}

const oneRow = (part: Part, x: Float64Array): Rows => ({ ...part, x });
