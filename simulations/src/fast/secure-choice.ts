/**
 * How much of the secure sum a simulation carries out. The released sums, and so the models, are the same bits in all three.
 *
 * - `on`: the whole protocol, as hospitals run it: keys, shares, masks, signatures. At most 200 sites.
 * - `off`: the same encoded vectors, added without masks.
 * - `counted`: as `off`, with the bytes and messages the protocol would have sent.
 */
export const SECURE_CHOICES = ['on', 'off', 'counted'] as const;

export type SecureChoice = (typeof SECURE_CHOICES)[number];
