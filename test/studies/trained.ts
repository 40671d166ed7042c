/** A plan trained by the product's rounds without masks (the released sums, and so the model, are the same bits), and its rows prepared. */
import type { ProgrammeState } from '@consilium/shared/federation';
import { type Prepared, prepare, type Scaling, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { type Plan, tableSpec } from '@consilium/shared/study';
import type { StudyInput } from '@consilium/simulations';
import { federateWithoutMasks } from '../reference/without-masks.ts';

export interface Trained {
  readonly network: NonNullable<ProgrammeState['network']>;
  readonly scaling: Scaling;
  /** Rows of every site, in order, scaled as told whatever the plan trained on. */
  rows(scale: Plan['preprocess']['scale']): readonly Prepared[];
}

/** @throws Error for a plan that is fitted exactly. */
export async function train(plan: Plan, data: StudyInput): Promise<Trained> {
  const { programme } = await federateWithoutMasks(plan, data, { withSiteResults: false });
  const { network, scaling } = programme;
  if (network === null || scaling === null) throw new Error('train: expected a plan that trains by rounds');
  const splitFile = data.splitCsv === null ? null : readCsv(data.splitCsv);
  const tables = data.sites.map(({ id, csv }) => {
    const table = checkTable(readCsv(csv), tableSpec(plan));
    return { table, sets: splitRows(plan, table, id, splitFile).sets };
  });
  return {
    network,
    scaling,
    rows: (scale) => tables.map(({ table, sets }) => prepare({ ...plan, preprocess: { ...plan.preprocess, scale } }, table, sets, scaling)),
  };
}
