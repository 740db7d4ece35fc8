/** Changes of roster and rules: the documents that people sign for them. */
import { checkpointSeen } from './manifest.ts';
import {
  list,
  literal,
  nullable,
  object,
  personId,
  type Read,
  releaseId,
  sha256,
  text,
  time,
} from './shape.ts';

/** Who or what is suspended: a person by id, a key by its fingerprint (`SHA256:...`, `webauthn:...`). */
export const suspended = object({ kind: literal('person', 'key'), id: text });
export type Suspended = Read<typeof suspended>;

/** From the digest in force to the digest proposed; null `to` leaves the document as it is. */
const step = object({ from: sha256, to: nullable(sha256) });

/**
 * Predicate of a proposal. `enrolments` are the digests of the statements by which the holder of
 * each new key proved to hold it; `reinstate` ends suspensions.
 */
export const proposal = object({
  schema: literal('countersign/proposal/v1'),
  genesis: sha256,
  id: releaseId,
  roster: step,
  policy: step,
  enrolments: list(sha256, 64),
  reinstate: list(suspended, 64),
  reason: text,
  person: personId,
  issuedAt: time,
  expiresAt: time,
});
export type Proposal = Read<typeof proposal>;

/**
 * Predicate of a ballot. `proposal` is the digest of the proposal's payload; `confirmed` names the
 * fingerprints of the new keys that the voter compared with their holders, on another channel.
 */
export const ballot = object({
  schema: literal('countersign/ballot/v1'),
  genesis: sha256,
  proposal: sha256,
  decision: literal('approve', 'reject'),
  person: personId,
  confirmed: list(text, 64),
  reason: nullable(text),
  client: literal('terminal', 'browser'),
  issuedAt: time,
  expiresAt: time,
  checkpointSeen,
});
export type Ballot = Read<typeof ballot>;

/** Predicate of a suspension: one person's word, good at once; only a proposal takes it back. */
export const suspension = object({
  schema: literal('countersign/suspension/v1'),
  genesis: sha256,
  subject: suspended,
  person: personId,
  reason: text,
  issuedAt: time,
});
export type Suspension = Read<typeof suspension>;

/** Predicate that holders of recovery keys sign, all of them the same payload. */
export const recovery = object({
  schema: literal('countersign/recovery/v1'),
  genesis: sha256,
  roster: step,
  policy: step,
  enrolments: list(sha256, 64),
  reinstate: list(suspended, 64),
  reason: text,
  issuedAt: time,
});
export type Recovery = Read<typeof recovery>;

/** Predicate of a veto against a recovery that waits. `recovery` is the digest of its payload. */
export const veto = object({
  schema: literal('countersign/veto/v1'),
  genesis: sha256,
  recovery: sha256,
  person: personId,
  reason: text,
  issuedAt: time,
});

/** Predicate of a withdrawal: the approval with this payload digest counts no more. */
export const withdrawal = object({
  schema: literal('countersign/withdrawal/v1'),
  genesis: sha256,
  release: releaseId,
  manifest: sha256,
  approval: sha256,
  person: personId,
  issuedAt: time,
});
export type Withdrawal = Read<typeof withdrawal>;

/** Predicate of a review after the fact, where a policy or break-glass asks for one. */
export const review = object({
  schema: literal('countersign/review/v1'),
  genesis: sha256,
  release: releaseId,
  manifest: sha256,
  person: personId,
  outcome: text,
  issuedAt: time,
});
