/**
 * `pnpm screenshots [FOLDER] [STORY …]`: drives the product in real tabs and takes pictures of its pages.
 *
 * Without a folder: the few pictures of the README, wide and light, into docs/images. With one: every state, wide (1280 px) and
 * narrow (320 px), light and dark, of all stories or of those named (demo, seldom, accounts, data, enrol, people, patient, tasks, values), and `findings.json` with what axe-core and a look at the page's width found.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright';
import { launchChromium } from '../browser/chromium.ts';
import { tellAccounts } from './account-story.ts';
import { ALL_LOOKS, type Camera, createCamera, README_LOOKS } from './camera.ts';
import { tellData } from './data-story.ts';
import { tellDemo } from './demo-story.ts';
import { tellEnrolment } from './enrol-story.ts';
import { tellPatient } from './patient-story.ts';
import { tellPeople } from './people-story.ts';
import { tellSeldom } from './seldom-story.ts';
import { tellTaskPatients } from './task-patients-story.ts';
import { tellValuePatients } from './value-patients-story.ts';

const IMAGES = resolve(import.meta.dirname, '../../..', 'docs/images');
const README_STATES: ReadonlySet<string> = new Set([
  'hospital-join',
  'hospital-data',
  'hospital-sign',
  'hospital-training',
  'hospital-what-left',
  'hospital-results',
  'console-running',
]);

const STORIES: { readonly [name: string]: (browser: Browser, camera: Camera) => Promise<void> } = {
  demo: tellDemo,
  seldom: tellSeldom,
  accounts: tellAccounts,
  data: tellData,
  enrol: tellEnrolment,
  people: tellPeople,
  patient: tellPatient,
  tasks: tellTaskPatients,
  values: tellValuePatients,
};

const [folder, ...named] = process.argv.slice(2).filter((argument) => argument !== '--');
const camera = folder === undefined ? createCamera(IMAGES, README_LOOKS, README_STATES) : createCamera(resolve(folder), ALL_LOOKS, null);
await run(camera, folder === undefined ? ['demo'] : named.length === 0 ? Object.keys(STORIES) : named);
if (folder !== undefined) writeFileSync(join(resolve(folder), 'findings.json'), `${JSON.stringify(camera.findings, null, 2)}\n`);
for (const { state, look, what } of camera.findings) console.log(`${state}${look === '' ? '' : ` (${look})`}: ${what}`);
console.log(`${camera.findings.length} findings; pictures in ${folder ?? 'docs/images'}`);

async function run(camera: Camera, names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(STORIES, name));
  if (unknown.length > 0) throw new Error(`no such story: ${unknown.join(', ')}; there are ${Object.keys(STORIES).join(', ')}`);
  const browser = await launchChromium();
  try {
    for (const name of names) await STORIES[name]?.(browser, camera);
  } finally {
    await browser.close();
  }
}
