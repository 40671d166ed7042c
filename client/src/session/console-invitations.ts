/** Invitations of a study as the console sees them, and taking one back. */
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
