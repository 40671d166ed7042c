/** A planted number as it could be written, for a search through bytes. */

/** The ways in which the planted number could be written. */
export function numberForms(value: number): Buffer[] {
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value);
  const single = Buffer.alloc(4);
  single.writeFloatLE(value);
  const fixed = Buffer.alloc(8);
  fixed.writeBigInt64LE(BigInt(Math.round(value * 2 ** 40)));
  return [double, Buffer.from(double).reverse(), single, fixed, Buffer.from(String(value))];
}
