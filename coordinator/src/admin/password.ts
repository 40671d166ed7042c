/**
 * Passwords as they are kept: scrypt with a salt of its own for each, so that a stolen table has to be guessed slowly.
 * One derivation at a time: each takes 128 MiB, and a flood of sign-ins must not take the machine.
 *
 * Source: RFC 7914; N = 2^17, r = 8, p = 1 as OWASP's Password Storage Cheat Sheet has it.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** log2 N of new hashes; the one a hash was made with stands in it, so that it can be raised. */
export const PASSWORD_COST = 17;
const KEY_BYTES = 32;

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

let queue: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const parameters = { N: 2 ** cost, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
  const next = queue.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, KEY_BYTES, parameters, (error, key) => (error === null ? resolve(key) : reject(error)));
      }),
  );
  queue = next.catch(() => undefined);
  return next;
}

/**
 * @param cost - log2 N, at least 10.
 * @returns `scrypt$<cost>$<salt>$<key>`, base64url: what is stored.
 */
export async function hashPassword(password: string, cost: number): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${cost}$${salt.toString('base64url')}$${(await derive(password, salt, cost)).toString('base64url')}`;
}

/**
 * Whether `password` is the one that was hashed. Takes as long when there is no such account (`stored` null), so that the answer's
 * time does not tell which names exist; `cost` is that of new hashes.
 */
export async function isPassword(password: string, stored: string | null, cost: number): Promise<boolean> {
  const [kind, made = '', salt = '', key = ''] = (stored ?? '').split('$');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), stored === null ? cost : Number(made));
  const expected = Buffer.from(key, 'base64url');
  return kind === 'scrypt' && expected.length === KEY_BYTES && timingSafeEqual(derived, expected);
}
