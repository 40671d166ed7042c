/**
 * Who gets a seat in a study: by invitation or as a demo hospital; and how a seat is taken back.
 *
 * Rule: every refusal has a name of its own and a line in the coordinator's log, without the secret.
 */
import { cleanName, type DeviceCertificate } from '@consilium/shared/identity';
import type { DemoSite } from './demo-study.ts';
import type { Outcome } from './hospital-devices.ts';
import type { InvitationState, Invitations } from './invitations.ts';
import type { Log } from './log.ts';
import { uniqueId } from './names.ts';
import type { StudyHost } from './study-host.ts';

export type JoinRequest = {
  readonly invitation?: string | undefined;
  readonly demoSite?: string | undefined;
  readonly certificate: DeviceCertificate;
};

type Refused = Extract<Outcome, { ok: false }>;
export type Seated = { readonly ok: true; readonly site: string; readonly name: string } | Refused;
export type Invited = { readonly ok: true; readonly site: string; readonly secret: string } | Refused;
export interface InvitedHospital {
  readonly site: string;
  readonly name: string;
  readonly state: InvitationState | 'used';
  readonly expiresAt: string;
}

export interface Seating {
  invite(study: StudyHost, name: string): Promise<Invited>;
  invitations(study: StudyHost): Promise<readonly InvitedHospital[]>;
  /** Whose invitation a secret is; it is not used up by this. */
  lookAt(study: StudyHost, secret: string): Promise<Seated>;
  join(study: StudyHost, request: JoinRequest): Promise<Seated>;
  /** Takes an invitation back, and the seat with it where a hospital has joined; its tab is told at once. */
  revoke(study: StudyHost, site: string): Promise<Outcome>;
}

const refused = (code: string, text: string): Refused => ({ ok: false, code, text });

const SPENT: Readonly<Record<Exclude<InvitationState, 'open'>, Refused>> = {
  expired: refused('invitation-expired', 'This invitation has expired.'),
  revoked: refused('invitation-revoked', 'This invitation was taken back by the coordinator.'),
};

export function openSeating(invitations: Invitations, demoSites: readonly DemoSite[], log: Log): Seating {
  async function seat(study: StudyHost, request: JoinRequest): Promise<Seated> {
    const place = await placeOf(study, request);
    if ('ok' in place) return place;
    const { site, name } = place;
    if (study.member(site) === null && study.view().phase !== 'gathering')
      return refused('study-closed', 'This study no longer takes hospitals.');
    const outcome = await study.join({ site, name, certificate: request.certificate });
    if (outcome.ok) return { ok: true, site, name };
    if (outcome.code !== 'taken') return outcome;
    return request.demoSite === undefined
      ? refused('invitation-used', 'This invitation has already been used, or this browser is another hospital of the study.')
      : refused('taken', 'Another tab has already joined as this hospital, or this one is another hospital.');
  }

  /** The seat that is asked for, or why there is none. */
  async function placeOf(study: StudyHost, request: JoinRequest): Promise<{ site: string; name: string } | Refused> {
    if (request.demoSite !== undefined) {
      const made = study.demo ? demoSites.find(({ id }) => id === request.demoSite) : undefined;
      return made === undefined ? UNKNOWN : { site: made.id, name: made.name };
    }
    return invited(study, request.invitation ?? '');
  }

  async function invited(study: StudyHost, secret: string): Promise<{ site: string; name: string } | Refused> {
    const invitation = await invitations.find(study.id, secret);
    if (invitation === null) return UNKNOWN;
    return invitation.state === 'open' ? invitation : SPENT[invitation.state];
  }

  return {
    async invite(study, text) {
      const name = cleanName(text);
      if (name === null) return refused('bad-name', 'A hospital needs a name of 1 to 120 characters.');
      if (study.view().phase !== 'gathering') return refused('study-closed', 'This study no longer takes hospitals.');
      const known = new Set(
        [...(await invitations.list(study.id)), ...study.view().sites.map(({ id: site }) => ({ site }))].map(({ site }) => site),
      );
      const site = uniqueId(name, (id) => known.has(id), 'hospital');
      return { ok: true, site, secret: await invitations.create({ study: study.id, site, name }) };
    },
    async invitations(study) {
      return (await invitations.list(study.id)).map(({ site, name, state, expiresAt }) => ({
        ...{ site, name, expiresAt },
        state: state !== 'revoked' && study.member(site) !== null ? 'used' : state,
      }));
    },
    async lookAt(study, secret) {
      const place = await invited(study, secret);
      if ('ok' in place) return place;
      if (study.member(place.site) !== null) return refused('invitation-used', 'This invitation has already been used.');
      if (study.view().phase !== 'gathering') return refused('study-closed', 'This study no longer takes hospitals.');
      return { ok: true, site: place.site, name: place.name };
    },
    async join(study, request) {
      const answer = await seat(study, request);
      if (!answer.ok) log.warn({ study: study.id, code: answer.code }, 'a request to join was refused');
      return answer;
    },
    async revoke(study, site) {
      const isSeated = study.member(site) !== null;
      const wasInvited = await invitations.revoke(study.id, site);
      if (isSeated) return study.remove(site);
      return wasInvited ? { ok: true } : refused('site-unknown', 'No hospital of this name was invited to this study.');
    },
  };
}

const UNKNOWN = refused('invitation-unknown', 'This invitation is not known.');
