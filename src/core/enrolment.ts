/**
 * A passkey or key that somebody wants to sign with, and that it is theirs: signed by the key
 * itself. A proposal takes it up; until people have voted for it, it signs for nothing.
 */
import { literal, object, personId, type Read, sha256, text, time } from './shape.ts';

/** Predicate of an enrolment. `credentialId` is base64url, `publicKey` the SPKI in base64. */
export const enrolment = object({
  schema: literal('countersign/enrolment/v1'),
  genesis: sha256,
  person: personId,
  credentialId: text,
  publicKey: text,
  algorithm: literal(-7, -8, -257),
  relyingParty: text,
  issuedAt: time,
});
export type Enrolment = Read<typeof enrolment>;

/** The same of an SSH key, signed with that key; `publicKey` is `TYPE BASE64`. */
export const sshEnrolment = object({
  schema: literal('countersign/ssh-enrolment/v1'),
  genesis: sha256,
  person: personId,
  publicKey: text,
  issuedAt: time,
});
export type SshEnrolment = Read<typeof sshEnrolment>;
