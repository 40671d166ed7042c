/** A hospital's whole yes to plan, list and program: what its device signed, and beside it what the people signed whom it has declared. */
import type { SignerSignature } from '../identity/index.ts';
import { type GivenApproval, type StudySigner, type StudyState, siteById } from './study-state.ts';

/** As it travels; `people` where the hospital has declared any. */
export type WholeApproval = GivenApproval & { readonly people?: SignerSignature[] | undefined };

/** What a site has signed, with its people's signatures; null where one of them is missing. */
export function wholeApproval(state: StudyState, id: string): WholeApproval | null {
  const device = state.approvals[id];
  if (device === undefined) return null;
  const wanted = (state.roster?.sites.find((entry) => entry.id === id)?.signers ?? []).map(({ key }) => key);
  const signers = siteById(state, id)?.signers ?? [];
  const people = wanted.flatMap((key) => {
    const given = signers.find(({ certificate }) => certificate.key === key)?.given ?? null;
    return given !== null && isSame(given, device) ? [{ key, signature: given.signature }] : [];
  });
  if (people.length < wanted.length) return null;
  return wanted.length === 0 ? device : { ...device, people };
}

/** Whether both are over one plan, one list and one program. */
const isSame = (a: GivenApproval, b: GivenApproval): boolean =>
  a.planHash === b.planHash && a.rosterHash === b.rosterHash && a.clientHash === b.clientHash;

/** Whether a person has signed a list, whatever the device has signed. @param list - Its hash. */
export const hasSigned = ({ given }: StudySigner, list: string | null): boolean => given !== null && given.rosterHash === list;

/** A state in which every site of the list counts as having signed exactly if its yes is whole. */
export function settledApprovals(state: StudyState): StudyState {
  const listed = new Set((state.roster?.sites ?? []).map(({ id }) => id));
  const sites = state.sites.map((site) => {
    const hasApproved = wholeApproval(state, site.id) !== null;
    return listed.has(site.id) && hasApproved !== site.hasApproved ? { ...site, hasApproved } : site;
  });
  return sites.every((site, at) => site === state.sites[at]) ? state : { ...state, sites };
}
