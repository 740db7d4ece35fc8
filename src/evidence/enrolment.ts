/** Proof of possession: a passkey signs who it wants to belong to, before anyone votes for it. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { type Enrolment, enrolment } from '../core/enrolment.ts';
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import type { PasskeySettings } from '../core/policy.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import type { Passkey } from '../core/roster.ts';
import { paeOfStatement } from '../formats/dsse.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeAssertion, passkeyKeyId, verifyAssertion } from '../formats/webauthn.ts';
import {
  decodePasskey,
  requireInstance,
  type SignedStatement,
  sha256Hex,
} from './signed-statement.ts';

/** What an enrolment proves. */
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
