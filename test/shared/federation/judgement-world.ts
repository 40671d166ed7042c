/** Made-up hospitals of one outcome, studies over them, and what must be shown of them by loops over their rows, from the definitions. */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { studyResults } from '@consilium/shared/federation';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { runOnce, type SiteInput } from '@consilium/simulations';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

export const SUBGROUPS = 'subgroups: [{ feature: sex }, { feature: age, cuts: [50, 65] }]';
export const NEWTON = 'model: { kind: linear }\nalgorithm: { kind: newton, ridge: 1 }';

export const textOf = (evaluation = SUBGROUPS, fitting = NEWTON) => `study: judged
title: Judged
purpose: To judge a model.
population: Made-up patients.
synthetic: true
outcomes: [{ name: died, task: binary, column: y, positive: "y == 1" }]
features:
  - { name: age, type: number, range: [0, 120] }
  - { name: sex, type: binary, codes: { 0: women, 1: men } }
split: { by: row, test: 0.4, validation: 0.2 }
${fitting}
evaluation: { bins: 50, smallestCell: 5, ${evaluation} }
`;

export function planOf(text: string): Plan {
  const read = parsePlan(text, 'plan.yaml');
  if (!read.ok) throw new Error(formatPlanErrors(read.errors));
  return read.plan;
}
export const errorsOf = (text: string): string => {
  const read = parsePlan(text, 'plan.yaml');
  return read.ok ? '' : formatPlanErrors(read.errors);
};

export interface Patient {
  readonly age: number | null;
  readonly sex: number;
  readonly y: number;
}

/** Hospitals of rising size; the last has hardly any women, and only the last two have enough patients of unknown age to show. The risk bends with age, so that a network can be better. */
export function patientsOf(site: number, bend: boolean): Patient[] {
  const { uniform } = randomStream(sha256(new TextEncoder().encode(`judged ${site}`)));
  return Array.from({ length: 140 + 30 * site }, () => {
    const age = Math.round(25 + 65 * uniform());
    const sex = uniform() < (site === 5 ? 0.96 : 0.5) ? 1 : 0;
    const eta = bend ? 2.6 - Math.abs(age - 57) / 5 : (age - 58) / 14 + 0.4 * sex + 0.15 * site - 0.5;
    return { age: uniform() < (site >= 4 ? 0.35 : 0.03) ? null : age, sex, y: uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0 };
  });
}

export function study(count: number, bend = false) {
  const patients = new Map(Array.from({ length: count }, (_, site) => [`h${site}`, patientsOf(site, bend)]));
  const sites: SiteInput[] = [...patients].map(([id, own]) => ({
    id,
    name: id,
    csv: new TextEncoder().encode(`age,sex,y\n${own.map(({ age, sex, y }) => `${age ?? ''},${sex},${y}`).join('\n')}\n`),
  }));
  return { patients, sites };
}

export interface Row extends Patient {
  readonly site: string;
  readonly set: string;
  readonly scores: { readonly [label: string]: number };
}

export async function judged(plan: Plan, count: number, bend = false, secure: 'on' | 'off' = 'off') {
  const { patients, sites } = study(count, bend);
  const row = (site: string, { set, row: number, scores }: { set: string; row: number; scores: Row['scores'] }): Row => ({
    ...patients.get(site)![number - 1]!,
    site,
    set,
    scores,
  });
  if (secure === 'on') {
    const { programme, predictions } = await runOnce({ plan, data: { sites, splitCsv: null }, backend: 'plain', secure });
    return { results: studyResults(plan, programme)!, programme, rows: predictions.map((one) => row(one.site, one)), timeline: [] };
  }
  const { programme, results, view } = await federateWithoutMasks(plan, { sites, splitCsv: null });
  const rows = [...results].flatMap(([site, { predictions }]) => predictions.map((one) => row(site, one)));
  return { results: studyResults(plan, programme)!, programme, rows, timeline: view.timeline };
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
export const loss = (p: number, y: number): number => -Math.log(y === 1 ? p : 1 - p);

/** Pairs by definition: one of each, a tie half. */
export function pairsOf(rows: readonly Row[]): { readonly won: number; readonly all: number } {
  const [events, others] = [1, 0].map((y) => rows.filter((row) => row.y === y).map(({ scores }) => scores.federated!));
  const won = events!.flatMap((a) => others!.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0))).reduce((sum, value) => sum + value, 0);
  return { won, all: events!.length * others!.length };
}

