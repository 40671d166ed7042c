/** The coordinator's HTTP interface as the pages use it. No other host is asked; what comes back is checked where it enters. */
import type { DeviceCertificate, Suspension } from '@consilium/shared/identity';
import * as z from 'zod';
import { findCoordinator, type Served } from './coordinator-place.ts';
import { answeredCode } from './from-coordinator.ts';

/** The coordinator refused, or could not be reached (`unreachable`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  /** The whole answer, for refusals that say more than a code. */
  readonly details: unknown;

  constructor(code: string, message: string, details: unknown = null) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

const refusal = z.object({ code: z.string(), text: z.string() });

/**
 * One request with a JSON answer.
 *
 * @param path - Path and query at the coordinator.
 * @param schema - What the answer must look like.
 * @param body - Sent as JSON by POST; without it the request is a GET.
 * @throws ApiError with the coordinator's code, `unreachable` or `malformed-answer`.
 */
export async function request<Answer>(path: string, schema: z.ZodType<Answer>, body?: unknown): Promise<Answer> {
  const { coordinator } = await findCoordinator();
  const answer = await fetch(`${coordinator}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json', 'x-consilium': '1' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ApiError('unreachable', String(cause));
  });
  const json: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const known = refusal.safeParse(json);
    throw known.success
      ? new ApiError(answeredCode(known.data.code), known.data.text, json)
      : new ApiError('refused', `HTTP ${answer.status}`, json);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ApiError('malformed-answer', `${path}: the answer does not have the agreed form`);
  return parsed.data;
}

const info = z.object({
  build: z.string(),
  demo: z.object({ study: z.string(), sites: z.array(z.object({ id: z.string(), name: z.string(), taken: z.boolean() })) }).nullable(),
});
export type Info = z.infer<typeof info> & { readonly served: Served };

const joined = z.object({ site: z.string(), name: z.string(), plan: z.unknown(), planHash: z.string() });
export type Joined = z.infer<typeof joined>;

const planAnswer = z.object({
  plan: z.unknown(),
  planHash: z.string(),
  previous: z.unknown().default(null),
  next: z.string().nullable().default(null),
});
export type PlanAnswer = z.infer<typeof planAnswer>;

/** What this coordinator is and whether it offers the demo. */
export const fetchInfo = async (): Promise<Info> => ({ ...(await request('/api/info', info)), served: await findCoordinator() });

/** The study's plan and its hash; the plan that it replaces, and the study that replaces it, if they are at this coordinator. */
export const fetchPlan = (study: string): Promise<PlanAnswer> => request(`/api/studies/${encodeURIComponent(study)}/plan`, planAnswer);

export type JoinRequest =
  | { readonly demoSite: string; readonly certificate: DeviceCertificate }
  | { readonly invitation: string; readonly certificate: DeviceCertificate };

/** Joins a study. The same key joining again gets the same answer. */
export const joinStudy = (study: string, body: JoinRequest): Promise<Joined> =>
  request(`/api/studies/${encodeURIComponent(study)}/join`, joined, body) as Promise<Joined>;

const invited = z.object({ name: z.string() });

/** Whose invitation a secret is; it is not used up by this. */
export const lookAtInvitation = (study: string, invitation: string): Promise<z.infer<typeof invited>> =>
  request(`/api/studies/${encodeURIComponent(study)}/invitation`, invited, { invitation });

const device = z.object({ key: z.string(), issuedAt: z.number(), suspended: z.boolean(), current: z.boolean() });
/** A device that a hospital's root key has certified; `current`: the one that speaks for it. */
export type Device = Readonly<z.infer<typeof device>>;
const owned = z.object({ site: z.string(), name: z.string(), devices: z.array(device) });
const seated = z.object({ site: z.string(), name: z.string() });

/** The devices of the hospital that has this root key. */
export const devicesOf = (study: string, body: { readonly rootKey: string }): Promise<z.infer<typeof owned>> =>
  request(`/api/studies/${encodeURIComponent(study)}/devices/of`, owned, body);

/** Puts a device in the place of the hospital's device before. */
export const certifyDeviceAt = (study: string, body: { readonly certificate: DeviceCertificate }): Promise<z.infer<typeof seated>> =>
  request(`/api/studies/${encodeURIComponent(study)}/devices`, seated, body);

/** Takes a device out of use. */
export const suspendDeviceAt = (study: string, body: { readonly suspension: Suspension }): Promise<unknown> =>
  request(`/api/studies/${encodeURIComponent(study)}/suspensions`, z.unknown(), body);

/** A demo hospital's own synthetic file. */
export async function fetchDemoFile(site: string): Promise<File> {
  const { coordinator } = await findCoordinator();
  const answer = await fetch(`${coordinator}/api/demo/${encodeURIComponent(site)}.csv`, { credentials: 'same-origin' }).catch(
    (cause: unknown) => {
      throw new ApiError('unreachable', String(cause));
    },
  );
  if (!answer.ok) throw new ApiError('demo-file', `HTTP ${answer.status}`);
  return new File([await answer.blob()], `${site}.csv`, { type: 'text/csv' });
}
