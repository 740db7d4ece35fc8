/** The founding document, and what a verifier keeps of it. */
import { policyDocument } from './policy.ts';
import { roster } from './roster.ts';
import {
  integer,
  list,
  literal,
  nullable,
  object,
  objectWith,
  type Read,
  sha256,
  text,
  time,
} from './shape.ts';

/**
 * `ledger` is a C2SP verifier key (`name+hash+base64`); its name is the log's origin. `publisher`
 * is the X25519 public key, base64, that vault deposits are sealed to.
 */
export const genesis = objectWith(
  {
    schema: literal('countersign/genesis/v1'),
    name: text,
    foundedAt: time,
    roster,
    policy: policyDocument,
    keys: object({ ledger: text, publisher: text }),
  },
  {
    /** Offline keys, of which `threshold` can refound a lost quorum after a delay that any member
     * can veto. SSH keys as in a roster, held by nobody of it. */
    recovery: object({
      threshold: integer(2, 32),
      keys: list(text, 32),
      delaySeconds: integer(86_400, 90 * 86_400),
    }),
  },
);
export type Genesis = Read<typeof genesis>;

/** Predicate of a founder's signature; the subject is the genesis document. */
export const founding = object({
  schema: literal('countersign/founding/v1'),
  genesis: sha256,
  person: text,
});
export type Founding = Read<typeof founding>;

/**
 * What a verifier must get from somewhere else than the evidence. `witnesses` are C2SP cosigner
 * keys of which at least `quorum` must have signed the checkpoint; none is honest, and is said.
 */
export const trust = object({
  schema: literal('countersign/trust/v1'),
  genesis: sha256,
  ledger: text,
  witnesses: object({ quorum: integer(0, 64), keys: list(text, 64) }),
  note: nullable(text),
});
export type Trust = Read<typeof trust>;
