/**
 * Two-person signing: the two people who sign a hospital's plans where it has declared that two sign. Each has a key of its own in its own
 * browser, certified by the hospital's root key; the roster lists both, so that every hospital checks both signatures.
 *
 * Rules: policies count hospitals, not keys: two people are one hospital's yes. Two signatures of one key are one. What a person signed stays
 * signed when the certificate ends, as what a device signed does; whoever takes a new signature checks the time.
 * Source: docs/protocol.md, "Who speaks for a hospital".
 */
import * as z from 'zod';
import { fromBase64 } from '../crypto/index.ts';
import { certificateBytes, type PersonCertificate } from './certificate.ts';
import { bytes32, bytes64 } from './fields.ts';
import type { RosterEntry } from './roster.ts';
import type { Verify } from './verify.ts';
import { plainWord } from './words.ts';

/** Who declares people declares this many. */
export const SIGNERS = 2;

/** Schema of one person's signature under plan, roster and program. */
export const signerSignatureSchema = z.strictObject({ key: bytes32, signature: bytes64 });
export type SignerSignature = Readonly<z.infer<typeof signerSignatureSchema>>;

export type SignerFlaw = 'person-twice' | 'person-same-name' | 'people-complete';

/**
 * Why another person is not taken beside those a hospital has, or null.
 *
 * @returns `person-twice` for a key that is there already; `person-same-name` where two could not be told apart on a page.
 */
export function flawInNewSigner(
  known: readonly Pick<PersonCertificate, 'key' | 'name'>[],
  next: Pick<PersonCertificate, 'key' | 'name'>,
): SignerFlaw | null {
  if (known.some(({ key }) => key === next.key)) return 'person-twice';
  if (known.length >= SIGNERS) return 'people-complete';
  return known.some(({ name }) => plainName(name) === plainName(next.name)) ? 'person-same-name' : null;
}

/** Names that read alike are alike: without double spaces, in lower case. */
const plainName = (name: string): string => plainWord(name).replace(/\s+/g, ' ');

/** Whether a person's certificate is of this study and root key, and signed by it. */
export function isGenuineSigner(
  certificate: PersonCertificate,
  of: { readonly study: string; readonly rootKey: string },
  verify: Verify,
): boolean {
  const { study, rootKey, signature } = certificate;
  if (study !== of.study || rootKey !== of.rootKey) return false;
  return verify(fromBase64(rootKey), certificateBytes(certificate), fromBase64(signature));
}

/**
 * The people of a roster entry whose signature is good.
 *
 * @param input.study - The plan's short name.
 * @param input.bytes - What each of them must have signed.
 * @returns In the order of the roster; each person once, however often it signed.
 */
export function signedPeople(input: {
  readonly entry: RosterEntry;
  readonly study: string;
  readonly bytes: Uint8Array;
  readonly signatures: readonly SignerSignature[];
  readonly verify: Verify;
}): readonly PersonCertificate[] {
  const { entry, study, bytes, signatures, verify } = input;
  return (entry.signers ?? []).filter(
    (person) =>
      isGenuineSigner(person, { study, rootKey: entry.rootKey }, verify) &&
      signatures.some((one) => one.key === person.key && verify(fromBase64(one.key), bytes, fromBase64(one.signature))),
  );
}

/** Whether everybody whom a hospital has declared has signed; true where it has declared nobody. */
export const areSignersComplete = (input: Parameters<typeof signedPeople>[0]): boolean =>
  signedPeople(input).length === (input.entry.signers ?? []).length;

/** Whether two lists name the same people's keys, in whatever order. */
export const areSameSigners = (a: readonly { readonly key: string }[], b: readonly { readonly key: string }[]): boolean =>
  a.length === b.length && a.every(({ key }) => b.some((other) => other.key === key));
