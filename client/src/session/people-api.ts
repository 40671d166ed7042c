/** What the pages ask of the people who sign for hospitals. Lists and certificates are parsed with the protocol's own schemas: nothing else is looked at. */
import {
  bytes32,
  hash,
  PERSON_ROLES,
  type PersonCertificate,
  type PersonRole,
  personCertificateSchema,
  personName,
  rosterSchema,
  type Suspension,
} from '@consilium/shared/identity';
import * as z from 'zod';
import { request } from './api.ts';

const ask = z.object({ key: bytes32, name: personName, role: z.enum(PERSON_ROLES) });
/** A person's public key, and who it says it is. */
export type PersonAsk = Readonly<z.infer<typeof ask>>;

const around = z.object({
  site: z.string(),
  name: z.string(),
  phase: z.string(),
  planHash: z.string(),
  roster: rosterSchema.nullable(),
  /** The program that the hospital's browser has signed for; null before it has signed. */
  program: hash.nullable(),
  people: z.array(z.object({ certificate: personCertificateSchema, hasSigned: z.boolean(), refusal: z.string().nullable() })),
});
/** A hospital's people, its study's phase, and the list of hospitals once it is made. */
export type PeopleAround = z.infer<typeof around>;

const pathOf = (study: string, rest: string): string => `/api/studies/${encodeURIComponent(study)}/people${rest}`;
/** Base64 in its form for addresses. */
const inAddress = (key: string): string => key.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const left = z.object({ isOpen: z.boolean(), asks: z.array(ask) });

/** What people have left under a code that a hospital's tab made up; `isOpen`: they can still be named. */
export const fetchAsks = (study: string, code: string): Promise<z.infer<typeof left>> => request(pathOf(study, `/asks/${code}`), left);

/** @param key - The hospital's root key, or that of one of its people; base64. */
export const peopleAround = (study: string, key: string): Promise<PeopleAround> =>
  request(pathOf(study, `/around/${inAddress(key)}`), around);

export const leaveAsk = (study: string, body: PersonAsk & { readonly code: string }): Promise<unknown> =>
  request(pathOf(study, '/asks'), z.unknown(), body);

export const addPersonAt = (study: string, body: { readonly certificate: PersonCertificate }): Promise<unknown> =>
  request(pathOf(study, ''), z.unknown(), body);

export const takeBackAt = (study: string, body: { readonly suspension: Suspension }): Promise<unknown> =>
  request(pathOf(study, '/withdrawn'), z.unknown(), body);

interface Word {
  readonly key: string;
  readonly planHash: string;
  readonly rosterHash: string;
  readonly signature: string;
}
export const signAt = (study: string, body: Word & { readonly clientHash: string }): Promise<unknown> =>
  request(pathOf(study, '/signatures'), z.unknown(), body);

export const refuseAt = (study: string, body: Word & { readonly reason: string }): Promise<unknown> =>
  request(pathOf(study, '/refusals'), z.unknown(), body);

/** Someone who signs for a hospital, as pages show it. */
export interface ShownPerson {
  readonly key: string;
  readonly name: string;
  readonly role: PersonRole;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly hasSigned: boolean;
  readonly refusal: string | null;
}

export const shownPerson = ({ certificate, hasSigned, refusal }: PeopleAround['people'][number]): ShownPerson => {
  const { key, name, role, expiresAt } = certificate;
  return { key, name, role, expiresAt, hasSigned, refusal };
};
