/**
 * Where the coordinator is. Its own pages find it where they came from. A hospital that serves the same files itself puts `coordinator.json`
 * beside them, which is no part of the build: `{ "coordinator": "https://studies.example.org" }`.
 */
import * as z from 'zod';

/** Who served this page, as far as a page can tell. */
export interface Served {
  /** Origin of the page. */
  readonly origin: string;
  /** Origin of the coordinator. */
  readonly coordinator: string;
  /** The build hash in the server's own list of files; a page cannot check it. Null where there is no such list. */
  readonly build: string | null;
}

const Place = z.object({ coordinator: z.url({ protocol: /^https?$/ }).nullable() });
const Build = z.object({ build: z.string().regex(/^[0-9a-f]{64}$/) });

let known: Promise<Served> | null = null;
let coordinator = '';

/** Looks once; every request waits for it. An answer that names no coordinator leaves it where the page came from. */
export function findCoordinator(): Promise<Served> {
  known ??= look();
  return known;
}

/** Origin of the coordinator, once it was looked for. */
export const coordinatorOrigin = (): string => (coordinator === '' ? location.origin : coordinator);

/** Whether the page came from another server than the coordinator. */
export const isOwnBundle = (): boolean => coordinatorOrigin() !== location.origin;

async function look(): Promise<Served> {
  const [place, manifest] = await Promise.all([ownJson('/coordinator.json'), ownJson('/manifest.json')]);
  const named = Place.safeParse(place);
  coordinator = named.success && named.data.coordinator !== null ? new URL(named.data.coordinator).origin : location.origin;
  const build = Build.safeParse(manifest);
  return { origin: location.origin, coordinator, build: build.success ? build.data.build : null };
}

async function ownJson(path: string): Promise<unknown> {
  const answer = await fetch(path, { credentials: 'omit', cache: 'no-store' }).catch(() => null);
  return answer?.ok === true ? answer.json().catch(() => null) : null;
}
