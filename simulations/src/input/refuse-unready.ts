/** A site whose file fails a check stops a simulation, and the sentence names the check: a simulation has nobody who looks at its page. */
import { SiteError } from '@consilium/shared/federation';

interface Checked {
  readonly isReady: boolean;
  readonly checks: readonly { readonly id: string; readonly status: string; readonly text: string }[];
}

/** @throws SiteError `not-ready` with every failed check. */
export function refuseUnready({ isReady, checks }: Checked): void {
  if (isReady) return;
  const failed = checks.filter(({ status }) => status === 'fail');
  throw new SiteError(
    'not-ready',
    failed.map(({ id, text }) => `Failed: ${id}: ${text}`),
  );
}
