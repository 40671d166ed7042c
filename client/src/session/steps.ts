/** Which step of the visit the study's own state asks for. Pure. */
import type { SiteProgress } from '@consilium/shared/federation';
import { connectionTrouble } from './from-coordinator.ts';
import type { Trouble } from './run-view.ts';
import type { SessionView, Step } from './session-view.ts';

export const joinStep = (trouble: Trouble | null): Step => ({ step: 'join', busy: null, trouble });

const SUCCESSOR: Step = { step: 'successor', busy: false, trouble: null };

/** Once the data are announced. */
export function currentStep({ run, membership, step, signedRoster }: SessionView): Step {
  if (run.results !== null) return { step: 'results', results: run.results, patients: step.step === 'results' ? step.patients : null };
  if (run.phase === 'stopped') return { step: 'stopped', trouble: { code: 'study-stopped', text: '' }, halted: null };
  const next = run.roster?.isConfirmed === true ? run.roster.successor : null;
  if (next !== null) return next.isSigned ? { step: 'waiting' } : step.step === 'successor' ? step : SUCCESSOR;
  // A device that came later has not signed, whatever the one before it did.
  const isSignedHere = run.roster === null || run.roster.hash === signedRoster;
  // Signed from this browser, and the hospital's people have not all signed from theirs.
  const isForPeople = run.roster !== null && run.people.some(({ site }) => site === membership?.site);
  if (isForPeople && isSignedHere && run.phase === 'signing') return { step: 'waiting' };
  if (membership !== null && isSignedHere && run.signed.includes(membership.site))
    return run.round === null && run.past.length === 0 ? { step: 'waiting' } : { step: 'running' };
  if (run.roster === null) return { step: 'gathering' };
  if (!run.roster.isConfirmed) return step.step === 'words' ? step : { step: 'words', busy: false, check: null, trouble: null };
  return step.step === 'sign' ? step : { step: 'sign', busy: false, trouble: null };
}

/** When a secure sum was under way, and how many were done then. */
export function paceFrom({ type }: SiteProgress, { progress }: SessionView['run']): SessionView['startedAt'] {
  return type === 'round' ? { at: Date.now(), done: progress.done } : null;
}

/** Where a hospital is when the coordinator does not take its connection. */
export function refusedStep(code: string, text: string): Step {
  if (code === 'superseded' || code === 'second-tab') return { step: 'elsewhere', lost: code === 'superseded' };
  return { step: 'stopped', trouble: connectionTrouble(code, text), halted: null };
}
