/** A file with an enrolment: made where the new key lies, read where it is proposed. */
import { resolve } from 'node:path';
import type { SshEnrolment } from '../core/enrolment.ts';
import { CountersignError } from '../core/errors.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import type { PasskeySettings } from '../core/policy.ts';
import type { Person } from '../core/roster.ts';
import { openKeyEnrolment, type ProvenKey } from '../evidence/enrolment.ts';
import {
  encodeInstanceStatement,
  type SignedStatement,
  signedFromJson,
  signedToJson,
} from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { formatSshPublicKey, sshKeyFingerprint } from '../formats/ssh-key.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { CommandHost } from './command.ts';
import { parseJson, readTextFile, writeNewFile } from './files.ts';
import type { SshSigner } from './ssh-sign.ts';
import { signStatement } from './statement.ts';

/** Signs that this key wants to belong to `person`, with the key itself. Answers its fingerprint. */
export async function writeEnrolment(
  host: CommandHost,
  file: string,
  signer: SshSigner,
  { genesis, person }: { readonly genesis: Sha256; readonly person: PersonId },
): Promise<string> {
  const key = await signer.publicKey();
  const predicate: SshEnrolment = {
    schema: 'countersign/ssh-enrolment/v1',
    genesis,
    person,
    publicKey: formatSshPublicKey(key),
    issuedAt: host.now(),
  };
  const payload = encodeInstanceStatement('enrolment', genesis, predicate);
  const statement = await signStatement(signer, 'enrolment', payload);
  await writeNewFile(resolve(host.cwd, file), encodeCanonical(signedToJson(statement)));
  return sshKeyFingerprint(key, nodeCrypto);
}

/** An enrolment that proves what it says, with the statement that a proposal takes up. */
export interface ReadEnrolment {
  readonly statement: SignedStatement;
  readonly proven: ProvenKey;
}

/** Throws `not-found`, and as `openKeyEnrolment`. */
export async function readEnrolment(
  host: CommandHost,
  file: string,
  genesis: Sha256,
  passkeys: PasskeySettings | undefined,
): Promise<ReadEnrolment> {
  const text = await readTextFile(resolve(host.cwd, file), 'the enrolment', 64 * 1024);
  // in whatever spelling: what counts are the signed bytes inside
  const statement = signedFromJson(parseJson(text, 'the enrolment'), 'enrolment');
  return { statement, proven: await openKeyEnrolment(nodeCrypto, statement, genesis, passkeys) };
}

/**
 * The enrolment is for this person, and for the key whose fingerprint its holder said on another
 * channel. Throws `signature-invalid` naming both.
 */
export function requireEnrolled(
  { proven }: ReadEnrolment,
  person: string,
  fingerprint: string,
): void {
  if (proven.person !== person) {
    throw new CountersignError(
      'signature-invalid',
      `expected an enrolment of ${person}, found one of ${proven.person}`,
    );
  }
  if (proven.keyFingerprint === fingerprint) return;
  throw new CountersignError(
    'signature-invalid',
    `the enrolment may be swapped: expected the key ${fingerprint}, found ${proven.keyFingerprint}`,
    { hint: 'ask the holder again on another channel; until both are the same, propose nothing' },
  );
}

/** The person with the key that was proven. */
export function withKey(person: Person, { publicKey, passkey }: ProvenKey): Person {
  return passkey === null
    ? { ...person, keys: [...person.keys, { kind: 'ssh', publicKey }] }
    : { ...person, passkeys: [...(person.passkeys ?? []), passkey] };
}
