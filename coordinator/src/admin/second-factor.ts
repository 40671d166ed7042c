/**
 * The second factor: a time-based one-time password (RFC 6238, SHA-1, six digits, 30 s) from a phone. One step either side is
 * taken for clocks that differ; a step that was used, or one before it, never again.
 */
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;

/** A new secret: 160 random bits, base 32. */
export const makeSecondFactor = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads, as text or from a picture. */
export const secondFactorUri = (secret: string, account: string): string => totp(secret, account).toString();

/**
 * @param lastStep - The newest step that was used, or null.
 * @param nowMs - Milliseconds since 1970.
 * @returns The step that the code belongs to, to be kept as used, or null when the code is not taken.
 */
export function secondFactorStep(secret: string, code: string, lastStep: number | null, nowMs: number): number | null {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const delta = totp(secret, '').validate({ token: digits, timestamp: nowMs, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Consilium', label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS });
}
