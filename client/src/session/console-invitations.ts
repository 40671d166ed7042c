/** Invitations of a study as the console sees them, taking one back, and putting a hospital off the list. */
import * as z from 'zod';
import { request } from './api.ts';

const answer = z.array(
  z.object({
    site: z.string(),
    name: z.string(),
    state: z.enum(['open', 'used', 'expired', 'revoked']),
    /** ISO 8601, UTC. */
    expiresAt: z.string(),
  }),
);
export type InvitedHospital = z.infer<typeof answer>[number];

const at = (study: string): string => `/api/console/studies/${encodeURIComponent(study)}/invitations`;

export const fetchInvitations = (study: string): Promise<readonly InvitedHospital[]> => request(at(study), answer);
/** The secret seats nobody from now on; a hospital that has joined with it is out, and its tab is told. */
export const revokeInvitation = (study: string, site: string): Promise<readonly InvitedHospital[]> =>
  request(`${at(study)}/${encodeURIComponent(site)}/revoke`, answer, {});
/** The others are asked to sign a list without this hospital. */
export async function putOffHospital(study: string, site: string): Promise<void> {
  await request(`/api/console/studies/${encodeURIComponent(study)}/hospitals/${encodeURIComponent(site)}/put-off`, z.unknown(), {});
}
