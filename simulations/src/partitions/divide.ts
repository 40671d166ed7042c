/** Divides the patients of a study anew, and makes the sites differ, as the partitions say. No row is lost and none is there twice. */
import { nearest } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { SimulationError } from '../input/simulation-error.ts';
import type { SiteInput, StudyInput } from '../input/site-input.ts';
import { csvText } from '../output/csv.ts';
import { type Chance, chanceOf } from './chance.ts';
import { assignDirichlet } from './dirichlet.ts';
import { assignIid } from './iid.ts';
import { dropValues } from './missing.ts';
import { type PooledTable, poolSites } from './pooled-table.ts';
import { assignQuantity } from './quantity.ts';
import { assignShards } from './shards.ts';
import { shiftFeature } from './shift.ts';
import type { SiteRows } from './site-rows.ts';
import { type Assignment, type Change, isChange, type Partition } from './spec.ts';
import { changeUnit } from './unit.ts';

const TRIES = 100;

/**
 * @param partitions - At most one assignment (natural when there is none), then any changes, in order.
 * @param seed - The same gives the same bytes.
 * @returns The sites of the study; those with no row are an error, not an empty file.
 * @throws SimulationError in a sentence: more sites than patients, a site without rows, an unknown feature.
 */
export function divide(plan: Plan, data: StudyInput, partitions: readonly Partition[], seed: number): StudyInput {
  if (partitions.length === 0) return data;
  const assignments = partitions.filter((item): item is Assignment => !isChange(item));
  const [assignment = { kind: 'natural' } as const, second] = assignments;
  if (second !== undefined) {
    throw new SimulationError(`--partition: "${assignment.kind}" and "${second.kind}" both say who goes where; give one of them.`);
  }
  if (plan.split.by === 'file' && plan.split.file.keys.row !== undefined && assignment.kind !== 'natural') {
    throw new SimulationError(
      'The plan’s split file names rows by their number, so the rows must stay where they are; split by patient-id to divide them anew.',
    );
  }
  const pooled = poolSites(plan, data.sites);
  const assigned = assign(pooled, assignment, seed);
  const sites = partitions
    .filter(isChange)
    .reduce((rows, change, at) => alter(plan, pooled.columns, rows, change, chanceOf(seed, at, change.kind)), assigned);
  return { ...data, sites: sites.map((site) => fileOf(site, pooled.columns)) };
}

function assign(pooled: PooledTable, assignment: Assignment, seed: number): SiteRows[] {
  const { units, names } = pooled;
  if (assignment.kind === 'natural') {
    return names.map((name, at) => ({
      ...name,
      rows: units.flatMap(({ rows }) => rows.filter(({ from }) => from === at).map(({ cells }) => cells)),
    }));
  }
  const { sites, atLeast } = assignment;
  if (sites > units.length) throw new SimulationError(`There are ${units.length} patients, too few for ${sites} sites.`);
  if (sites * atLeast > units.length) {
    throw new SimulationError(
      `${units.length} patients cannot give ${sites} sites ${atLeast} each. Use fewer sites, or a smaller atLeast.`,
    );
  }
  const labels = units.map(({ label }) => label);
  let fewest = 0;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const siteOf = draw(assignment, labels, chanceOf(seed, assignment.kind, attempt));
    const sizes = new Int32Array(sites);
    for (const site of siteOf) sizes[site]! += 1;
    const smallest = Math.min(...sizes);
    fewest = Math.max(fewest, smallest);
    if (smallest < atLeast) continue;
    const digits = String(sites).length;
    return Array.from({ length: sites }, (_, site) => {
      const id = `site-${String(site + 1).padStart(digits, '0')}`;
      return { id, name: id, rows: units.flatMap(({ rows }, unit) => (siteOf[unit] === site ? rows.map(({ cells }) => cells) : [])) };
    });
  }
  throw new SimulationError(
    `In ${TRIES} draws of ${assignment.kind} some site always got ${fewest === 0 ? 'no patient' : `fewer than ${fewest + 1} patients`}, and atLeast is ${atLeast}. Use fewer sites, a milder skew, or a smaller atLeast.`,
  );
}

function draw(assignment: Exclude<Assignment, { kind: 'natural' }>, labels: readonly string[], chance: Chance): Int32Array {
  switch (assignment.kind) {
    case 'iid':
      return assignIid(labels.length, assignment.sites, chance);
    case 'dirichlet':
      return assignDirichlet(labels, assignment.sites, assignment.alpha, assignment.sigma, chance);
    case 'quantity':
      return assignQuantity(labels.length, assignment.sites, assignment.sigma, chance);
    case 'shards':
      return assignShards(labels, assignment.sites, assignment.perSite, chance);
  }
}

function alter(plan: Plan, columns: readonly string[], sites: readonly SiteRows[], change: Change, chance: Chance): SiteRows[] {
  if (change.kind === 'missing') {
    const positions = plan.features.map((feature) => columns.indexOf(feature.column)).filter((at) => at >= 0);
    return dropValues(sites, positions, change.rate, change.sd, chance);
  }
  const column = columns.indexOf(columnOf(plan, change.feature));
  if (column < 0) throw new SimulationError(`--partition ${change.kind}: the column of "${change.feature}" is in no file.`);
  if (change.kind === 'unit') return changeUnit(sites, column, change.factor, change.share, chance);
  return shiftFeature(sites, column, change.sd, chance);
}

/** The column of a feature of the plan. @throws SimulationError with the nearest name. */
export function columnOf(plan: Plan, name: string): string {
  const feature = plan.features.find((item) => item.name === name);
  if (feature !== undefined) return feature.column;
  const [near] = nearest(
    name,
    plan.features.map((item) => item.name),
  );
  throw new SimulationError(`"${name}" is not a feature of the plan${near === undefined ? '' : `; did you mean "${near}"?`}`);
}

const fileOf = ({ id, name, rows }: SiteRows, columns: readonly string[]): SiteInput => ({
  id,
  name,
  csv: new TextEncoder().encode(csvText([columns, ...rows])),
});
