/** What a device key is at its site, today. */
import type { Credentials } from '@consilium/shared/identity';

export type Standing = 'current' | 'expired' | 'replaced' | 'suspended' | 'unknown';

/**
 * @param input.current - The key of the device that speaks for the site, base64.
 * @param input.at - Seconds since 1970.
 */
export function standingOf(input: {
  readonly key: string;
  readonly current: string | null | undefined;
  readonly credentials: Credentials;
  readonly at: number;
}): Standing {
  const { key, current, at } = input;
  const { certificates, suspensions } = input.credentials;
  const certificate = certificates.findLast((one) => one.key === key);
  if (certificate === undefined) return 'unknown';
  if (suspensions.some((one) => one.key === key)) return 'suspended';
  if (current !== key) return 'replaced';
  return certificate.expiresAt < at ? 'expired' : 'current';
}
