/** The console's accounts as the coordinator tells them: one's own, one's colleagues', and what was done. */
import * as z from 'zod';
import { request } from './api.ts';

const account = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['owner', 'coordinator', 'viewer']),
  hasSecondFactor: z.boolean(),
});
export type Account = z.infer<typeof account>;
export type Role = Account['role'];

const me = z.object({ account: account.nullable(), hasOwner: z.boolean() });
const people = z.object({
  people: z.array(account),
  log: z.array(z.object({ sequence: z.number(), recordedAt: z.string(), action: z.string(), who: z.string(), subject: z.string() })),
});
export type People = z.infer<typeof people>;

const done = z.unknown();
const offer = z.object({ secret: z.string(), uri: z.string() });
const colleague = z.object({ role: z.string(), code: z.string() });

/** Who is signed in, and whether the console has an owner yet. */
export const fetchMe = (): Promise<z.infer<typeof me>> => request('/api/console/me', me);
export const fetchPeople = (): Promise<People> => request('/api/console/people', people);

export const changePassword = (old: string, next: string): Promise<unknown> =>
  request('/api/console/account/password', done, { old, new: next });
export const offerSecondFactor = (password: string): Promise<z.infer<typeof offer>> =>
  request('/api/console/account/second-factor', offer, { password });
export const confirmSecondFactor = (code: string): Promise<unknown> =>
  request('/api/console/account/second-factor/confirm', done, { code });
export const dropSecondFactor = (password: string): Promise<unknown> =>
  request('/api/console/account/second-factor/off', done, { password });

/** A code with which a colleague makes an account; shown once. */
export const inviteColleague = (role: Role): Promise<z.infer<typeof colleague>> => request('/api/console/people', colleague, { role });
export const removeAccount = (id: string): Promise<unknown> => request(`/api/console/people/${encodeURIComponent(id)}/remove`, done, {});
