/**
 * A statement that one person (or bot) signed, and the five steps that decide whether to believe
 * it. Everything here is attacker-controlled until `openStatement` returns.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import type { PasskeySettings } from '../core/policy.ts';
import { namespaceOf, type Purpose, predicateTypeOf } from '../core/purpose.ts';
import {
  findKeyHolder,
  findPasskeyHolder,
  type KeyHolder,
  type Passkey,
  type Roster,
} from '../core/roster.ts';
import { literal, type Reader } from '../core/shape.ts';
import { decodeBase64, encodeHex } from '../formats/base64.ts';
import type { JsonObject } from '../formats/canonical.ts';
import {
  type DsseEnvelope,
  envelopeFromJson,
  envelopeToJson,
  paeOfStatement,
} from '../formats/dsse.ts';
import { decodeStatement, encodeStatement, type Subject, statementOf } from '../formats/in-toto.ts';
import { formatSshPublicKey } from '../formats/ssh-key.ts';
import { decodeSshSignature, verifySshSignature } from '../formats/ssh-signature.ts';
import {
  decodeAssertion,
  type PasskeyKey,
  passkeyKeyId,
  requireCredentialId,
  verifyAssertion,
} from '../formats/webauthn.ts';

/** A DSSE envelope with exactly one signature, and how that signature was made. */
export interface SignedStatement {
  readonly signature: 'sshsig' | 'webauthn';
  readonly envelope: DsseEnvelope;
}

/** What a statement says and which key signed it, before anybody asks whose key that is. */
export interface KeyedStatement<T> {
  readonly predicate: T;
  readonly subject: readonly Subject[];
  /** As a roster spells it: `TYPE BASE64`, or of a passkey the SPKI in base64. */
  readonly publicKey: string;
  readonly keyFingerprint: string;
  /** SHA-256 of the payload: how ledger and manifest refer to the statement. */
  readonly digest: Sha256;
}

/** What an opened statement says, and who said it. */
export interface OpenedStatement<T> extends KeyedStatement<T> {
  readonly holder: KeyHolder;
}

/**
 * Opens a statement made for `purpose`. `passkeys` is what the signed rules say of them; without it
 * none is believed. Throws `malformed-document`, `malformed-signature` or `not-canonical` for what
 * cannot be read and `signature-invalid` for a key that the roster does not have, another purpose,
 * or bytes that were not signed.
 */
export async function openStatement<T>(
  crypto: VerifierCrypto,
  signed: SignedStatement,
  purpose: Purpose,
  reader: Reader<T>,
  roster: Roster,
  passkeys?: PasskeySettings | undefined,
): Promise<OpenedStatement<T>> {
  const { payload, signature } = signed.envelope;
  const statement = decodeStatement(payload, { predicateType: predicateTypeOf(purpose) });
  const predicate = reader(statement.predicate, purpose);
  const signer =
    signed.signature === 'sshsig'
      ? await verifySsh(crypto, signed.envelope, purpose, roster)
      : await verifyPasskey(crypto, signed.envelope, purpose, roster, passkeys);
  requireKeyId(signature.keyid, signer.keyFingerprint);
  return {
    predicate,
    subject: statement.subject,
    ...signer,
    digest: await sha256Hex(crypto, payload),
  };
}

/**
 * As `openStatement`, by an SSH key that is in no roster: `whyNot` says what was expected instead
 * of this key, or null where it will do.
 */
export async function openBySshKey<T>(
  crypto: VerifierCrypto,
  signed: SignedStatement,
  purpose: Purpose,
  reader: Reader<T>,
  whyNot: (publicKey: string, predicate: T) => string | null,
): Promise<KeyedStatement<T>> {
  const { payload, signature } = signed.envelope;
  const statement = decodeStatement(payload, { predicateType: predicateTypeOf(purpose) });
  const predicate = reader(statement.predicate, purpose);
  const ssh = decodeSshSignature(signature.sig);
  const publicKey = formatSshPublicKey(ssh.publicKey);
  const expected = signed.signature === 'sshsig' ? whyNot(publicKey, predicate) : 'an SSH key';
  if (expected !== null) {
    throw new CountersignError(
      'signature-invalid',
      `expected a signature by ${expected}, found one by ${signature.keyid.slice(0, 60)}`,
    );
  }
  const { keyFingerprint } = await verifySshSignature(crypto, paeOfStatement(payload), ssh, {
    namespace: namespaceOf(purpose),
    key: ssh.publicKey,
  });
  requireKeyId(signature.keyid, keyFingerprint);
  const digest = await sha256Hex(crypto, payload);
  return { predicate, subject: statement.subject, publicKey, keyFingerprint, digest };
}

function requireKeyId(found: string, expected: string): void {
  if (found === expected) return;
  throw new CountersignError(
    'malformed-signature',
    `expected keyid ${expected}, found ${found.slice(0, 60)}`,
  );
}

type Signer = Pick<OpenedStatement<unknown>, 'holder' | 'publicKey' | 'keyFingerprint'>;

