/**
 * The recovery file: a hospital's root secret, sealed under a passphrase. It is all that is left of the root secret once the page has
 * certified a device; with it and the passphrase a lost device is replaced or a key suspended, from any browser.
 *
 * Rules: scrypt N = 2^17 (128 MiB, about a second) and secretbox; a checksum tells a damaged file from a wrong passphrase; what the file
 * opens to must have the public key that it names.
 * Source: RFC 7914 (scrypt, @noble/hashes); NaCl secretbox (tweetnacl); docs/protocol.md, "Identities".
 */
import { scryptAsync } from '@noble/hashes/scrypt.js';
import nacl from 'tweetnacl';
import * as z from 'zod';
import { ed25519PublicKey, fromBase64, lengthPrefixed, sha256, toBase64, toHex, utf8Bytes } from '../crypto/index.ts';
import { bytes32, hash, personName } from './fields.ts';
import { plainWord } from './words.ts';

const FORMAT = 'consilium recovery file 1';
const COST = { N: 2 ** 17, r: 8, p: 1, dkLen: 32, maxmem: 2 ** 28 };
export const SALT_BYTES = 16;
export const NONCE_BYTES = nacl.secretbox.nonceLength;

const schema = z.strictObject({
  format: z.literal(FORMAT),
  /** The hospital's name, for people. */
  site: personName,
  rootKey: bytes32,
  salt: z.string().length(24),
  nonce: z.string().length(32),
  sealed: z.string().length(64),
  checksum: hash,
});
type RecoveryFile = z.infer<typeof schema>;

/** `recovery-damaged`: not such a file, or changed or cut. `wrong-passphrase`: the file is whole and does not open. */
export class RecoveryError extends Error {
  override readonly name = 'RecoveryError';
  readonly code: 'recovery-damaged' | 'wrong-passphrase';

  constructor(code: 'recovery-damaged' | 'wrong-passphrase') {
    super(code === 'recovery-damaged' ? 'This is not a whole recovery file.' : 'The passphrase does not open this recovery file.');
    this.code = code;
  }
}

/**
 * Seals a root secret.
 *
 * @param input.secret - 32 bytes; the caller forgets them afterwards.
 * @param input.salt - `SALT_BYTES` fresh bytes. @param input.nonce - `NONCE_BYTES` fresh bytes.
 * @returns The file's text.
 */
export async function sealRecoveryFile(input: {
  readonly site: string;
  readonly secret: Uint8Array;
  readonly passphrase: string;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
}): Promise<string> {
  const key = await keyOf(input.passphrase, input.salt);
  const unsummed = {
    format: FORMAT,
    site: input.site,
    rootKey: toBase64(ed25519PublicKey(input.secret)),
    salt: toBase64(input.salt),
    nonce: toBase64(input.nonce),
    sealed: toBase64(nacl.secretbox(input.secret, input.nonce, key)),
  } as const;
  return `${JSON.stringify({ ...unsummed, checksum: checksumOf(unsummed) }, null, 2)}\n`;
}

/**
 * Opens a recovery file.
 *
 * @param text - The file's text, of unknown origin.
 * @param passphrase - As typed: case and spaces do not matter.
 * @throws RecoveryError
 */
export async function openRecoveryFile(
  text: string,
  passphrase: string,
): Promise<{ readonly site: string; readonly rootKey: string; readonly secret: Uint8Array }> {
  const file = readRecoveryFile(text);
  const key = await keyOf(passphrase, fromBase64(file.salt));
  const secret = nacl.secretbox.open(fromBase64(file.sealed), fromBase64(file.nonce), key);
  if (secret === null) throw new RecoveryError('wrong-passphrase');
  if (toBase64(ed25519PublicKey(secret)) !== file.rootKey) throw new RecoveryError('recovery-damaged');
  return { site: file.site, rootKey: file.rootKey, secret };
}

/** Whose file it is, without opening it. @throws RecoveryError `recovery-damaged`. */
export function readRecoveryFile(text: string): RecoveryFile {
  try {
    const file = schema.parse(JSON.parse(text));
    if (file.checksum !== checksumOf(file)) throw new RecoveryError('recovery-damaged');
    return file;
  } catch {
    throw new RecoveryError('recovery-damaged');
  }
}

function checksumOf({ format, site, rootKey, salt, nonce, sealed }: Omit<RecoveryFile, 'checksum'>): string {
  return toHex(sha256(lengthPrefixed([format, site, rootKey, salt, nonce, sealed])));
}

async function keyOf(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  const words = passphrase.split(/\s+/).map(plainWord).filter(Boolean).join(' ');
  return scryptAsync(utf8Bytes(words), salt, COST);
}
