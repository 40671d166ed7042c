/** A plan file of a researcher: read, changed by settings, checked; every fault is said with its line. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import { SimulationError } from './simulation-error.ts';

/** @throws SimulationError when there is no such file. */
export async function readPlanText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => {
    throw new SimulationError(`There is no plan "${path}".`);
  });
}

/** @throws SimulationError with every fault, its line and the nearest key. */
export function checkedPlan(text: string, path: string): Plan {
  const parsed = parsePlan(text, basename(path));
  if (!parsed.ok) throw new SimulationError(formatPlanErrors(parsed.errors));
  return parsed.plan;
}
