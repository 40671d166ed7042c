/** The code of a failed local computation. The message of the error stays at the site. */
import type { RejectionCode } from '../protocol/index.ts';

export function codeOfFailure(error: unknown): RejectionCode {
  if (error instanceof RangeError) return 'out-of-range';
  return (error as { readonly code?: unknown } | null)?.code === 'diverged' ? 'diverged' : 'work-failed';
}
