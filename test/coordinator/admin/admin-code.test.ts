import { isSameCode, makeAdminCode, sessionCookie, sessionToken } from '@consilium/coordinator/admin';
import { describe, expect, it } from 'vitest';

describe('the admin code', () => {
  it('is five groups of five letters that are not mistaken for one another, different each time', () => {
    const codes = Array.from({ length: 200 }, makeAdminCode);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(new Set(codes).size).toBe(200);
    // All 32 letters appear among 5000: a missing one would have probability below 1e-60.
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
  });

  it('is recognised as people type it, and nothing else is', () => {
    expect(isSameCode(' 7kq2m-o1ill 00000 ', '7KQ2M-01111-00000')).toBe(true);
    expect(isSameCode('7KQ2M-01111-00001', '7KQ2M-01111-00000')).toBe(false);
    expect(isSameCode('', '7KQ2M')).toBe(false);
  });
});

describe('the session cookie', () => {
  it('is read back among others, and only in its own form', () => {
    const token = 'a'.repeat(43);
    expect(sessionToken(`x=1; ${sessionCookie(token, true).split(';')[0]}; y=2`)).toBe(token);
    for (const header of [undefined, '', 'consilium-console', 'consilium-console=short', `other=${token}`])
      expect(sessionToken(header)).toBe(null);
    expect(sessionCookie(token, true)).toContain('; Secure');
    expect(sessionCookie(null, false)).toContain('Max-Age=0');
  });
});