/** Slope of the outcome on the log odds by its own score equations, and its variance from the inverse information. */
export function slopeOf(rows: readonly Row[]): { readonly value: number; readonly variance: number } {
  let [a, b] = [0, 1];
  const x = rows.map(({ scores }) => Math.log(scores.federated! / (1 - scores.federated!)));
  for (let step = 0; ; step++) {
    const p = x.map((value) => 1 / (1 + Math.exp(-(a + b * value))));
    const [g, h] = [
      [0, 0],
      [0, 0, 0],
    ];
    rows.forEach(({ y }, i) => {
      const w = p[i]! * (1 - p[i]!);
      g[0]! += y - p[i]!;
      g[1]! += (y - p[i]!) * x[i]!;
      h[0]! += w;
      h[1]! += w * x[i]!;
      h[2]! += w * x[i]! ** 2;
    });
    const determinant = h[0]! * h[2]! - h[1]! ** 2;
    if (step === 50) return { value: b, variance: h[0]! / determinant };
    [a, b] = [a + (h[2]! * g[0]! - h[1]! * g[1]!) / determinant, b + (h[0]! * g[1]! - h[1]! * g[0]!) / determinant];
  }
}

export const GROUPS: readonly (readonly [string, string, (row: Row) => boolean])[] = [
  ['sex', 'women', ({ sex }) => sex === 0],
  ['sex', 'men', ({ sex }) => sex === 1],
  ['age', '< 50', ({ age }) => age !== null && age < 50],
  ['age', '50 – < 65', ({ age }) => age !== null && age >= 50 && age < 65],
  ['age', '≥ 65', ({ age }) => age !== null && age >= 65],
  ['age', '', ({ age }) => age === null],
];

/** Which rows a group's figures are of, by the sentence of the rule: small groups go, and one that goes alone takes the smallest other. */
export function shownRows(rows: readonly Row[], feature: string, floor: number): Map<string, Row[]> {
  const shown = new Map<string, Row[]>();
  const own = GROUPS.filter(([name]) => name === feature);
  for (const site of new Set(rows.map((row) => row.site))) {
    const groups = own
      .map(([, name, isIn]) => ({ name, rows: rows.filter((row) => row.site === site && isIn(row)) }))
      .filter((group) => group.rows.length > 0);
    const isSmall = (group: (typeof groups)[number]): boolean => [0, 1].some((y) => group.rows.filter((row) => row.y === y).length < floor);
    let left = groups.filter((group) => !isSmall(group));
    if (groups.length - left.length === 1) left = left.toSorted((a, b) => a.rows.length - b.rows.length).slice(1);
    for (const { name, rows: kept } of left) shown.set(name, [...(shown.get(name) ?? []), ...kept]);
  }
  return shown;
}

/** Groups of fewer than three hospitals; one alone takes that of the fewest hospitals with it. */
export function withheld(rows: readonly Row[], feature: string): string[] {
  const shown = shownRows(rows, feature, 5);
  const sites = GROUPS.filter(([name]) => name === feature).map(([, group]) => ({
    group,
    count: new Set((shown.get(group) ?? []).map(({ site }) => site)).size,
  }));
  const few = sites.filter(({ count }) => count < 3);
  const others = sites.filter(({ count }) => count >= 3).toSorted((a, b) => a.count - b.count);
  return (few.length === 1 ? [...few, others[0]!] : few).map(({ group }) => group);
}
