/** A cohort file on disk: a path, or the name of one that comes with the simulator. */
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CohortFile } from '../cohorts/cohort-schema.ts';
import { readCohort } from '../cohorts/read-cohort.ts';
import { nearHint } from './declared-file.ts';
import { SimulationError } from './simulation-error.ts';

const READY = new URL('../../cohorts/', import.meta.url);

/** @throws SimulationError when there is neither such a file nor such a cohort, or it is not one. */
export async function cohortFile(path: string): Promise<CohortFile> {
  const isName = /^[a-z0-9-]+$/.test(path);
  const address = isName ? new URL(`${path}.yaml`, READY) : path;
  const text = await readFile(address, 'utf8').catch(async () => {
    const names = (await readdir(fileURLToPath(READY))).map((file) => basename(file, '.yaml')).sort();
    throw new SimulationError(
      isName
        ? `There is no cohort "${path}"; there are ${names.join(', ')}${nearHint(path, names)}`
        : `There is no file "${path}". A name without an ending is one of ${names.join(', ')}.`,
    );
  });
  return readCohort(text, isName ? `${path}.yaml` : basename(path));
}
