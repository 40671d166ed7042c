/** Which page an announced hospital is on: no signature before the list of hospitals is confirmed, and none taken over from another device. */
import { currentStep, emptyView, foldProgress, type Membership, type SessionView, startOfRun } from '@consilium/client/session';
import type { SiteProgress } from '@consilium/shared/federation';
import { describe, expect, it } from 'vitest';

const MEMBER: Membership = { study: 's', site: 'a', name: 'A', key: 'k', title: 'S', demo: false, joinedAt: 0 };
const roster = (isConfirmed: boolean): SiteProgress => ({
  ...{ type: 'roster', sites: [], rosterHash: 'h1', version: 1, isConfirmed },
  ...{ words: ['able', '', 'zoo'], hidden: [1], call: ['B'], successor: null },
});
const signed = (...sites: readonly string[]): SiteProgress => ({
  type: 'phase',
  phase: 'signing',
  reason: null,
  present: [],
  people: [],
  signed: sites,
});
const view = (signedRoster: string | null, ...reports: readonly SiteProgress[]): SessionView => ({
  ...emptyView(null),
  ...{ membership: MEMBER, signedRoster, run: reports.reduce(foldProgress, startOfRun) },
});

describe('the page of a hospital that is ready', () => {
  it('is the comparison of words until the list is confirmed, then the plan to sign', () => {
    expect(currentStep(view(null)).step).toBe('gathering');
    expect(currentStep(view(null, roster(false))).step).toBe('words');
    expect(currentStep(view(null, roster(false), roster(true))).step).toBe('sign');
  });

  it('keeps the outcome of a comparison while other news comes', () => {
    const differ = { step: 'words', busy: false, check: { outcome: 'differ' }, trouble: null } as const;
    expect(currentStep({ ...view(null, roster(false), signed('b')), step: differ })).toBe(differ);
  });

  it('is the plan to sign on a device that came later, though the hospital has signed on another', () => {
    expect(currentStep(view('h1', roster(true), signed('a'))).step).toBe('waiting');
    expect(currentStep(view(null, roster(true), signed('a'))).step).toBe('sign');
    expect(currentStep(view('h0', roster(true), signed('a'))).step).toBe('sign');
  });

  it('waits for the people who sign besides, once this browser has', () => {
    const people = (...sites: readonly string[]): SiteProgress => ({
      ...{ type: 'phase', phase: 'signing', reason: null, present: [], signed: [] },
      people: sites.map((site) => ({ site, signed: 1 })),
    });
    expect(currentStep(view('h1', roster(true), people('a'))).step).toBe('waiting');
    expect(currentStep(view('h1', roster(true), people('b'))).step).toBe('sign');
    expect(currentStep(view(null, roster(true), people('a'))).step).toBe('sign');
    expect(currentStep(view('h0', roster(true), people('a'))).step).toBe('sign');
    expect(currentStep(view(null, people('a'))).step).toBe('gathering');
  });
});