async function verifySsh(
  crypto: VerifierCrypto,
  { payload, signature }: DsseEnvelope,
  purpose: Purpose,
  roster: Roster,
): Promise<Signer> {
  const ssh = decodeSshSignature(signature.sig);
  const publicKey = formatSshPublicKey(ssh.publicKey);
  const holder = findKeyHolder(roster, publicKey);
  if (holder === undefined) throw unknownKey(roster, signature.keyid);
  const { keyFingerprint } = await verifySshSignature(crypto, paeOfStatement(payload), ssh, {
    namespace: namespaceOf(purpose),
    key: ssh.publicKey,
  });
  return { holder, publicKey, keyFingerprint };
}

/** A page can ask for a signature over anything; these are the purposes that it is believed for. */
const PASSKEY_PURPOSES: ReadonlySet<Purpose> = new Set(['approval', 'ballot']);

async function verifyPasskey(
  crypto: VerifierCrypto,
  { payload, signature }: DsseEnvelope,
  purpose: Purpose,
  roster: Roster,
  settings: PasskeySettings | undefined,
): Promise<Signer> {
  if (!PASSKEY_PURPOSES.has(purpose)) {
    throw new CountersignError(
      'malformed-signature',
      `expected an SSH signature for ${purpose}, found one by a passkey`,
    );
  }
  if (settings === undefined) {
    throw new CountersignError(
      'signature-invalid',
      'expected an SSH signature, since the signed rules name no passkeys, found one by a passkey',
      { hint: 'sign in a terminal, or propose passkeys in countersign.yaml' },
    );
  }
  const assertion = decodeAssertion(signature.sig);
  const found = findPasskeyHolder(roster, assertion.credentialId);
  if (found === undefined) throw unknownKey(roster, signature.keyid);
  const key = decodePasskey(found.passkey, settings);
  const challenge = await crypto.sha256(paeOfStatement(payload));
  await verifyAssertion(crypto, assertion, { ...settings, key, challenge });
  return {
    holder: { kind: 'person', person: found.person },
    publicKey: found.passkey.publicKey,
    keyFingerprint: await passkeyKeyId(key.publicKey, crypto),
  };
}

/** Throws `signature-invalid` for a passkey that was enrolled for another relying party. */
export function decodePasskey(
  passkey: Omit<Passkey, 'kind'>,
  settings: PasskeySettings,
): PasskeyKey {
  if (passkey.relyingParty !== settings.relyingParty) {
    throw new CountersignError(
      'signature-invalid',
      `expected a passkey of ${settings.relyingParty}, found one of ${passkey.relyingParty}`,
      { hint: 'enrol a passkey for the relying party that the signed rules name' },
    );
  }
  return {
    credentialId: requireCredentialId(passkey.credentialId),
    publicKey: decodeBase64(passkey.publicKey, 'the passkey', 'malformed-signature'),
    algorithm: passkey.algorithm,
  };
}

function unknownKey(roster: Roster, keyid: string): CountersignError {
  return new CountersignError(
    'signature-invalid',
    `expected a signature by a key of the roster (version ${roster.version}), found ${keyid.slice(0, 60)}`,
    { hint: 'sign with a key that the roster has, or propose to add this one' },
  );
}

/** The holder as a person. Throws `forbidden` for a bot: bots sign for nothing that counts. */
export function requirePerson<T>(opened: OpenedStatement<T>, what: string) {
  if (opened.holder.kind === 'person') return opened.holder.person;
  throw new CountersignError(
    'forbidden',
    `${what} needs a person, found the bot ${opened.holder.botId}`,
  );
}

/** Payload of a statement whose subject is the instance itself, so that it fits no other. */
export function encodeInstanceStatement(
  purpose: Purpose,
  genesis: Sha256,
  predicate: object,
): Uint8Array {
  return encodeStatement(
    statementOf({
      subject: [{ name: 'genesis', digest: { sha256: genesis } }],
      predicateType: predicateTypeOf(purpose),
      predicate,
    }),
  );
}

/** Throws `malformed-document` unless the statement's one subject is this instance. */
export function requireInstance(
  opened: { readonly subject: readonly Subject[] },
  genesis: Sha256,
): void {
  const [subject, ...others] = opened.subject;
  if (others.length === 0 && subject?.name === 'genesis' && subject.digest.sha256 === genesis)
    return;
  throw new CountersignError(
    'malformed-document',
    `expected a statement about the instance with genesis ${genesis}, found one about ${subject?.digest.sha256 ?? 'something else'}`,
  );
}

export async function sha256Hex(
  crypto: Pick<VerifierCrypto, 'sha256'>,
  bytes: Uint8Array,
): Promise<Sha256> {
  return encodeHex(await crypto.sha256(bytes)) as Sha256;
}

/** `{ signature, envelope }`, the one JSON form, on the wire and in evidence. */
export function signedToJson(signed: SignedStatement): JsonObject {
  return { signature: signed.signature, envelope: envelopeToJson(signed.envelope) };
}

/** Throws `malformed-document` for another shape. */
export const signedFromJson: Reader<SignedStatement> = (value, path) => {
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.keys(value).sort().join() !== 'envelope,signature'
  ) {
    throw new CountersignError('malformed-document', `${path}: expected { signature, envelope }`);
  }
  const parts = value as { readonly signature: unknown; readonly envelope: unknown };
  return {
    signature: literal('sshsig', 'webauthn')(parts.signature, `${path}.signature`),
    envelope: envelopeFromJson(parts.envelope),
  };
};
