/** PBKDF2 by WebCrypto, for the twelve words of a roster: a million rounds in a fraction of a second. */
import type { Stretch } from '@consilium/shared/identity';

export const stretch: Stretch = async ({ secret, salt, iterations, length }) => {
  const key = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, length * 8));
};
