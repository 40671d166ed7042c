/**
 * The demo folder: `plan.yaml` (or `.yml`, `.json`) and one `<site>.csv` a hospital. Hospitals are named after their files.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Demo } from '../studies/index.ts';

/** @returns null when the folder is absent or has no plan or no hospital. */
export async function readDemo(directory: string): Promise<Demo | null> {
  const files = (await readdir(directory).catch(() => [])).sort();
  const plan = files.find((file) => /^plan\.(ya?ml|json)$/.test(file));
  const hospitals = files.filter((file) => /^[a-z0-9][a-z0-9-]{0,63}\.csv$/.test(file));
  if (plan === undefined || hospitals.length === 0) return null;
  const sites = await Promise.all(
    hospitals.map(async (file) => {
      const id = file.slice(0, -'.csv'.length);
      return { id, name: titleOf(id), csv: await readFile(join(directory, file), 'utf8') };
    }),
  );
  return { planText: await readFile(join(directory, plan), 'utf8'), planFileName: plan, sites };
}

/** @example titleOf('north-coast') // 'North Coast' */
function titleOf(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
