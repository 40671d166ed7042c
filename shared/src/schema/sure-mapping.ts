/** What can be taken of a proposal without a question. */
import type { Mapping } from './mapping.ts';
import type { Proposal } from './propose-mapping.ts';

/** The part of a proposal that needs no question; what is left out is looked for under the plan's own names. */
export function sureMapping({ mapping, features, outcome }: Proposal): Mapping {
  const sure = new Set([...features, ...outcome].filter(({ isSure }) => isSure).map(({ name }) => name));
  const keep = <Entry>(entries: Readonly<Record<string, Entry>>) =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => sure.has(name)));
  return { ...mapping, features: keep(mapping.features), outcome: keep(mapping.outcome) };
}
