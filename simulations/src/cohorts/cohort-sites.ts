/**
 * The hospitals of a cohort one after another: nothing of one is held while the next is made, so 10,000 fit as well as four. Rules: the same
 * file gives the same bytes; a hospital's own stream depends on the cohort's name, seed and its number alone.
 */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { csvText } from '../output/csv.ts';
import { outcomeDrawer, outcomeNames } from './cohort-outcome.ts';
import type { CohortFile } from './cohort-schema.ts';
import { drawValues, normalFrom } from './draw-values.ts';

export interface CohortHospital {
  readonly id: string;
  /** As the hospital's system would write it. */
  readonly csv: string;
  /** What is true of each patient: `patient,risk` and, with a treatment, `riskWithout,riskWith`. */
  readonly truthCsv: string;
  readonly patients: number;
  readonly events: number;
  /** Its own log odds or log hazard. */
  readonly level: number;
  /** Features it writes in another unit. */
  readonly unitErrors: readonly string[];
  /** Sums over its patients of the true risk, of risk without minus with treatment, and of the treatment's log odds ratio. */
  readonly sums: { readonly risk: number; readonly benefit: number; readonly logOddsRatio: number };
}

const streamOf = ({ cohort, seed }: CohortFile, words: string) =>
  randomStream(sha256(utf8Bytes(`consilium cohort ${cohort} ${seed} ${words}`)));

export function* cohortSites(file: CohortFile): Generator<CohortHospital> {
  const { count } = file.sites;
  const digits = String(count).length;
  const draw = outcomeDrawer(file);
  const wrong = file.unitErrors.map(({ sites }, at) => someOf(count, sites, streamOf(file, `units ${at}`).below));
  for (let site = 0; site < count; site++) {
    const id = `site-${String(site + 1).padStart(digits, '0')}`;
    yield makeHospital(
      file,
      id,
      draw,
      file.unitErrors.filter((_, at) => wrong[at]?.has(site)),
    );
  }
}

function makeHospital(
  file: CohortFile,
  id: string,
  draw: ReturnType<typeof outcomeDrawer>,
  errors: CohortFile['unitErrors'],
): CohortHospital {
  const { features, sites, shift, missing, together, treatment } = file;
  const { uniform } = streamOf(file, id);
  const normal = normalFrom(uniform);
  const patients = Math.max(1, Math.round(sites.patients * Math.exp(sites.spread * normal())));
  const level = shift.level * normal();
  const own = features.map(() => shift.features * normal());
  const empty = features.map(() => emptyShare(missing, normal));
  const rows: (string | number)[][] = [['patient', ...features.map(({ name }) => name), ...outcomeNames(file)]];
  const truth: (string | number)[][] = [['patient', 'risk', ...(treatment === undefined ? [] : ['riskWithout', 'riskWith'])]];
  const sums = { risk: 0, benefit: 0, logOddsRatio: 0 };
  let events = 0;
  for (let number = 1; number <= patients; number++) {
    const patient = `${id}-${number}`;
    const values = drawValues(features, own, together, normal);
    const { cells, risk, arms } = draw(values, level, uniform);
    const written = features.map((feature, at) => {
      const isEmpty = uniform() < (empty[at] ?? 0);
      const factor = errors.find((error) => error.feature === feature.name)?.factor ?? 1;
      if (isEmpty) return '';
      if (feature.type === 'category') return Object.keys(feature.codes)[values[at] ?? 0] ?? '';
      return factor === 1 ? (values[at] ?? '') : Number(((values[at] ?? 0) * factor).toPrecision(6));
    });
    rows.push([patient, ...written, ...cells]);
    truth.push([patient, risk, ...(arms ?? [])]);
    sums.risk += risk;
    if (arms !== null) {
      sums.benefit += arms[0] - arms[1];
      sums.logOddsRatio += Math.log(arms[1] / (1 - arms[1])) - Math.log(arms[0] / (1 - arms[0]));
    }
    events += Number(cells.at(-1));
  }
  return {
    id,
    csv: csvText(rows),
    truthCsv: csvText(truth),
    patients,
    events,
    level,
    unitErrors: errors.map(({ feature }) => feature),
    sums,
  };
}

function emptyShare({ rate, sd }: CohortFile['missing'], normal: () => number): number {
  const score = sd * normal();
  return rate === 0 ? 0 : 1 / (1 + Math.exp(-(Math.log(rate / (1 - rate)) + score)));
}

/** So many of `count` positions, all sets alike (Floyd's draw). */
function someOf(count: number, some: number, below: (count: number) => number): ReadonlySet<number> {
  const chosen = new Set<number>();
  for (let last = count - some; last < count; last++) {
    const draw = below(last + 1);
    chosen.add(chosen.has(draw) ? last : draw);
  }
  return chosen;
}
