/** One study twice: in real tabs and in the simulator, from the same plan and the same files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import type { HospitalFiles } from './study-in-tabs.ts';

export interface WrittenStudy {
  readonly plan: Plan;
  readonly planPath: string;
  readonly hospitals: readonly HospitalFiles[];
}

/** Writes a plan and a file for each site. */
export function writeStudy(folder: string, text: string, sites: readonly SiteInput[]): WrittenStudy {
  const parsed = parsePlan(text, 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  mkdirSync(folder, { recursive: true });
  const planPath = join(folder, 'plan.yaml');
  writeFileSync(planPath, text);
  const hospitals = sites.map(({ name, csv }) => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, csv);
    return { name, csv: path };
  });
  return { plan: parsed.plan, planPath, hospitals };
}
