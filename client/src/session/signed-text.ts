/** What a signed text is about, read from its own parts: for the record of this hospital. */

const SIGNATURE = 'consilium signature 1';
/** Place of the phase among the parts: domain, version, study, list, round, phase. */
const PHASE = 5;

/**
 * The phase of a message of the protocol, or the domain of anything else.
 *
 * @param bytes - Length-prefixed parts, each with 4 bytes of length before it.
 * @returns Words of at most 80 characters; `unknown` for bytes of another form.
 */
export function signedAbout(bytes: Uint8Array): string {
  const parts = partsOf(bytes, PHASE + 1);
  const [domain = 'unknown'] = parts;
  return (domain === SIGNATURE ? (parts[PHASE] ?? domain) : domain).slice(0, 80);
}

function partsOf(bytes: Uint8Array, most: number): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length && parts.length < most; ) {
    const length = view.getUint32(at);
    if (at + 4 + length > bytes.length) return parts;
    parts.push(new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return parts;
}
