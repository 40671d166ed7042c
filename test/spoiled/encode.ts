/** Text to bytes in an 8-bit encoding: the platform's decoder, turned round. Some releases of Node decode Windows-1252 as Latin-1: its upper letters are given here. */

const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export function encodeAs(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le') return new Uint8Array(Buffer.from(text, 'utf16le'));
  if (encoding === 'utf-16be') return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  const all = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const codes = new Map([...all].map((letter, byte) => [letter, byte]));
  if (encoding === 'windows-1252') for (const [at, letter] of [...WINDOWS_1252].entries()) codes.set(letter, 0x80 + at);
  return Uint8Array.from(text, (letter) => {
    const code = codes.get(letter);
    if (code === undefined) throw new RangeError(`encodeAs: ${encoding} has no ${letter}`);
    return code;
  });
}
