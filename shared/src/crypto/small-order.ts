/**
 * Public keys of small order, which force an all-zero X25519 result whatever the other secret is. There are seven encodings of 255
 * bits, and the top bit is ignored (RFC 7748 §5), so a key is told by its bytes, without a multiplication.
 * Source: D. J. Bernstein, cr.yp.to/ecdh.html, "How do I validate Curve25519 public keys?"; RFC 7748.
 */

const PRIME = 2n ** 255n - 19n;
/** The u-coordinates of the points of order 8. */
const ORDER_8 = [
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
];
const SMALL_ORDER: ReadonlySet<string> = new Set(
  [0n, 1n, ...ORDER_8, PRIME - 1n, PRIME, PRIME + 1n].map((u) => littleEndianBytes(u).join()),
);

/**
 * Whether an X25519 public key can give a secret. It is the same question as "does `x25519Shared` accept it".
 *
 * @param publicKey - Any bytes; false unless there are 32.
 */
export function isUsableX25519Key(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  const masked = Uint8Array.from(publicKey);
  masked[31] = (masked[31] ?? 0) & 0x7f;
  return !SMALL_ORDER.has(masked.join());
}

function littleEndianBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
