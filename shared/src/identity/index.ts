/** Public names of `identity`: root keys and what they certify, the roster, its words and its versions, the recovery file. */

export {
  CERTIFICATE_SECONDS,
  type Certificate,
  type CertificateFlaw,
  CLOCK_TOLERANCE_SECONDS,
  certificateBytes,
  type DeviceCertificate,
  deviceCertificateSchema,
  flawInCertificate,
  PERSON_ROLES,
  type PersonCertificate,
  type PersonRole,
  personCertificateSchema,
  type Unsigned,
} from './certificate.ts';
export {
  type CredentialFlaw,
  type Credentials,
  certifiedKeys,
  credentialsSchema,
  type DeviceKeys,
  type JudgedCredentials,
  judgeCredentials,
  lastingKeys,
  NO_CREDENTIALS,
  rememberedSuspensions,
  suspendedKeys,
} from './credentials.ts';
export { bytes32, bytes64, cleanName, hash, identifier, LAST_OF_32, MAX_SITES, personName, siteIndex } from './fields.ts';
export { issueDeviceCertificate, issuePersonCertificate, issueSuspension } from './issue.ts';
export { PERSON_WORDS, PERSON_WORDS_HEARD, type PersonKey, personWords } from './person-words.ts';
export {
  NONCE_BYTES,
  openRecoveryFile,
  RecoveryError,
  readRecoveryFile,
  SALT_BYTES,
  sealRecoveryFile,
} from './recovery-file.ts';
export { NO_HASH, type Roster, type RosterEntry, rosterBytes, rosterEntry, rosterHash, rosterSchema } from './roster.ts';
export {
  areSameSigners,
  areSignersComplete,
  flawInNewSigner,
  isGenuineSigner,
  SIGNERS,
  type SignerFlaw,
  type SignerSignature,
  signedPeople,
  signerSignatureSchema,
} from './signers.ts';
export {
  flawInProposal,
  goneFrom,
  judgeSuccessor,
  maySignSuccessor,
  type SignedSuccessor,
  type SuccessionFlaw,
  type SuccessionSignature,
  shorterRoster,
  successionBytes,
  successionSignatureSchema,
} from './succession.ts';
export { isSuspensionSigned, type Suspension, suspensionBytes, suspensionSchema } from './suspension.ts';
export type { Verify } from './verify.ts';
export { checkWords, hiddenWords, hospitalsToCall, type WordCheck } from './word-check.ts';
export {
  FINGERPRINT_ITERATIONS,
  FINGERPRINT_WORDS,
  isListed,
  PASSPHRASE_BYTES,
  PASSPHRASE_WORDS,
  passphraseOf,
  plainWord,
  rosterWords,
  type Stretch,
  wordsOf,
} from './words.ts';
