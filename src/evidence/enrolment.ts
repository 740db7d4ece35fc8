/** Proof of possession: a passkey signs who it wants to belong to, before anyone votes for it. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { type Enrolment, enrolment, sshEnrolment } from '../core/enrolment.ts';
import { CountersignError } from '../core/errors.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import type { PasskeySettings } from '../core/policy.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import type { Passkey } from '../core/roster.ts';
import { paeOfStatement } from '../formats/dsse.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeAssertion, passkeyKeyId, verifyAssertion } from '../formats/webauthn.ts';
import {
  decodePasskey,
  openBySshKey,
  requireInstance,
  type SignedStatement,
  sha256Hex,
} from './signed-statement.ts';

/** What an enrolment of either kind proves. */
export interface ProvenKey {
  readonly person: PersonId;
  /** As the roster spells it. */
  readonly publicKey: string;
  /** Null for an SSH key. */
  readonly passkey: Passkey | null;
  readonly keyFingerprint: string;
  readonly digest: Sha256;
}

/**
 * Opens an enrolment of either kind. `settings` are those of the rules that will be in force with
 * it. Throws as `openEnrolment`, and `signature-invalid` for an SSH key that did not sign its own.
 */
export async function openKeyEnrolment(
  crypto: VerifierCrypto,
  signed: SignedStatement,
  genesis: Sha256,
  settings: PasskeySettings | undefined,
): Promise<ProvenKey> {
  if (signed.signature === 'webauthn') {
    if (settings === undefined) {
      throw new CountersignError('signature-invalid', 'the signed rules name no passkeys', {
        hint: 'propose passkeys in countersign.yaml first',
      });
    }
    const { predicate, ...opened } = await openEnrolment(crypto, signed, genesis, settings);
    return { ...opened, person: predicate.person, publicKey: predicate.publicKey };
  }
  const opened = await openBySshKey(
    crypto,
    signed,
    'enrolment',
    sshEnrolment,
    (publicKey, named) => (named.publicKey === publicKey ? null : 'the very key that is enrolled'),
  );
  requireInstance(opened, genesis);
  const { predicate, publicKey, keyFingerprint, digest } = opened;
  return { person: predicate.person, publicKey, passkey: null, keyFingerprint, digest };
}

/** What the enrolment of a passkey proves. */
export interface OpenedEnrolment {
  readonly predicate: Enrolment;
  /** As a roster takes it up. */
  readonly passkey: Passkey;
  /** What people compare out of band. */
  readonly keyFingerprint: string;
  /** SHA-256 of the payload. */
  readonly digest: Sha256;
}

/**
 * Opens an enrolment made for this instance, under `settings` of the signed rules. Throws
 * `malformed-document` or `malformed-signature` for what cannot be read, `signature-invalid` where
 * the passkey that it names did not sign it, or belongs to another relying party.
 */
export async function openEnrolment(
  crypto: VerifierCrypto,
  signed: SignedStatement,
  genesis: Sha256,
  settings: PasskeySettings,
): Promise<OpenedEnrolment> {
  const { payload, signature } = signed.envelope;
  if (signed.signature !== 'webauthn') {
    throw new CountersignError(
      'malformed-signature',
      `expected an enrolment signed by its passkey, found one by ${signed.signature}`,
    );
  }
  const statement = decodeStatement(payload, { predicateType: predicateTypeOf('enrolment') });
  const predicate = enrolment(statement.predicate, 'enrolment');
  requireInstance(statement, genesis);
  if (predicate.genesis !== genesis) {
    throw new CountersignError('signature-invalid', 'the enrolment is for another instance');
  }
  const key = decodePasskey(predicate, settings);
  const keyFingerprint = await passkeyKeyId(key.publicKey, crypto);
  const challenge = await crypto.sha256(paeOfStatement(payload));
  await verifyAssertion(crypto, decodeAssertion(signature.sig), { ...settings, key, challenge });
  if (signature.keyid !== keyFingerprint) {
    throw new CountersignError(
      'malformed-signature',
      `expected keyid ${keyFingerprint}, found ${signature.keyid.slice(0, 60)}`,
    );
  }
  const { credentialId, publicKey, algorithm, relyingParty } = predicate;
  return {
    predicate,
    passkey: { kind: 'webauthn', credentialId, publicKey, algorithm, relyingParty },
    keyFingerprint,
    digest: await sha256Hex(crypto, payload),
  };
}
